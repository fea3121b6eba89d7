"""With which keys a copy opens that is put back, by the password of its day or of today."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from gdprdesk.domain.errors import DomainError, MissingFactorError, WrongPasswordError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.store.archive import Archive, damaged_copy
from gdprdesk.store.files import replace_file
from gdprdesk.store.keys import FILE, NO_FACTORS, Keyring, Keys, Limits, Secret


@dataclass(frozen=True, repr=False)
class Opening:
    """How whoever puts a copy back shows that it is hers.

    Attributes:
        staff: Who she is; RECOVERY if the password is the printed recovery key.
        password: Her password, of the day of the copy or of today.
        limits: What the key file may ask of this computer.
        factors: What each second factor gave that is there.
    """

    staff: str
    password: str
    limits: Limits | None = None
    factors: Mapping[FactorKind, bytes] = field(default_factory=lambda: NO_FACTORS)


@dataclass(frozen=True, repr=False)
class CopyKeys:
    """The keys of a copy, and of the register that is there.

    Attributes:
        staff: Whose slot opened it.
        then: What opens the copy.
        today: What opens the register, if its keys were changed since and the password opens it.
    """

    staff: str
    then: Keyring
    today: Keyring | None = None


def open_copy_keys(archive: Archive, folder: Path, register: Path, opening: Opening) -> CopyKeys:
    """Return the keys of a copy and of the register that it is to replace.

    Args:
        archive: The copy.
        folder: An empty folder to work in.
        register: The register; perhaps there is none.
        opening: What was typed.

    Raises:
        WrongPasswordError: The password opens neither.
        MissingFactorError: Something is needed beside it.
        DamagedError: The copy is of no time of the register whose keys are known.
    """
    file, newer = folder / FILE, register / FILE
    secret = Secret(opening.password, opening.factors)
    replace_file(file, archive.keys())
    try:
        of_copy = Keys(file, opening.limits)
        try:
            then = of_copy.unlock(opening.staff, secret)
        except (WrongPasswordError, MissingFactorError):
            if not newer.is_file():
                raise
            keys = Keys(newer, opening.limits)
            today = keys.unlock(opening.staff, secret)
            known = keys.keys_of_copy(of_copy, today)
            if known is None:
                raise damaged_copy(archive.path) from None
            return CopyKeys(keys.find(opening.staff), known, _if_other(today, known))
        staff = of_copy.find(opening.staff)
        with suppress(DomainError):  # what is there may be damaged, or have another password now
            keys = Keys(newer, opening.limits)
            if not keys.is_signed_with(then.vault):
                today = keys.unlock(opening.staff, secret)
                known = keys.keys_of_copy(of_copy, today)
                return CopyKeys(staff, known or then, _if_other(today, then))
        return CopyKeys(staff, then)
    finally:
        file.unlink()


def _if_other(today: Keyring, then: Keyring) -> Keyring | None:
    return None if today.vault == then.vault else replace(today, previous=None)
