"""What an erasure would take, keep and leave to be done elsewhere, and when it shall be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QRadioButton, QWidget

from gdprdesk.domain.terms import ErasureGround, IdentityCheck, say
from gdprdesk.i18n import _, format_moment, ngettext
from gdprdesk.services.erasure_preview import ConsentedRow, ErasurePreview
from gdprdesk.services.traces import TraceSearch
from gdprdesk_ui.pages.erase.lists import (
    copies_card,
    erased_card,
    kept_card,
    outside_card,
    small,
)
from gdprdesk_ui.pages.erase.traces import TracesCard
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.widgets import (
    Avatar,
    Banner,
    Button,
    Card,
    Choice,
    FormField,
    Icon,
    Label,
    Line,
    ListRow,
    column,
    hide_unless,
    row,
)

_SHARED = 3
_LEAST_LETTERS = 12


@dataclass(frozen=True)
class Decided:
    """What the owner said yes to."""

    at_once: bool
    ground: ErasureGround | None
    checked: IdentityCheck | None
    masks: tuple[str, ...]
    acknowledged: bool


class ErasurePreviewView(QWidget):
    """The decision before it is carried out.

    Signals:
        decided: The owner said yes, and to what.
        cancelled: She thought better of it.
        wrong_person: It is somebody else of the same name; who, if that is known.
        consent_alone: Only what rests on a consent that was taken back is to go; its purpose.
        journal_wanted: It is to be written down what was decided about her journal.

    Attributes:
        later: Erase with time to undo.
        at_once: Erase now for good.
        ground: Why she may ask for it.
        checked: How it was made sure that it is she.
        traces: Where other people's records name her.
        acknowledged: That it was read to her what it means that her journal goes.
        erase_button: Says how many records go; off until the traces have been looked for, and
            until that was read.
    """

    decided = Signal(object)
    cancelled = Signal()
    wrong_person = Signal(str)
    consent_alone = Signal(str)
    journal_wanted = Signal()

    def __init__(self, preview: ErasurePreview, today: date) -> None:
        super().__init__()
        undoable = preview.waits or preview.due_at.date() > today
        self.later = QRadioButton(
            _("When all is finished") if preview.waits else _("Now, with time to undo")
        )
        self.at_once = QRadioButton(_("At once, cannot be undone"))
        (self.later if undoable else self.at_once).setChecked(True)
        hide_unless(undoable, self.later)
        self.ground = Choice[ErasureGround | None](
            [(None, _("Not said")), *((one, say(one)) for one in ErasureGround)]
        )
        self.checked = Choice[IdentityCheck | None](
            [(None, _("Not said")), *((one, say(one)) for one in IdentityCheck)]
        )
        for choice in (self.ground, self.checked):  # as wide as the column, not as the longest
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(_LEAST_LETTERS)
        self.erase_button = Button(
            _("Erase {count} records").format(count=len(preview.erase)),
            "dangerFill",
            "trash-2",
            size="large",
            on_click=self._decide,
        )
        self.erase_button.setEnabled(False)
        self._looked = False
        self._must_read = bool(preview.journal_goes)
        self.acknowledged = QCheckBox(_("I have read this to her, and she wants it all the same"))
        self.acknowledged.toggled.connect(lambda _on: self._allow())
        self.cancel_button = Button(_("Cancel"), on_click=self.cancelled.emit)
        self.wrong_button = Button(
            _("No, somebody else"), "link", on_click=lambda: self.wrong_person.emit("")
        )
        self.traces = TracesCard()
        lists = row(erased_card(preview, today), kept_card(preview), spacing=14)
        lists.setStretch(0, 1)
        lists.setStretch(1, 1)
        below = [self.traces, outside_card(preview), copies_card(preview)]
        left = column(lists, *below, None, spacing=14)
        self._sheet = row(left, column(self._when(preview, undoable=undoable), None), spacing=14)
        self._sheet.setStretch(0, 5)
        self._sheet.setStretch(1, 2)
        top = [self._right_person(preview), *self._alone(preview), *self._journal(preview)]
        top += _shared(preview)
        self.setLayout(column(*top, self._sheet, spacing=14))

    def show_traces(self, search: TraceSearch) -> None:
        """List where else she is named; only then can be decided."""
        self.traces.show_found(search)
        self._looked = True
        self._allow()

    def set_breadth(self, breadth: Breadth) -> None:
        """Put the decision under the lists where there is little room."""
        turn(self._sheet, breadth)

    def _allow(self) -> None:
        read = self.acknowledged.isChecked() or not self._must_read
        self.erase_button.setEnabled(self._looked and read)

    def _decide(self) -> None:
        self.decided.emit(
            Decided(
                at_once=self.at_once.isChecked(),
                ground=self.ground.value(),
                checked=self.checked.value(),
                masks=self.traces.masks(),
                acknowledged=self.acknowledged.isChecked(),
            )
        )

    def _right_person(self, preview: ErasurePreview) -> Card:
        words = column(
            Label(_("Is this the right person?"), "strong"),
            Label("  ·  ".join(preview.facts), "small", "muted"),
            spacing=2,
        )
        line = row(Avatar(preview.name, 40), words, self.wrong_button, spacing=12)
        line.setStretch(1, 1)
        others = [
            ListRow(
                "users",
                _("There is another {name}").format(name=preview.name),
                "  ·  ".join(one.facts) or _("Nothing more is known of this one."),
                Button(_("Look"), "link", on_click=partial(self.wrong_person.emit, str(one.ref))),
            )
            for one in preview.namesakes
        ]
        stored = [
            small(
                _(
                    "She has asked that her data are only stored for now. Erase them only if she"
                    " wants that instead."
                )
            )
        ]
        return Card(line, *others, *(stored if preview.restricted else []), sunken=True, padding=14)

    def _alone(self, preview: ErasurePreview) -> list[Banner]:
        return [self._offer(one) for one in preview.consented[:1]]

    def _journal(self, preview: ErasurePreview) -> Iterator[QWidget]:
        """Yield what it means that her journal goes, or who decides on one that stays."""
        if preview.journal_goes:
            yield Card(
                Label(_("Her journal goes"), "card"),
                Label(preview.journal_goes, wrap=True),
                self.acknowledged,
            )
        if preview.journal_stays:
            decide = Button(_("Write down the decision…"), on_click=self.journal_wanted.emit)
            yield Banner("info", _("Her journal stays"), preview.journal_stays, [decide])

    def _offer(self, one: ConsentedRow) -> Banner:
        count = ngettext("{count} record rests", "{count} records rest", one.records)
        said = _("She has taken back her consent: {name}").format(name=one.name)
        more = _("{records} on it alone. You can erase that and keep the rest.")
        button = Button(
            _("Erase only that"), on_click=partial(self.consent_alone.emit, one.purpose)
        )
        sentence = more.format(records=count.format(count=one.records))
        return Banner("info", said, sentence, [button])

    def _when(self, preview: ErasurePreview, *, undoable: bool) -> Card:
        later = small(self._what_later_means(preview))
        later.setContentsMargins(28, 0, 0, 0)
        hide_unless(undoable, later)
        notes = [small(_("The log says that it was done, not who."))]
        if preview.requested:
            notes.append(small(_("Her request is answered by this, and says when.")))
        return Card(
            Label(_("When?"), "card"),
            self.later,
            later,
            self.at_once,
            Line(),
            FormField(_("Ground"), self.ground, optional=True),
            FormField(_("Identity"), self.checked, optional=True),
            Line(),
            *(row(Icon("history", "muted", 18), note) for note in notes),
            4,
            self.erase_button,
            self.cancel_button,
            spacing=12,
        )

    def _what_later_means(self, preview: ErasurePreview) -> str:
        if preview.waits:
            return _(
                "An order is not finished or not paid, or a request is not answered. Once that is"
                " over, she is erased by herself. You can undo until then."
            )
        return _("Hidden right away and erased for good {moment}. You can undo until then.").format(
            moment=format_moment(preview.due_at)
        )


def turn(sheet: QBoxLayout, breadth: Breadth) -> None:
    """Put what stands at the side under the rest where there is little room."""
    beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
    sheet.setDirection(under if breadth is Breadth.NARROW else beside)


def _shared(preview: ErasurePreview) -> list[QWidget]:
    """Return that pictures go although others are in them, too."""
    if not preview.shared:
        return []
    said = _("“{title}”: {names} in it, too.")
    lines = [
        said.format(title=one.title, names=", ".join(one.names)) for one in preview.shared[:_SHARED]
    ]
    more = _("Such a picture goes for everybody. Make her unrecognisable first in what is to stay.")
    title = ngettext(
        "{count} picture with others in it goes",
        "{count} pictures with others in them go",
        len(preview.shared),
    )
    return [Banner("warn", title.format(count=len(preview.shared)), " ".join((*lines, more)))]
