"""The recovery key and one-time codes as people print, read aloud and type them.

Random bits and a checksum are letters of base32, in groups of 4: 8 groups (136 random bits) for the
recovery key, 6 (96) for a code. Base32 has no 0, 1 and 8, so whoever types them meant O, I and B.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets

from gdprdesk.domain.errors import WrongPasswordError
from gdprdesk.i18n import _

_RECOVERY_BYTES, _CODE_BYTES = 17, 12
_CHECKSUM_BYTES, _GROUP = 3, 4


def new_recovery_key() -> str:
    """Return a new recovery key as it is printed."""
    return _printed(secrets.token_bytes(_RECOVERY_BYTES))


def read_recovery_key(typed: str) -> bytes:
    """Return the secret (17 bytes) of a recovery key, with or without dashes and capitals.

    Raises:
        WrongPasswordError: There is a typing fault in it.
    """
    secret = _read(typed, _RECOVERY_BYTES)
    if secret is None:
        raise WrongPasswordError(
            _(
                "There is a typing fault in the recovery key. It has 8 groups of 4 letters and "
                "digits; compare each group with the paper."
            )
        )
    return secret


def new_code() -> str:
    """Return a new one-time code, for somebody who is invited."""
    return _printed(secrets.token_bytes(_CODE_BYTES))


def read_code(typed: str) -> bytes:
    """Return the secret (12 bytes) of a one-time code, with or without dashes and capitals.

    Raises:
        WrongPasswordError: There is a typing fault in it.
    """
    secret = _read(typed, _CODE_BYTES)
    if secret is None:
        raise WrongPasswordError(
            _(
                "There is a typing fault in the one-time code. It has 6 groups of 4 letters and "
                "digits; compare each group."
            )
        )
    return secret


def in_groups(letters: str) -> str:
    """Return letters in groups that people can compare and read aloud."""
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _printed(secret: bytes) -> str:
    return in_groups(base64.b32encode(secret + _checksum(secret)).decode())


def _read(typed: str, size: int) -> bytes | None:
    letters = "".join(letter for letter in typed if letter.isalnum()).upper().replace("8", "B")
    try:
        whole = base64.b32decode(letters, map01="I")
    except (binascii.Error, ValueError):
        return None
    secret, checksum = whole[:size], whole[size:]
    return secret if len(secret) == size and checksum == _checksum(secret) else None


def _checksum(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=_CHECKSUM_BYTES).digest()
