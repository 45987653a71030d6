"""Sealing ballots: what lies in the box says nothing without the poll's key, not even by its size.

AES-256-GCM (NIST SP 800-38D) with a random nonce: far below 2^32 ballots a key, as it requires.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
PADDED_BYTES = 1024


class BrokenSeal(ValueError):
    """The payload was not sealed with this key, or was altered since."""


def new_key() -> bytes:
    """A random key for one poll."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(key: bytes, text: str) -> bytes:
    """The sealed text: always as many bytes, whatever the text says.

    Raises:
        ValueError: the text takes more than `PADDED_BYTES` bytes less one.
    """
    plain = text.encode()
    if len(plain) >= PADDED_BYTES or b"\0" in plain:
        raise ValueError("this text cannot be sealed")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(PADDED_BYTES, b"\0"), None)


def unseal(key: bytes, payload: bytes) -> str:
    """The text that was sealed.

    Raises:
        BrokenSeal: another key, or an altered payload.
    """
    nonce, sealed = payload[:NONCE_BYTES], payload[NONCE_BYTES:]
    try:
        plain = AESGCM(key).decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal("this ballot cannot be opened with this key") from error
    return plain.rstrip(b"\0").decode()
