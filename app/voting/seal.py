"""Sealing ballots: anyone can put one in the box, only the poll's key opens it.

Sealed boxes of libsodium (X25519, XSalsa20-Poly1305) through PyNaCl: the box's public key seals,
so that nothing which can open lies where ballots arrive. Anyone may seal; a tag under the site's
own key tells the ballots that came through it from those that were slipped into the database.
"""

import hmac

from flask import current_app
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

PADDED_BYTES = 1024


class BrokenSeal(ValueError):
    """The payload was not sealed for this key, or was altered since."""


def new_key() -> bytes:
    """A random private key for one poll."""
    return bytes(PrivateKey.generate())


def box_of(key: bytes) -> bytes:
    """The public key that seals for this private key."""
    return bytes(PrivateKey(key).public_key)


def seal(box: bytes, text: str) -> bytes:
    """The text sealed for a public key: always as many bytes, whatever the text says.

    Raises:
        ValueError: the text takes more than `PADDED_BYTES` bytes less one.
    """
    plain = text.encode()
    if len(plain) >= PADDED_BYTES or b"\0" in plain:
        raise ValueError("this text cannot be sealed")
    return SealedBox(PublicKey(box)).encrypt(plain.ljust(PADDED_BYTES, b"\0"))


def unseal(key: bytes, payload: bytes) -> str:
    """The text that was sealed.

    Raises:
        BrokenSeal: another key, or an altered payload.
    """
    try:
        plain = SealedBox(PrivateKey(key)).decrypt(payload)
    except (CryptoError, ValueError) as error:
        raise BrokenSeal("this ballot cannot be opened with this key") from error
    return plain.rstrip(b"\0").decode()


def tag_of(poll_id: int, key: bytes, payload: bytes) -> bytes:
    """What the site alone can make for a sealed ballot: HMAC-SHA-256 under SECRET_KEY."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(secret, b"ballot|%d|" % poll_id + key + payload, "sha256")
