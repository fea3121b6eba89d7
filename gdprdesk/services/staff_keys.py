"""Who may open the register: her slot in the key file and her row in the register, together.

Two files cannot be written in one step. So what gives something is written last and what takes
something away first: a crash in between leaves somebody with less than was meant, never with more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gdprdesk.clock import Clock, today
from gdprdesk.domain.base import RecordRef, SubjectRef, new_ref
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.services.staff import (
    check_change,
    check_end,
    check_invitation,
    check_name,
    check_role,
    end_staff,
    note_renewal,
    reads_journal,
    rename_staff,
    set_staff_role,
    write_down_invited,
)
from gdprdesk.services.staff_rows import working
from gdprdesk.services.staff_settling import is_unsettled, settle_staff, slots_of_nobody
from gdprdesk.store.keys import OWNER, Keys
from gdprdesk.store.keys.opening import must_hold_journal
from gdprdesk.store.vault import Vault

CODE_DAYS = 14
"""So long somebody who is invited has to choose a password."""

Run = Callable[..., Any]


@dataclass(frozen=True, repr=False)
class Invitation:
    """What somebody who is invited is given.

    Attributes:
        code: Opens the register once, to choose a password; nobody sees it again.
        until: The last day of it.
    """

    staff_ref: RecordRef
    name: str
    code: str
    until: date


class StaffKeys:
    """Letting people into an open register, and out of it."""

    def __init__(
        self, vault: Vault, run: Run, ask: Run, guard: Callable[[], None], clock: Clock
    ) -> None:
        """Begin.

        Args:
            vault: The open register.
            run: Does an action for whoever has unlocked it.
            ask: Answers a question for her.
            guard: Refuses while nothing may be changed.
            clock: What time it is.
        """
        self._vault, self._run, self._ask = vault, run, ask
        self._guard, self._clock = guard, clock

    def invite(self, name: str, role: str, *, subject_ref: SubjectRef | None = None) -> Invitation:
        """Let somebody in, who chooses a password of her own with a one-time code.

        Args:
            name: What people call her.
            role: What she may see and do: the key of a role.
            subject_ref: Her own page as a person, if she has one.

        Raises:
            DomainError: The name is taken, or the role may do more than whoever invites.
        """
        self._guard()
        name = self._ask(check_invitation, name=name, role=role)
        wants_journal = self._ask(reads_journal, role=role)
        staff_id, file = new_ref(), self._file()
        self._name_owner(file)
        code, until = self._code(staff_id, name, journal=wants_journal)
        try:
            ref = self._run(
                write_down_invited,
                slot=staff_id,
                name=name,
                role=role,
                subject_ref=subject_ref,
            )
        except BaseException:
            with suppress(DomainError):
                self._file().remove(self._vault.keys, staff_id)
            raise
        return Invitation(ref, name, code, until)

    def renew(self, staff_ref: RecordRef) -> Invitation:
        """Give a new one-time code to somebody whose own ran out, or who forgot her password.

        The code or password before opens nothing any more.

        Raises:
            DomainError: She may do more than whoever gives it, has left, or is oneself.
        """
        self._guard()
        member = self._ask(check_change, staff_ref=staff_ref)
        if member.staff_id == self._vault.staff:
            raise DomainError(
                _("This is you. Choose a new password under Settings. Nothing was changed.")
            )
        wants_journal = self._ask(reads_journal, role=member.role)
        self._run(note_renewal, staff_ref=staff_ref)
        code, until = self._code(member.staff_id, member.name, journal=wants_journal)
        return Invitation(staff_ref, member.name, code, until)

    def set_role(self, staff_ref: RecordRef, role: str) -> bool:
        """Give a member of staff another role, and with it the key of the journal or not.

        Set to the same role, it gives a key of the journal that she lacks.

        Returns:
            Whether the key of the journal was taken from her, who may have kept it: only new keys
            make it worthless.

        Raises:
            DomainError: She or the role may do more than whoever decides, she is the last owner,
                or the key of the journal is not held.
        """
        self._guard()
        member = self._ask(check_role, staff_ref=staff_ref, role=role)
        held = self._holds_journal(member.staff_id)
        wanted = bool(self._ask(reads_journal, role=role))
        if wanted and not held:
            must_hold_journal(self._vault.keys)
        if held and not wanted:
            self._file().revoke_journal(self._vault.keys, member.staff_id)
        self._run(set_staff_role, staff_ref=staff_ref, role=role)
        if wanted and not held:
            self._file().grant_journal(self._vault.keys, member.staff_id)
        return held and not wanted

    def rename(self, staff_ref: RecordRef, name: str) -> None:
        """Change what people call a member of staff, also where she picks her name to unlock.

        Raises:
            DomainError: The name is empty or somebody else's.
        """
        self._guard()
        member = self._ask(check_change, staff_ref=staff_ref)
        name = self._ask(check_name, name=name, own=staff_ref)
        self._run(rename_staff, staff_ref=staff_ref, name=name)
        self._file().rename(self._vault.keys, member.staff_id, name)

    def remove(self, staff_ref: RecordRef) -> None:
        """Let somebody in no more, at once; what is left to see to stands in her leaving list.

        Raises:
            DomainError: She may do more than whoever decides, is the last owner, or is oneself.
        """
        self._guard()
        member = self._ask(check_end, staff_ref=staff_ref)
        if member.staff_id == self._vault.staff:
            raise DomainError(
                _(
                    "You cannot take away your own access while you use it. Nothing was changed. "
                    "Let another owner do it."
                )
            )
        if member.staff_id in {one.id for one in self._file().staff}:
            self._file().remove(self._vault.keys, member.staff_id)
        self._run(end_staff, staff_ref=staff_ref)

    def fingerprint(self, staff_id: str) -> str:
        """Return what two people compare by telephone before one gives the other the journal.

        Raises:
            DomainError: She has no key here.
        """
        return self._file().fingerprint(staff_id)

    def _file(self) -> Keys:
        return self._vault.key_file()

    def _holds_journal(self, staff_id: str) -> bool:
        return any(one.holds_journal for one in self._file().staff if one.id == staff_id)

    def _code(self, staff_id: str, name: str, *, journal: bool) -> tuple[str, date]:
        until = today(self._clock) + timedelta(days=CODE_DAYS)
        code = self._file().invite(self._vault.keys, staff_id, name, until, journal=journal)
        return code, until

    def _name_owner(self, file: Keys) -> None:
        """Call the owner by her name where she picks it, once there is somebody else to pick."""
        name = self._ask(_name_of, staff_id=OWNER)
        if name and any(one.id == OWNER and one.name == OWNER for one in file.staff):
            with suppress(DomainError):  # then she goes on being called the owner
                file.rename(self._vault.keys, OWNER, name)


def settle(vault: Vault, run: Run, ask: Run) -> None:
    """Put right what a crash between the two files, or a restored copy, has left.

    Args:
        vault: The register, just opened.
        run: Does an action of the program itself.
        ask: Answers a question of the program itself.
    """
    for staff_id in ask(slots_of_nobody):
        with suppress(DomainError):  # the last with a password stays, and may do nothing
            vault.key_file().remove(vault.keys, staff_id)
    if ask(is_unsettled):
        run(settle_staff)
    readers = ask(_readers)
    for slot in vault.key_file().staff:
        if slot.holds_journal and slot.id not in readers:
            vault.key_file().revoke_journal(vault.keys, slot.id)


def _readers(read: Session) -> frozenset[str]:
    """Return who may hold the key of the journal."""
    return frozenset(one.staff_id for one in working(read) if reads_journal(read, role=one.role))


def _name_of(read: Session, *, staff_id: str) -> str | None:
    return next((one.name for one in working(read) if one.staff_id == staff_id), None)
