"""An open register: what is asked of it and done in it, by whoever may, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gdprdesk.clock import Clock, today
from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.errors import DomainError, NotAllowedError
from gdprdesk.domain.handing import AS_USUAL, Handing
from gdprdesk.domain.permissions import EVERYTHING, Role
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.entering import check_entered
from gdprdesk.services.permissions import hidden_kinds, must, permissions_of_staff
from gdprdesk.services.registry import (
    Action,
    ActionFunction,
    QueryFunction,
    ReadingFunction,
    about,
    needed_for,
)
from gdprdesk.services.staff import SeenAs, show_seen_as
from gdprdesk.services.undoing import Undoing
from gdprdesk.store.engine import sentence_for
from gdprdesk.store.hiding import hiding
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import Changes, UnitOfWork
from gdprdesk.store.vault import Vault

P = ParamSpec("P")
R = TypeVar("R")


class OpenRegister:
    """A register that somebody has unlocked: answers and does what she may know and do.

    Attributes:
        seen_as: As whom it is only looked at; nothing if as oneself.
    """

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self._listeners: list[Callable[[Changes], None]] = []
        self._locked = False
        self._permissions: frozenset[Permission] | None = None
        self._undoing = Undoing()
        self._handing = AS_USUAL
        self.seen_as: SeenAs | None = None

    @property
    def folder(self) -> Path:
        """Return where the register is."""
        return self._vault.folder

    @property
    def is_locked(self) -> bool:
        """Return whether nothing can be asked or done here any more."""
        return self._locked

    @property
    def staff(self) -> str:
        """Return who unlocked the register, by the id of her key."""
        return self._vault.staff

    @property
    def today(self) -> date:
        """Return the day it is for this register."""
        return today(self._clock)

    @property
    def now(self) -> datetime:
        """Return the moment it is for this register, in UTC."""
        return self._clock()

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return what whoever has unlocked the register may see and do."""
        if self.seen_as is not None:
            return self.seen_as.permissions
        if self._permissions is None:
            with Session(self._vault.reader) as read:
                self._permissions = permissions_of_staff(read, self._vault.staff)
        return self._permissions

    def may(self, what: Permission | Callable[..., Any]) -> bool:
        """Return whether whoever has unlocked the register may do or ask something."""
        needed = what if isinstance(what, Permission) else needed_for(what)
        return needed is None or needed in self.permissions

    def look_as(self, role: str, name: str = "") -> None:
        """Show the register as somebody with a role sees it; nothing can be changed meanwhile.

        Args:
            role: The key of the role.
            name: Whose view it is; empty for anybody with the role.

        Raises:
            DomainError: There is no such role, or it is not one's to know.
        """
        self.seen_as = self.ask(show_seen_as, role=role, name=name)
        self._tell(Changes(frozenset({StaffMember})))

    def look_as_myself(self) -> None:
        """Show the register again as it is to whoever has unlocked it."""
        self.seen_as = None
        self._tell(Changes(frozenset({StaffMember})))

    def run(self, action: ActionFunction[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do an action: all of it, or nothing, and write it in the log.

        Raises:
            NotAllowedError: Whoever has unlocked the register may not do it.
            DomainError: A rule says no, or a text or day cannot be kept: nothing was done.
        """
        self._must_act()
        must(self.permissions, needed_for(action))
        check_entered((args, kwargs))
        return self._carry_out(
            about(action), self.permissions, lambda work: action(work, *args, **kwargs)
        )

    def ask(self, query: QueryFunction[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question. Changes nothing.

        Raises:
            NotAllowedError: Whoever has unlocked the register may not know.
        """
        self._must_be_open()
        needed = needed_for(query)
        must(self.permissions, needed)
        hidden = hidden_kinds(self.permissions, needed)
        return self._answer(self.permissions, hidden, lambda read: query(read, *args, **kwargs))

    @contextmanager
    def handing_out(self, handing: Handing) -> Iterator[None]:
        """Let the files that are written meanwhile have a password, and say what they are for."""
        self._handing = handing
        try:
            yield
        finally:
            self._handing = AS_USUAL

    def read(self, reading: ReadingFunction[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Show what is guarded; that it was read is in the log before it is shown.

        Raises:
            NotAllowedError: Whoever has unlocked the register may not read it.
            DomainError: The log cannot be written: nothing is shown.
        """
        self._must_act()
        must(self.permissions, needed_for(reading))
        check_entered((args, kwargs))
        with UnitOfWork(self._vault, self._clock, self.permissions, self._handing) as work:
            look = Reading(work, about(reading).name)
            with hiding(work.session, hidden_kinds(self.permissions, needed_for(reading))):
                shown = reading(look, *args, **kwargs)
        if not look.logged:
            raise RuntimeError(f"{about(reading).name} is not in the log")
        self._tell(Changes(frozenset({AuditEntry})))
        return shown

    def _do(self, action: ActionFunction[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do what the program does by itself, whoever has unlocked the register."""
        self._must_be_open()
        return self._carry_out(
            about(action), EVERYTHING, lambda work: action(work, *args, **kwargs)
        )

    def _know(self, query: QueryFunction[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer what the program asks for itself, whoever has unlocked the register."""
        self._must_be_open()
        return self._answer(EVERYTHING, (), lambda read: query(read, *args, **kwargs))

    def _carry_out(
        self, known: Action, permissions: frozenset[Permission], do: Callable[[UnitOfWork], R]
    ) -> R:
        with UnitOfWork(self._vault, self._clock, permissions, self._handing) as work:
            hidden = hidden_kinds(permissions, known.needs) if known.hands_out else ()
            with hiding(work.session, hidden):
                result = do(work)
            changes = work.commit(
                known.name, logged=known.logged, of_restricted=known.of_restricted
            )
        if changes.final:
            self.forget_undo()
        elif known.undoable and changes.before:
            self._undoing.note(known.label, changes.before)
        self._tell(changes)
        return result

    def _answer(
        self,
        permissions: frozenset[Permission],
        hidden: Iterable[type[PersonalRecord]],
        ask: Callable[[Session], R],
    ) -> R:
        asked = {
            "now": self.now,
            "today": self.today,
            "folder": self.folder,
            "staff": self._vault.staff,
            "permissions": permissions,
        }
        try:
            with Session(self._vault.reader, info=asked) as read, hiding(read, hidden):
                return ask(read)
        except DBAPIError as error:
            sentence = sentence_for(error)
            if sentence is None:
                raise
            raise sentence from None

    @property
    def undo_label(self) -> str | None:
        """Return what Undo would take back, in the language spoken; nothing if there is nothing."""
        return _(self._undoing.done[-1][0]) if self._undoing.done else None

    @property
    def redo_label(self) -> str | None:
        """Return what Redo would do again, in the language spoken; nothing if there is nothing."""
        return _(self._undoing.undone[-1][0]) if self._undoing.undone else None

    def undo(self) -> None:
        """Take back the last action. What was erased never comes back."""
        self._must_act()
        self._tell(self._undoing.undo(self._vault, self._clock))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._must_act()
        self._tell(self._undoing.redo(self._vault, self._clock))

    def forget_undo(self) -> None:
        """Remember nothing of what was before."""
        self._undoing.forget()

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call the listener after each action; returns how to stop."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:  # locking has let go of all of them
                self._listeners.remove(listener)

        return stop

    def lock(self) -> None:
        """Close the register. Nothing can be asked of this desk any more."""
        self._locked = True
        self.forget_undo()
        self._listeners.clear()
        self._vault.lock()

    def _must_be_open(self) -> None:
        if self._locked:
            raise DomainError(_("The register is locked. Open it again first."))

    def _must_act(self) -> None:
        """Refuse whatever changes or reveals something while the register is only looked at."""
        self._must_be_open()
        if self.seen_as is not None:
            raise NotAllowedError(
                _(
                    "You are looking at the register as {name} would see it. Nothing was changed. "
                    "Go back to your own view first."
                ).format(name=self.seen_as.name or self.seen_as.role_name)
            )

    def _tell(self, changes: Changes) -> None:
        if changes.kinds & {StaffMember, Role, ProcessingActivity}:
            self._permissions = None
        for listener in list(self._listeners):
            listener(changes)
