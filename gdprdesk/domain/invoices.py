"""Invoices: what bookkeeping law holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from gdprdesk.domain.base import (
    Entity,
    ForeignKey,
    Mapped,
    NotPersonal,
    PersonalDate,
    PersonalJson,
    PersonalRecord,
    PersonalText,
    mapped_column,
)
from gdprdesk.domain.money import Line, total
from gdprdesk.domain.terms import Permission, Reason, Start
from gdprdesk.i18n import N_


class Invoice(PersonalRecord, Entity):
    """A bookkeeping record: a copy of buyer and lines, so that the booking stays ordinary.

    Attributes:
        original_in: The outside system that keeps the original; nothing if it is kept here.
    """

    __tablename__ = "invoice"
    needs: ClassVar[Permission] = Permission.INVOICES
    clock: ClassVar[Mapping[Start, str]] = {Start.FINANCIAL_YEAR_END: "issued_on"}
    carries_name: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (N_("invoice"), N_("invoices"))
    labels: ClassVar[Mapping[str, str]] = {
        "number": N_("Invoice number"),
        "issued_on": N_("Date"),
        "due_on": N_("Due"),
        "paid_on": N_("Paid on"),
        "buyer_name": N_("Buyer"),
        "buyer_address": N_("Buyer's address"),
        "buyer_org_number": N_("Buyer's org. number"),
        "lines": N_("Lines"),
        "original_in": N_("The original is kept in"),
    }

    number: Mapped[str] = mapped_column(PersonalText, unique=True)
    issued_on: Mapped[date] = mapped_column(PersonalDate, index=True)
    due_on: Mapped[date] = mapped_column(PersonalDate)
    buyer_name: Mapped[str] = mapped_column(PersonalText)
    buyer_address: Mapped[str] = mapped_column(PersonalText)
    lines: Mapped[list[Line]] = mapped_column(PersonalJson)
    buyer_org_number: Mapped[str] = mapped_column(PersonalText, default="")
    paid_on: Mapped[date | None] = mapped_column(PersonalDate, default=None)
    original_in: Mapped[NotPersonal[str]] = mapped_column(default="")
    company_id: Mapped[NotPersonal[int | None]] = mapped_column(
        ForeignKey("company.id"), default=None, index=True
    )

    @property
    def total(self) -> Decimal:
        """Return the sum of the lines with VAT."""
        return total(self.lines)

    def worth(self) -> Decimal:
        """Return what it cost with VAT."""
        return self.total

    def belongs_to_company(self) -> bool:
        """Return whether a company is the buyer."""
        return self.company_id is not None

    def active_on(self) -> date:
        """Return the day it was issued or paid, whichever is last."""
        return max(self.issued_on, self.paid_on or self.issued_on)

    def needed_for(self) -> Reason | None:
        """Return that an unpaid invoice is a claim."""
        return None if self.paid_on else Reason.CLAIM

    def is_original(self) -> bool:
        """Return whether bookkeeping happens here and not in an outside system."""
        return not self.original_in
