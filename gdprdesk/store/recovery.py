"""The recovery key as people print, read and type it.

136 random bits and a checksum are 32 letters of base32, in 8 groups of 4. Base32 has no 0, 1 and 8,
so whoever types them meant O, I and B.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets

from gdprdesk.domain.errors import WrongPasswordError
from gdprdesk.i18n import _

_SECRET_BYTES, _CHECKSUM_BYTES, _GROUP = 17, 3, 4


def new_recovery_key() -> str:
    """Return a new recovery key as it is printed."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    letters = base64.b32encode(secret + _checksum(secret)).decode()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def read_recovery_key(typed: str) -> bytes:
    """Return the secret (17 bytes) of a recovery key, with or without dashes and capitals.

    Raises:
        WrongPasswordError: There is a typing fault in it.
    """
    letters = "".join(letter for letter in typed if letter.isalnum()).upper().replace("8", "B")
    try:
        whole = base64.b32decode(letters, map01="I")
    except (binascii.Error, ValueError):
        whole = b""
    secret, checksum = whole[:_SECRET_BYTES], whole[_SECRET_BYTES:]
    if len(secret) != _SECRET_BYTES or checksum != _checksum(secret):
        raise WrongPasswordError(
            _(
                "There is a typing fault in the recovery key. It has 8 groups of 4 letters and "
                "digits; compare each group with the paper."
            )
        )
    return secret


def _checksum(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=_CHECKSUM_BYTES).digest()
