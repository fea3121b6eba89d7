"""What the program does by itself, whoever has unlocked the register: what is due, and checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from gdprdesk.domain.errors import DomainError, InUseError, NoSpaceError
from gdprdesk.domain.log_findings import Anchor
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.backup_catalogue import list_copies, look_again_for
from gdprdesk.services.backups import Backups
from gdprdesk.services.checking import CheckReport, check_contents
from gdprdesk.services.clean_up import carry_out_clean_up, is_clean_up_due
from gdprdesk.services.destruction import destroy_journal, list_interrupted
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_cases import confirm_clean, is_cleaning_due, list_unfinished
from gdprdesk.services.expiry import forget_expired, list_expired
from gdprdesk.services.guardians import consents_of_age, end_consents_of_age
from gdprdesk.services.log_keeping import last_line_over, shorten_log
from gdprdesk.services.staff_keys import settle
from gdprdesk.store.vault import Vault

Do = Callable[..., Any]


class Upkeep:
    """What is to be done in an open register without anybody asking for it.

    Attributes:
        unfinished: Why something that was due could not be done yet, as sentences.
    """

    def __init__(
        self, vault: Vault, backups: Backups, do: Do, know: Do, clock: Callable[[], datetime]
    ) -> None:
        self._vault, self._backups, self._clock = vault, backups, clock
        self._do, self._know = do, know
        self.unfinished: tuple[str, ...] = ()

    def finish(self, progress: Progress, *, opening: bool) -> None:
        """Do what is left to do, and go on with the rest where something cannot be done now."""
        self.unfinished = ()
        steps: list[Callable[[], None]] = []
        if opening:
            steps.append(partial(settle, self._vault, self._do, self._know))
        steps += [self._end_consents_of_age, self._carry_out_erasures]
        steps += [self._forget_expired, self._clean_up]
        steps.append(self._shorten_log)
        steps.append(partial(self._clean, progress))
        steps.append(partial(self.erase_in_backups, progress))
        if not opening:
            steps.append(partial(self._backups.make_due, progress, locking=False))
        for step in steps:
            try:
                step()
            except DomainError as error:
                self.unfinished = (*self.unfinished, str(error))

    def erase_in_backups(self, progress: Progress) -> None:
        """Erase whoever has been erased also in every copy that can be reached."""
        self._backups.erase_in_all(progress)
        self.unfinished = (*self.unfinished, *self._backups.unfinished)

    def check(self, progress: Progress, seen: Anchor | None) -> CheckReport:
        """Look whether the file, its keys, log, erasures and copies are as they should be.

        Args:
            progress: Is told how far it is.
            seen: Where this computer last saw the log.
        """
        whole = self._vault.check(progress)
        if not all(check.ok for check in whole):
            return CheckReport(ok=False, residue=None, checks=whole)
        self._clean(SILENT, anyway=True)
        self._vault.truncate()
        own = self._know(
            check_contents,
            erased=self._vault.ledger.refs(),
            audit_key=self._vault.audit_key,
            seen=seen,
            file_residue=self._vault.file_residue(),
        )
        copies = self._backups.check(progress)
        ok = own.ok and all(one.ok for one in copies)
        return CheckReport(ok, own.residue, (*whole, *own.checks, *copies))

    def _carry_out_erasures(self) -> None:
        refs = self._vault.ledger.refs()
        for ref in self._know(list_unfinished, erased=refs, now=self._clock()):
            self._do(erase_subject, subject_ref=ref)
            if ref in refs and self._know(list_copies):
                self._do(look_again_for, subject_ref=ref)
        for decision in self._know(list_interrupted, erased=refs):
            self._do(destroy_journal, ref=decision)

    def _end_consents_of_age(self) -> None:
        if self._know(consents_of_age):
            self._do(end_consents_of_age)

    def _forget_expired(self) -> None:
        if self._know(list_expired):
            self._do(forget_expired)

    def _clean_up(self) -> None:
        if self._know(is_clean_up_due):
            self._do(carry_out_clean_up, automatic=True)

    def _shorten_log(self) -> None:
        if self._know(last_line_over):
            self._do(shorten_log)

    def _clean(self, progress: Progress, *, anyway: bool = False) -> None:
        try:
            self._vault.clean_pages(progress, anyway=anyway)
        except (InUseError, NoSpaceError):
            return
        if self._know(is_cleaning_due):
            self._do(confirm_clean)
