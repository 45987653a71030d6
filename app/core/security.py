"""Passwords, PINs, card numbers and signed tokens."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_decoy: list[str] = []

LETTER_FREE = "0123456789"


def _hash() -> PasswordHasher:
    return _quick if current_app.testing else _hasher


def hash_secret(secret: str) -> str:
    """argon2id, with OWASP's minimal parameters (19 MiB, 2 passes)."""
    return _hash().hash(secret)


def secret_matches(hashed: str | None, secret: str) -> bool:
    """Whether it is the secret; takes as long when there is none to compare with."""
    if not _decoy:
        _decoy.append(hash_secret(secrets.token_hex(8)))
    try:
        return _hash().verify(hashed or _decoy[0], secret) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def new_pin() -> str:
    """Six digits."""
    return "".join(secrets.choice(LETTER_FREE) for _ in range(6))


def new_card_number() -> str:
    """Eight digits, the last one a Luhn check digit."""
    body = str(secrets.randbelow(9) + 1) + "".join(secrets.choice(LETTER_FREE) for _ in range(6))
    return body + luhn_digit(body)


def luhn_digit(body: str) -> str:
    """The digit that makes `body` valid by Luhn's rule (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def digest(token: str) -> str:
    """What is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign(purpose: str, value: list[object]) -> str:
    """A token for one purpose, to be put in a link."""
    return _serializer(purpose).dumps(value)


def unsign(purpose: str, token: str, max_age: int) -> list[object] | None:
    """The value of a token younger than `max_age` seconds; None when it is not a good one."""
    try:
        value: list[object] = _serializer(purpose).loads(token, max_age=max_age)
    except BadSignature:
        return None
    return value


def moment_of(purpose: str, token: str, max_age: int) -> datetime | None:
    """When a token younger than `max_age` seconds was signed; None when it is not a good one."""
    try:
        _value, moment = _serializer(purpose).loads(token, max_age=max_age, return_timestamp=True)
    except BadSignature:
        return None
    signed: datetime = moment
    return signed


def keyed_digest(purpose: str, value: str) -> str:
    """What is kept of a short secret: no one guesses it from a copy of the database alone."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{purpose}|{value}".encode(), hashlib.sha256).hexdigest()


def seal(purpose: str, text: str) -> str:
    """The text under a key of its own purpose (AES-256-GCM; HKDF-SHA-256 of SECRET_KEY)."""
    nonce = secrets.token_bytes(12)
    return base64.urlsafe_b64encode(
        nonce + AESGCM(_key(purpose)).encrypt(nonce, text.encode(), None)
    ).decode()


def unseal(purpose: str, sealed: str) -> str | None:
    """The text; None when it was sealed for another purpose or under another key."""
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return AESGCM(_key(purpose)).decrypt(raw[:12], raw[12:], None).decode()
    except (InvalidTag, ValueError):
        return None


def fingerprint(*parts: object) -> str:
    """A short keyed digest of a state: a token that carries it dies when the state changes."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, repr(parts).encode(), hashlib.sha256).hexdigest()[:24]


def _key(purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return derived.derive(current_app.config["SECRET_KEY"].encode())


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose)
