"""The door of a register: what the unlock window needs before a password is typed.

It knows only the key file. The open application, with its database, is imported when the door
is opened, so that the window is there at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gdprdesk.clock import Clock, system_clock
from gdprdesk.domain.errors import DomainError, TooSoonError, WrongPasswordError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.i18n import _, format_moment, ngettext
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.store import keys, security_key
from gdprdesk.store.at_hand import NOTHING_AT_HAND, Asking, AtHand
from gdprdesk.store.files import finish_replacing
from gdprdesk.store.keys import NO_FACTORS, Factor, Limits, Slot
from gdprdesk.store.passwords import check_new_password, suggest_passphrase, weakness_of
from gdprdesk.store.places import synced_by
from gdprdesk.store.second_factor import SUFFIX as KEY_FILE_SUFFIX
from gdprdesk.store.witness import FREE_TRIES, Witness

if TYPE_CHECKING:  # imported when the door is opened
    from gdprdesk.desk import Desk
    from gdprdesk.services.onboarding import Business
    from gdprdesk.services.restoring import RestorePreview, RestoreReceipt
    from gdprdesk.store.copy_keys import Opening

__all__ = [
    "FREE_TRIES",
    "KEY_FILE_SUFFIX",
    "NOTHING_AT_HAND",
    "Asking",
    "AtHand",
    "Door",
    "Factor",
    "Opener",
    "Slot",
    "password_advice",
    "password_problem",
    "register_at",
    "said_of_tries",
    "security_keys_work",
    "suggest_passphrase",
    "synced_by",
]

OPENER = ".gdprdesk-register"
"""How the small file in the folder ends that opens the register by a double click."""
BACKUP_SUFFIX = ".gdprdesk-backup"
"""How a backup ends."""


@dataclass(frozen=True, repr=False)
class Opener:
    """What was given to open a register: a password, or the printed recovery key instead."""

    staff: str = keys.OWNER
    password: str = ""
    recovery_key: str = ""
    factors: Mapping[FactorKind, bytes] = field(default_factory=lambda: NO_FACTORS)


@dataclass(frozen=True)
class Door:
    """The way into a register.

    Attributes:
        limits: How much work a password costs; tests take less.
        clock: What time it is for the register.
        witness: Where this computer remembers failed tries.
    """

    limits: Limits | None = None
    clock: Clock = system_clock
    witness: Witness = field(default_factory=Witness)

    def staff(self, folder: Path) -> tuple[Slot, ...]:
        """Return who may open the register in a folder, in the order they were added.

        Raises:
            DomainError: There is no register, or its key file is damaged.
        """
        finish_replacing(folder)
        if not folder.is_dir():
            raise DomainError(
                _(
                    "The register {name} is not where it was: {place}. It may have been moved, or "
                    "the disk it is on is not connected."
                ).format(name=folder.stem, place=folder.parent)
            )
        if not any((folder / name).exists() for name in (keys.FILE, "register.db")):
            raise DomainError(
                _(
                    "There is no register here: {place}. Choose the folder whose name ends in "
                    ".gdprdesk."
                ).format(place=folder)
            )
        return keys.staff_in(folder)

    def prepare(self) -> None:
        """Load what opening needs, while the password is still being typed."""
        import_module("gdprdesk.desk")

    def unlock(
        self,
        folder: Path,
        *,
        staff: str,
        password: str,
        factors: Mapping[FactorKind, bytes] = NO_FACTORS,
    ) -> Desk:
        """Open a register.

        Args:
            folder: Where it is.
            staff: The slot of whoever opens it, or her name.
            password: Hers.
            factors: What each second factor gave that is there.

        Raises:
            MissingFactorError: A key file or security key is needed too; which, her slot says.
            TooSoonError: Several passwords in a row were wrong, a moment ago.
            DomainError: It cannot be opened; says why, and what to do.
        """
        from gdprdesk.desk import Desk  # noqa: PLC0415

        who = self._slot(folder, staff)
        self._must_not_wait(who)
        try:
            desk = Desk.unlock(
                folder,
                staff=staff,
                password=password,
                factors=factors,
                limits=self.limits,
                clock=self.clock,
            )
        except WrongPasswordError:
            self.witness.add_failure(*who, self.clock())
            raise
        desk.failed_tries = self.witness.take_failures(*who)
        return desk

    def secret(
        self, folder: Path, *, staff: str, kind: FactorKind, at_hand: AtHand = NOTHING_AT_HAND
    ) -> bytes:
        """Ask one second factor of whoever opens a register for what it gives.

        Args:
            folder: Where the register is.
            staff: The slot of whoever opens it, or her name.
            kind: Which factor.
            at_hand: What she has with her.

        Raises:
            MissingFactorError: It is not at hand.
            TooSoonError: Several passwords in a row were wrong, a moment ago.
            DomainError: It is damaged, another's, or was not touched.
        """
        who = self._slot(folder, staff)
        self._must_not_wait(who)
        slot = next(one for one in keys.staff_in(folder) if one.id == who[1])
        return at_hand.secret(security_key.Owner(*who), kind, slot.factors.get(kind, {}))

    def secrets(
        self, folder: Path, *, staff: str, at_hand: AtHand = NOTHING_AT_HAND
    ) -> dict[FactorKind, bytes]:
        """Ask everything that whoever opens a register needs beside her password.

        Raises:
            MissingFactorError: Something of it is not at hand.
            DomainError: It is damaged, another's, or was not touched.
        """
        who = self._slot(folder, staff)[1]
        needed = next(one.factors for one in keys.staff_in(folder) if one.id == who)
        return {kind: self.secret(folder, staff=who, kind=kind, at_hand=at_hand) for kind in needed}

    def seconds_left(self, folder: Path, staff: str) -> int:
        """Return how long to wait before another password is tried, after several wrong ones."""
        try:
            return self.witness.seconds_left(*self._slot(folder, staff), self.clock())
        except DomainError:  # what is wrong with the register is said when it is opened
            return 0

    def _slot(self, folder: Path, staff: str) -> tuple[str, str]:
        """Return by which ids the witness knows a person: of the register, and of her slot."""
        finish_replacing(folder)
        keys.must_be_register(folder)
        known = keys.Keys(folder / keys.FILE, self.limits)
        return known.register_id, known.find(staff)

    def _must_not_wait(self, who: tuple[str, str]) -> None:
        left = self.witness.seconds_left(*who, self.clock())
        if left:
            said = ngettext(
                "Several wrong passwords in a row. Wait {count} second and try again.",
                "Several wrong passwords in a row. Wait {count} seconds and try again.",
                left,
            )
            raise TooSoonError(said.format(count=left))

    def accept(
        self,
        folder: Path,
        *,
        staff: str,
        code: str,
        new_password: str,
        factors: Mapping[FactorKind, Factor] = NO_FACTORS,
    ) -> Desk:
        """Open a register for the first time, with the one-time code of an invitation.

        Raises:
            DomainError: It cannot be opened; says why, and what to do.
        """
        from gdprdesk.desk import Desk  # noqa: PLC0415

        return Desk.accept(
            folder,
            staff=staff,
            code=code,
            new_password=new_password,
            factors=factors,
            limits=self.limits,
            clock=self.clock,
        )

    def unlock_with_recovery_key(
        self, folder: Path, *, staff: str, recovery_key: str, new_password: str
    ) -> Desk:
        """Open a register with the printed key, and give a new password.

        Raises:
            DomainError: It cannot be opened; says why, and what to do.
        """
        from gdprdesk.desk import Desk  # noqa: PLC0415

        return Desk.unlock_with_recovery_key(
            folder,
            staff=staff,
            recovery_key=recovery_key,
            new_password=new_password,
            limits=self.limits,
            clock=self.clock,
        )

    def preview_restore(
        self, backup: Path, folder: Path, *, given: Opener, progress: Progress = SILENT
    ) -> RestorePreview:
        """Show what would come back with a backup, and what would be lost.

        Raises:
            DomainError: It cannot be put back; says why.
        """
        from gdprdesk.services.restoring import preview_restore  # noqa: PLC0415

        opening = self._opening(given)
        return preview_restore(backup, folder, opening=opening, clock=self.clock, progress=progress)

    def restore(
        self, backup: Path, folder: Path, *, given: Opener, progress: Progress = SILENT
    ) -> RestoreReceipt:
        """Put a backup back; it is locked then. A register that is there is moved aside.

        Raises:
            DomainError: It cannot be put back; says why. Nothing was changed.
        """
        from gdprdesk.services.restoring import restore  # noqa: PLC0415

        opening = self._opening(given)
        return restore(backup, folder, opening=opening, clock=self.clock, progress=progress)

    def _opening(self, given: Opener) -> Opening:
        from gdprdesk.store.copy_keys import Opening  # noqa: PLC0415

        if given.recovery_key:
            return Opening(keys.RECOVERY, given.recovery_key, self.limits)
        return Opening(given.staff, given.password, self.limits, given.factors)

    def create(self, folder: Path, *, business: Business, password: str) -> tuple[Desk, str]:
        """Make a register and open it; returns it and the recovery key to print.

        Raises:
            DomainError: The name, the place or the password will not do; nothing was made.
        """
        from gdprdesk.desk import Desk  # noqa: PLC0415

        return Desk.create(
            folder, business=business, password=password, limits=self.limits, clock=self.clock
        )


def security_keys_work() -> bool:
    """Return whether this program was installed with what security keys need."""
    return security_key.is_supported()


def said_of_tries(tries: Sequence[datetime]) -> str:
    """Return what to tell of wrong passwords since the register was opened last; oldest first."""
    said = ngettext(
        "Since it was opened last, {count} wrong password was typed: {last}. If it was not you, "
        "somebody tries to get in.",
        "Since it was opened last, {count} wrong passwords were typed, the last one {last}. If it "
        "was not you, somebody tries to get in.",
        len(tries),
    )
    return said.format(count=len(tries), last=format_moment(tries[-1].astimezone()))


def register_at(path: Path) -> Path:
    """Return the folder of the register that a path means: itself, or the one that a file is in."""
    return path.parent if path.suffix == OPENER or path.is_file() else path


def password_problem(password: str, known: Iterable[str] = ()) -> str | None:
    """Return what is wrong with a new password, or nothing.

    Args:
        password: The new password.
        known: Names that anybody knows: of the business, its people, the register.
    """
    try:
        check_new_password(password, known)
    except DomainError as error:
        return str(error)
    return None


def password_advice(password: str, known: Iterable[str] = ()) -> str:
    """Return a word on a new password as it is typed: what is missing, or how good it is."""
    missing = keys.LEAST_CHARACTERS - len(password.strip())
    if not password:
        return _("At least {count} characters. Five ordinary words are easy to remember.").format(
            count=keys.LEAST_CHARACTERS
        )
    if missing > 0:
        said = ngettext("{count} character to go.", "{count} characters to go.", missing)
        return said.format(count=missing)
    return _("Still easy to guess.") if weakness_of(password, known) else _("Strong.")
