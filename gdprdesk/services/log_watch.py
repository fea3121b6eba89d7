"""Watching over the log of an open register: followed at unlock, remembered at this computer."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.log_findings import ELSEWHERE, Anchor, LogFinding
from gdprdesk.store.audit_chain import differs, follow_chain, head_of
from gdprdesk.store.row_check import check_rows, is_sealed
from gdprdesk.store.vault import Vault
from gdprdesk.store.witness import Witness

_ANCHOR: Final = "anchor"
ACCEPTING: Final = "log.accept"
EVERY: Final = 20
"""After so many actions the place in the log is remembered again: a crash may lose no more."""


class LogWatch:
    """What is known of the log of an open register.

    Attributes:
        findings: What was found at unlock or since, and nobody has said that she has seen it.
    """

    def __init__(self, vault: Vault, witness: Witness | None = None) -> None:
        self._vault = vault
        self._witness = witness or Witness()
        self._since = 0
        self.findings: tuple[LogFinding, ...] = ()

    @property
    def anchor(self) -> Anchor | None:
        """Return where this computer last saw the log; nothing if it never did."""
        known = self._witness.of_register(self._vault.register_id).get(_ANCHOR)
        match known:
            case {"line": int(line), "head": str(head), "at": str(at)}:
                return Anchor(line, head, at)
        return None

    def look(self, *, rows: bool) -> tuple[LogFinding, ...]:
        """Follow the log from its first line, and compare it with what this computer last saw.

        Args:
            rows: Also look at every row about people, which takes longer.

        Returns:
            What nobody has said yet that she has seen.
        """
        with self._vault.reader.connect() as connection:
            ask = connection.exec_driver_sql
            chain = follow_chain(ask, self._vault.audit_key)
            found = list(chain.findings)
            if rows:
                found += check_rows(ask, self._vault.audit_key, chain)
            if self.anchor and (moved := differs(ask, self.anchor)):
                found.append(moved)
        self.findings = tuple(found)
        return self._without_seen()

    def is_sealed(self) -> bool:
        """Return whether the rows of the register are tied to its log."""
        with self._vault.reader.connect() as connection:
            return is_sealed(connection.exec_driver_sql)

    def note(self) -> None:
        """Count an action, and remember the place in the log now and then."""
        self._since += 1
        told = self.findings
        if self._without_seen() != told or self._since >= EVERY:
            self.remember()

    def remember(self) -> None:
        """Remember at this computer where the log stands, unless it is not the one seen before."""
        self._since = 0
        if any(one.fault in ELSEWHERE for one in self.findings):
            return
        with suppress(DBAPIError, DomainError), self._vault.reader.connect() as connection:
            head = head_of(connection.exec_driver_sql)
            if head != self.anchor:
                self._witness.remember(self._vault.register_id, _ANCHOR, asdict(head))

    def _without_seen(self) -> tuple[LogFinding, ...]:
        if self.findings:
            with self._vault.reader.connect() as connection:
                lines = connection.execute(
                    select(AuditEntry.refs).where(AuditEntry.action == ACCEPTING)
                )
                seen = {key for (refs,) in lines for key in json.loads(refs)}
            self.findings = tuple(one for one in self.findings if one.key not in seen)
        return self.findings
