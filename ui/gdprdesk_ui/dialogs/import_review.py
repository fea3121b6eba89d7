"""What would come of a list, row by row, and what is to become of each."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.paging import Page
from gdprdesk.services.people_review import Choice as Fate
from gdprdesk.services.people_review import ImportReview, ImportRow, RowState
from gdprdesk_ui.models.cells import PillCell, TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import Banner, Chips, Choice, Label, Table, column, holder, row

ALL = "all"
_BETWEEN = "  \N{MIDDLE DOT}  "
_FATE_TONES: dict[Fate, Tone] = {Fate.ADD: "accent", Fate.MERGE: "info", Fate.SKIP: "neutral"}


class ReviewStep(QWidget):
    """A table of the rows with what was found, and a choice for the one that is chosen.

    Attributes:
        chips: Which rows are shown.
        table: The rows.
        fate: What is to become of the row chosen in the table.
        bulk: What is to become of all possible duplicates.
        fates: What the user decided, by row number.

    Signals:
        decided: The user decided something.
    """

    decided = Signal()

    def __init__(self, review: ImportReview) -> None:
        super().__init__()
        self._review = review
        self._rows = review.rows
        self.fates: dict[int, Fate] = {}
        self.chips = Chips(_chips(review), _("Which rows"))
        self.model = PagedTableModel[ImportRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Rows of the list"))
        self.table.setMinimumHeight(scaled(240))
        self._said = Label("", "body", wrap=True)
        self.fate = Chips(
            [
                (Fate.ADD.value, _("Add as a new person")),
                (Fate.MERGE.value, _("Add to the known person")),
                (Fate.SKIP.value, _("Leave out")),
            ],
            _("What becomes of this row"),
        )
        self.bulk: Choice[Fate | None] = Choice(
            [
                (None, _("As suggested")),
                (Fate.ADD, _("Add all as new people")),
                (Fate.MERGE, _("Add all to the known people")),
                (Fate.SKIP, _("Leave all out")),
            ]
        )
        self._build()
        self.chips.chosen.connect(self._show_rows)
        self.table.row_chosen.connect(self._look_at)
        self.fate.chosen.connect(self._decide)
        self.bulk.picked.connect(self._decide_all)
        self.model.reload()

    def _build(self) -> None:
        words = Label(_("All possible duplicates"), "small", "muted", keep=True)
        words.setBuddy(self.bulk)
        self.bulk.setAccessibleName(words.text())
        bulk = holder(row(words, self.bulk))
        bulk.setVisible(self._review.count(RowState.DUPLICATE) > 0)
        top = row(self.chips, bulk, spacing=12)
        top.setStretch(0, 1)
        remarks = Banner("info", " ".join(self._review.remarks))
        remarks.setVisible(bool(self._review.remarks))
        inside = column(remarks, top, self.table, self._said, self.fate, spacing=12)
        inside.setStretch(2, 1)
        self.setLayout(inside)

    def fate_of(self, one: ImportRow) -> Fate:
        """Return what is to become of a row; one that nobody can choose about stays out."""
        if not one.can_be_taken:
            return Fate.SKIP
        return self.fates.get(one.number, one.choice)

    def taken(self) -> int:
        """Return how many rows are taken in."""
        return sum(self.fate_of(one) is not Fate.SKIP for one in self._review.rows)

    @property
    def of_orders(self) -> bool:
        """Whether the rows are bookings."""
        return any(one.order for one in self._review.rows)

    def unsubscribed(self) -> int:
        """Return of how many rows nothing is saved but that they want no letters."""
        return self._review.count(RowState.UNSUBSCRIBED)

    def _columns(self) -> list[Column[ImportRow]]:
        def who(one: ImportRow) -> TwoLineCell:
            reached = [value for _kind, value, _normal in one.contacts]
            if one.order is not None:
                return TwoLineCell(one.order.what, _BETWEEN.join(_when_and_whose(one, reached)))
            return TwoLineCell(one.name or _("No name"), _BETWEEN.join(reached))

        def found(one: ImportRow) -> TextCell:
            if one.state is RowState.WRONG:
                return TextCell(one.reason, "danger")
            return TextCell(one.reason or _("New"), "warn" if one.reason else "muted")

        def fate(one: ImportRow) -> PillCell:
            if one.state is RowState.WRONG:
                return PillCell(_("Cannot be taken in"), "danger", "circle-alert")
            if one.state is RowState.STOPPED:
                return PillCell(_("Is left out"), "neutral", "ban")
            if one.state is RowState.UNSUBSCRIBED:
                return PillCell(_("Gets no letters"), "neutral", "mail-x")
            chosen = self.fate_of(one)
            return PillCell(_fate_words(chosen), _FATE_TONES[chosen])

        return [
            Column(_("Row"), lambda one: str(one.number), width=6),
            Column(_("Person"), lambda one: one.name, cell=who),
            Column(_("What was found"), lambda one: found(one).text, cell=found),
            Column(_("What happens"), lambda one: fate(one).text, cell=fate, width=24),
        ]

    def _fetch(self, offset: int, limit: int) -> Page[ImportRow]:
        return Page(self._rows[offset : offset + limit], len(self._rows))

    def _show_rows(self, which: str) -> None:
        self._rows = tuple(one for one in self._review.rows if which in (ALL, one.state.value))
        self.model.reload()

    def _look_at(self, one: ImportRow | None) -> None:
        can_choose = one is not None and one.can_be_taken
        self.fate.setVisible(can_choose)
        self._said.setText("" if one is None else _said_of(one))
        if one is not None and can_choose:
            self.fate.buttons[Fate.MERGE.value].setVisible(one.known_ref is not None)
            self.fate.choose(self.fate_of(one).value)

    def _decide(self, key: str) -> None:
        one: ImportRow | None = self.table.current()
        if one is not None and self.fate_of(one).value != key:
            self.fates[one.number] = Fate(key)
            self._show_fates()

    def _decide_all(self, wanted: Fate | None) -> None:
        for one in self._review.rows:
            if one.state is RowState.DUPLICATE:
                self.fates[one.number] = one.choice if wanted is None else _possible(one, wanted)
        current: ImportRow | None = self.table.current()
        self._look_at(current)
        self._show_fates()

    def _show_fates(self) -> None:
        self.table.viewport().update()
        self.decided.emit()


def _when_and_whose(one: ImportRow, reached: list[str]) -> Iterator[str]:
    order = one.order
    if order is not None and order.on is not None:
        clock = f" {order.at:%H:%M}" if order.at else ""
        yield format_day(order.on, short=True) + clock
    yield one.name or _("of nobody")
    yield from reached


def _possible(one: ImportRow, wanted: Fate) -> Fate:
    """Return what is wanted, but leave out what would be added to nobody known."""
    return Fate.SKIP if wanted is Fate.MERGE and one.known_ref is None else wanted


def _fate_words(fate: Fate) -> str:
    return {
        Fate.ADD: _("Is added"),
        Fate.MERGE: _("Goes to the known person"),
        Fate.SKIP: _("Is left out"),
    }[fate]


def _said_of(one: ImportRow) -> str:
    words = _("Row {number}: {name}").format(number=one.number, name=one.name or _("No name"))
    return f"{words}. {one.reason}" if one.reason else words


def _chips(review: ImportReview) -> list[tuple[str, str]]:
    words = {
        RowState.NEW: _("New {count}"),
        RowState.DUPLICATE: _("Possible duplicates {count}"),
        RowState.STOPPED: _("Left out {count}"),
        RowState.UNSUBSCRIBED: _("No more letters {count}"),
        RowState.WRONG: _("Cannot be taken in {count}"),
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
