"""Making copies of the register, letting go of old ones, and erasing people in those there are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gdprdesk.domain.base import EditionRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.log_findings import Anchor, LogFault, LogFinding
from gdprdesk.i18n import _, format_moment, ngettext
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.backup_catalogue import (
    BackupCopyRow,
    CopyNote,
    LastCopy,
    last_good_copy,
    list_copies,
    note_copies,
    note_on_receipts,
    receipts_wait,
)
from gdprdesk.services.backup_places import (
    OWN,
    BackupPlaceRow,
    add_backup_place,
    list_backup_places,
    list_places_due,
    notes_on,
)
from gdprdesk.services.log_findings import advice_for, sentence_of
from gdprdesk.services.replay import destroy_again, erase_again
from gdprdesk.store.audit_chain import differs
from gdprdesk.store.backup import (
    WrittenCopy,
    change_copy,
    lay_ledger,
    make_copy,
    verify_copy,
)
from gdprdesk.store.copy_faults import at_place
from gdprdesk.store.integrity import CheckResult
from gdprdesk.store.media import FoundCopy, find_copies
from gdprdesk.store.vault import Vault

Run = Callable[..., Any]


@dataclass(frozen=True, repr=False)
class BackupReceipt:
    """A copy that was made, read again and found whole.

    Attributes:
        path: The file.
        size: In bytes.
        place: What people call the place.
        counts: How many rows each table has.
        notes: What the owner should know about the place.
        let_go: The older copies that the rotation has taken away.
    """

    path: Path
    size: int
    made_at: datetime
    place: str
    counts: dict[str, int]
    notes: tuple[str, ...]
    let_go: tuple[str, ...]


class Backups:
    """The copies of an open register.

    Attributes:
        unfinished: Which copies could not be looked through for the erased, as sentences.
    """

    def __init__(self, vault: Vault, run: Run, ask: Run, clock: Callable[[], datetime]) -> None:
        self._vault, self._run, self._ask, self._clock = vault, run, ask, clock
        self.unfinished: tuple[str, ...] = ()

    def make(self, place_ref: EditionRef, progress: Progress = SILENT) -> BackupReceipt:
        """Make a copy at a place, and take away what the rotation no longer keeps there.

        Raises:
            DomainError: The place cannot be reached or has no room; the register and the older
                copies are whole.
        """
        place = self._place(place_ref)
        if not place.reachable:
            raise DomainError(
                _(
                    "“{place}” cannot be reached, or another stick is there: {folder}. No copy was "
                    "made; your register is whole. Connect the right one, or choose another place."
                ).format(place=place.name, folder=place.folder)
            )
        self._look(place.ref, place.folder)
        made = make_copy(self._vault, place.folder, self._clock(), progress)
        self._run(note_copies, place_ref=place.ref, copies=(_note(made),))
        return BackupReceipt(
            path=made.path,
            size=made.size,
            made_at=made.manifest.made_at,
            place=place.name,
            counts=dict(made.facts.counts),
            notes=notes_on(self._vault.folder, place.folder),
            let_go=self.let_go(),
        )

    def make_in(self, folder: Path, progress: Progress = SILENT) -> BackupReceipt:
        """Make a copy in a folder, which becomes a place of the catalogue if it is none."""
        wanted = folder.expanduser().absolute()
        places = self._ask(list_backup_places)
        known = next((one.ref for one in places if one.folder == wanted), None)
        return self.make(known or self._run(add_backup_place, folder=wanted), progress)

    def make_due(self, progress: Progress = SILENT, *, locking: bool = False) -> None:
        """Make a copy at each place that wants one now and is connected, and let old ones go."""
        self.let_go()
        for ref in self._ask(list_places_due, locking=locking):
            self.make(ref, progress)

    def look(self) -> None:
        """Write down what has come and gone at the places that can be reached."""
        places = self._ask(list_backup_places)
        for place in places:
            if place.reachable:
                self._look(place.ref, place.folder)
        own = self._vault.folder / OWN
        if own.is_dir() and all(place.folder != own for place in places):
            self._look(None, own)

    def erase_in_all(self, progress: Progress = SILENT) -> None:
        """Erase in every copy that can be reached whoever has been erased since it was made.

        What cannot be done now is told by `unfinished`, stands on the receipt with the day on
        which the copy runs out, and is done when its place is there again.
        """
        self.unfinished = ()
        self.look()
        erased = tuple(line.ref for line in self._vault.ledger.lines())
        if not erased:
            return
        behind = [one for one in self._behind(len(erased)) if one.reachable]
        for number, copy in enumerate(behind, 1):
            progress.step(number - 1, len(behind), _("Erasing in the backups …"))
            try:
                self._erase_in(copy, erased, progress)
            except DomainError as error:
                self.unfinished = (*self.unfinished, str(error))
        for place in self._ask(list_backup_places):
            if place.reachable and not place.automatic:
                with suppress(DomainError), at_place(place.folder, 0):
                    lay_ledger(self._vault, place.folder)
        if self._ask(receipts_wait, erased=erased):
            self._run(note_on_receipts)

    def check(self, progress: Progress = SILENT) -> tuple[CheckResult, CheckResult]:
        """Look how old the last good copy is, and open every copy that can be reached."""
        self.look()
        copies = self._ask(list_copies)
        here = [one for one in copies if one.reachable and not one.path.is_dir()]
        wrong = [problem for one in here if (problem := self._problem_of(one, progress))]
        last: LastCopy | None = self._ask(last_good_copy)
        if last is None:
            age = _("No backup of the register has been made yet.")
        else:
            said = _("The last good backup was made {moment}: {place}.")
            age = said.format(moment=format_moment(last.made_at), place=last.place)
        opened = ngettext(
            "One backup was opened and is whole.",
            "{count} backups were opened and are whole.",
            len(here),
        ).format(count=len(here))
        if not here:
            opened = _("No backup can be reached just now, so none was opened.")
        return (
            CheckResult("backup", ok=True, sentence=age),
            CheckResult("backup_copies", ok=not wrong, sentence=" ".join(wrong) or opened),
        )

    def _problem_of(self, copy: BackupCopyRow, progress: Progress) -> str:
        try:
            made = verify_copy(self._vault, copy.path, progress)
        except DomainError as error:
            return str(error)
        said = made.manifest.facts
        at = made.manifest.made_at.isoformat()
        with self._vault.reader.connect() as connection:
            moved = differs(connection.exec_driver_sql, Anchor(said.log_lines, said.log_head, at))
        if moved is None or not said.log_head:
            return ""
        found = LogFinding(LogFault.COPY_KNOWS_MORE, since=at, what=copy.file)
        return f"{sentence_of(found)} {advice_for(found)}"

    def _take_out(self, opened: Vault, erased: tuple[SubjectRef, ...]) -> bool:
        people = erase_again(opened, self._clock, erased, self._vault)
        entries = destroy_again(opened, self._clock, erased)
        return bool(people or entries)

    def _erase_in(
        self, copy: BackupCopyRow, erased: tuple[SubjectRef, ...], progress: Progress
    ) -> None:
        facts = change_copy(
            self._vault,
            copy.path,
            lambda opened: self._take_out(opened, erased),
            progress,
        )
        note = CopyNote(
            file=copy.file,
            made_at=copy.made_at,
            size=copy.path.stat().st_size,
            counts=facts.counts,
            erased_lines=facts.erased_lines,
        )
        self._run(note_copies, place_ref=copy.place_ref, copies=(note,))

    def _behind(self, lines: int) -> list[BackupCopyRow]:
        return [one for one in self._ask(list_copies) if one.erased_lines < lines]

    def let_go(self) -> tuple[str, ...]:
        """Take away the copies whose last day is over, but never the newest of all."""
        copies = self._ask(list_copies)
        kept = next((one.ref for one in copies if not one.automatic), None)
        today = self._clock().astimezone().date()
        gone = []
        for copy in copies:
            over = copy.until < today and copy.ref != kept and copy.reachable
            if over and not copy.path.is_dir():
                with suppress(OSError):  # it is tried again the next time
                    copy.path.unlink(missing_ok=True)
                    self._run(note_copies, place_ref=copy.place_ref, copies=(), gone=(copy.file,))
                    gone.append(copy.file)
        left = [one.made_at for one in copies if one.file not in gone]
        self._vault.forget_earlier_keys(min(left, default=None))
        return tuple(gone)

    def _look(self, place_ref: EditionRef | None, folder: Path) -> None:
        """Write down which copies have come to a folder, and which have gone from it."""
        copies = self._ask(list_copies, place_ref=place_ref) if place_ref else ()
        known = {one.file: one for one in copies}
        found = find_copies(folder, self._vault.register_id, but_not=known)
        new = tuple(_found(one) for one in found)
        gone = tuple(name for name, one in known.items() if not one.path.exists())
        if new or gone:
            self._run(note_copies, place_ref=place_ref, copies=new, gone=gone)

    def _place(self, ref: EditionRef) -> BackupPlaceRow:
        places: tuple[BackupPlaceRow, ...] = self._ask(list_backup_places)
        found = next((one for one in places if one.ref == ref), None)
        if found is None or found.automatic:
            raise DomainError(_("No copies are made there. Choose another place."))
        return found


def _note(made: WrittenCopy) -> CopyNote:
    return CopyNote(
        file=made.path.name,
        made_at=made.manifest.made_at,
        size=made.size,
        counts=made.facts.counts,
        erased_lines=made.facts.erased_lines,
    )


def _found(copy: FoundCopy) -> CopyNote:
    """Return a copy that the catalogue does not know: how far the ledger is carried out is not."""
    return CopyNote(
        file=copy.path.name,
        made_at=copy.manifest.made_at,
        size=copy.size,
        counts=copy.manifest.facts.counts,
        erased_lines=0,
    )
