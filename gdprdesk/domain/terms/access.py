"""The words of who may open the register, and with what."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.i18n import N_


class FactorKind(StrEnum):
    """What must be there beside the password."""

    KEY_FILE = "key_file"
    SECURITY_KEY = "security_key"


SAID: tuple[tuple[Enum, str], ...] = (
    (FactorKind.KEY_FILE, N_("Key file on a stick")),
    (FactorKind.SECURITY_KEY, N_("Security key")),
)
"""How each is said, in English."""
