"""Sheets of address labels as shops sell them, and what stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _


class LabelSheet(StrEnum):
    """A sheet of labels by how many there are across and down."""

    THREE_BY_SEVEN = "3x7"
    TWO_BY_SEVEN = "2x7"


@dataclass(frozen=True)
class SheetSize:
    """Where the labels are on an A4 sheet, in millimetres; there is no gap between rows.

    Attributes:
        across: How many labels are beside each other.
        down: How many are under each other.
        width: Of a label.
        height: Of a label, and so from one row to the next.
        side: From the left edge of the paper to the first label.
        top: From the upper edge of the paper to the first label.
        pitch: From the left edge of a label to that of the next one.
    """

    across: int
    down: int
    width: float
    height: float
    side: float
    top: float
    pitch: float

    @property
    def count(self) -> int:
        """How many labels are on the sheet."""
        return self.across * self.down


SIZES = {
    LabelSheet.THREE_BY_SEVEN: SheetSize(3, 7, 63.5, 38.1, side=7.21, top=15.15, pitch=66.04),
    LabelSheet.TWO_BY_SEVEN: SheetSize(2, 7, 99.1, 38.1, side=4.67, top=15.15, pitch=101.6),
}


@dataclass(frozen=True, repr=False)
class Labels:
    """Labels to print, in the order in which they are torn off.

    Attributes:
        labels: The lines of each.
        first: The label to begin with, from 1: those before it are used already.
        organisation: Whose labels these are, as the file says it.
        remarks: What whoever prints them should know, in sentences.

    Raises:
        DomainError: The sheet has no such first label.
    """

    labels: Sequence[Sequence[str]]
    title: str
    language: str
    organisation: str = ""
    sheet: LabelSheet = LabelSheet.THREE_BY_SEVEN
    first: int = 1
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        count = SIZES[self.sheet].count
        if not 1 <= self.first <= count:
            said = _("This sheet has {count} labels. Choose one of them to begin with.")
            raise DomainError(said.format(count=count))
