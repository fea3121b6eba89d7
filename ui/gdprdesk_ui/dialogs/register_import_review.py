"""What would come of a register kept elsewhere, row by row, and what is to become of each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, format_number
from gdprdesk.services.paging import Page
from gdprdesk.services.register_import import EntryState, RegisterReview, ReviewedRow, Take
from gdprdesk_ui.models.cells import PillCell, TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import Banner, Chips, Label, Table, column

ALL = "all"
_TONES: dict[Take, Tone] = {Take.ADD: "accent", Take.UPDATE: "info", Take.SKIP: "neutral"}


class RegisterReviewStep(QWidget):
    """A table of the rows with what was found, and a choice for the one that is chosen.

    Attributes:
        chips: Which rows are shown.
        table: The rows.
        take: What is to become of the row chosen in the table.
        choices: What the user decided, by row number.

    Signals:
        decided: The user decided something.
    """

    decided = Signal()

    def __init__(self, review: RegisterReview) -> None:
        super().__init__()
        self._review, self._rows = review, review.rows
        self.choices: dict[int, Take] = {}
        self.chips = Chips(_chips(review), _("Which rows"))
        self.model = PagedTableModel[ReviewedRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Rows of the register"))
        self.table.setMinimumHeight(scaled(240))
        self._said = Label("", wrap=True)
        self.take = Chips(
            [
                (Take.ADD.value, _("Add as a new row")),
                (Take.UPDATE.value, _("Fill in the row that is there")),
                (Take.SKIP.value, _("Leave out")),
            ],
            _("What becomes of this row"),
        )
        remarks = [*review.remarks, *_new_recipients(review)]
        banner = Banner("info", " ".join(remarks))
        banner.setVisible(False)
        inside = column(banner, self.chips, self.table, self._said, self.take, spacing=12)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        banner.setVisible(bool(remarks))
        self.chips.chosen.connect(self._show_rows)
        self.table.row_chosen.connect(self._look_at)
        self.take.chosen.connect(self._decide)
        self.model.reload()

    def take_of(self, one: ReviewedRow) -> Take:
        """Return what is to become of a row; one that is wrong stays out."""
        if one.state is EntryState.WRONG:
            return Take.SKIP
        usual = Take.ADD if one.state is EntryState.NEW else Take.SKIP
        return self.choices.get(one.number, usual)

    def taken(self) -> int:
        """Return how many rows are taken in."""
        return sum(self.take_of(one) is not Take.SKIP for one in self._review.rows)

    def _columns(self) -> list[Column[ReviewedRow]]:
        def who(one: ReviewedRow) -> TwoLineCell:
            purpose = one.entry.purpose if one.entry else ""
            return TwoLineCell(one.name or _("No name"), " ".join(purpose.split()))

        def found(one: ReviewedRow) -> TextCell:
            if one.state is EntryState.WRONG:
                return TextCell(_all_remarks(one), "danger")
            if one.state is EntryState.EXISTS and not one.remarks:
                return TextCell(_("There is a row with this name"), "warn")
            return TextCell(_all_remarks(one) or _("New"), "warn" if one.remarks else "muted")

        def take(one: ReviewedRow) -> PillCell:
            if one.state is EntryState.WRONG:
                return PillCell(_("Cannot be taken in"), "danger", "circle-alert")
            chosen = self.take_of(one)
            return PillCell(_take_words(chosen), _TONES[chosen])

        return [
            Column(_("Row"), lambda one: str(one.number), width=6),
            Column(_("Processing"), lambda one: one.name, cell=who),
            Column(_("What was found"), lambda one: found(one).text, cell=found),
            Column(_("What happens"), lambda one: take(one).text, cell=take, width=20),
        ]

    def _fetch(self, offset: int, limit: int) -> Page[ReviewedRow]:
        return Page(self._rows[offset : offset + limit], len(self._rows))

    def _show_rows(self, which: str) -> None:
        self._rows = tuple(one for one in self._review.rows if which in (ALL, one.state.value))
        self.model.reload()

    def _look_at(self, one: ReviewedRow | None) -> None:
        can_choose = one is not None and one.state is not EntryState.WRONG
        self.take.setVisible(can_choose)
        self._said.setText("" if one is None else _said_of(one))
        if one is not None and can_choose:
            self.take.buttons[Take.UPDATE.value].setVisible(one.known_ref is not None)
            self.take.choose(self.take_of(one).value)

    def _decide(self, key: str) -> None:
        one: ReviewedRow | None = self.table.current()
        if one is not None and self.take_of(one).value != key:
            self.choices[one.number] = Take(key)
            self.table.viewport().update()
            self.decided.emit()


def _all_remarks(one: ReviewedRow) -> str:
    return " ".join(one.remarks)


def _take_words(take: Take) -> str:
    return {
        Take.ADD: _("Is added"),
        Take.UPDATE: _("Is filled in"),
        Take.SKIP: _("Is left out"),
    }[take]


def _said_of(one: ReviewedRow) -> str:
    words = [_("Row {number}: {name}").format(number=one.number, name=one.name or _("No name"))]
    if one.state is EntryState.EXISTS:
        words.append(_("There is a row with this name"))
    left = [f"{heading}: {' '.join(text.split())}" for heading, text in one.left]
    if left:
        words.append(_("Not taken: {texts}").format(texts="; ".join(left)))
    return ". ".join(words) + ". " + _all_remarks(one)


def _new_recipients(review: RegisterReview) -> list[str]:
    if not review.recipients:
        return []
    said = _("These are new among the recipients: {names}.")
    return [said.format(names=", ".join(review.recipients))]


def _chips(review: RegisterReview) -> list[tuple[str, str]]:
    words = {
        EntryState.NEW: _("New {count}"),
        EntryState.EXISTS: _("There already {count}"),
        EntryState.WRONG: _("Cannot be taken in {count}"),
    }
    total = _("All {count}").format(count=format_number(len(review.rows)))
    counted = [(state, review.count(state)) for state in words]
    return [
        (ALL, total),
        *(
            (state.value, words[state].format(count=format_number(count)))
            for state, count in counted
            if count
        ),
    ]
