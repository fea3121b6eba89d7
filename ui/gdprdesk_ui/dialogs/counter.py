"""What the customer is shown at the counter: the question alone, in her language, and her answer.

Whatever lies behind it is covered, and she cannot leave it: only whoever works here returns, with
Escape and one button.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QDialog,
    QFrame,
    QStackedWidget,
    QWidget,
)

from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.i18n import _, language
from gdprdesk.services.consent_texts import ConsentTextRow
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.reports.consent_form import withdrawal_words
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.channel_boxes import ChannelBoxes
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Button,
    IconTile,
    Label,
    Line,
    SignaturePad,
    column,
    holder,
    row,
    scrolling,
)

_COLUMN, _TWO_HALVES_FROM = 1120, 940


@dataclass(frozen=True, repr=False)
class CounterAnswer:
    """What was answered at the counter.

    Attributes:
        signature: What was drawn, as PNG; empty if it was said aloud.
    """

    decision: Decision
    channels: tuple[str, ...]
    method: ConsentMethod
    signature: bytes


class Counter(QDialog):
    """One question over the whole screen, with nothing else of the register to be seen.

    Args:
        context: The open register.
        text: The exact words, in the language she reads.
        guardian: Who answers for a child; empty if she does so herself.

    Signals:
        answered: Whoever works here took the answer: a CounterAnswer.

    Attributes:
        channels: A box for each place, none ticked beforehand.
        pad: Where she signs.
        aloud: Instead of a signature: she says it aloud.
        yes_button: And `no_button`: of equal weight.
        problem: What is missing before a yes can be taken.
        back_strip: What whoever works here is asked once Escape was pressed.
        done_button: Takes the answer.
    """

    answered = Signal(object)

    def __init__(self, context: PageContext, text: ConsentTextRow, guardian: str = "") -> None:
        super().__init__(context.window)
        self.context, self._text, self._guardian = context, text, guardian
        self._answer: CounterAnswer | None = None
        self.setWindowTitle("GDPR Desk")  # the title of a window is seen outside it, names and all
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.channels = ChannelBoxes()
        self._halves = row(spacing=48)
        self.problem = Label("", "body", "danger", wrap=True)
        self.thanks = Label("", "large", wrap=True)
        with language(text.language):  # hers, whatever the window speaks
            self.setAccessibleName(text.name)
            self.aloud = QCheckBox(_("I do not sign. I say my answer aloud."))
            self.pad = SignaturePad(_("Sign here with your finger or the mouse"))
            self.undo_button = Button(_("Undo"), "link", "undo-2", on_click=self.pad.undo)
            self.clear_button = Button(_("Clear"), "link", "eraser", on_click=self.pad.clear)
            self.yes_button = Button(_("Yes"), size="large", on_click=self._say_yes)
            self.no_button = Button(_("No"), size="large", on_click=self._say_no)
            self._pages = QStackedWidget(self)
            self._pages.addWidget(scrolling(self._question(), ground="surface"))
            self._pages.addWidget(self._end())
        self.stay_button = Button(_("Stay"), on_click=self._stay)
        self.again_button = Button(_("Ask again"), icon_name="rotate-ccw", on_click=self._ask_again)
        self.leave_button = Button(_("Leave without saving"), on_click=self._leave)
        self.done_button = Button(_("Done"), "primary", "check", on_click=self._done)
        self.back_strip = self._strip()
        box = column(self._pages, self.back_strip, spacing=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.pad.changed.connect(self._show_tools)
        self.aloud.toggled.connect(self._show_tools)
        self._show_tools()
        QShortcut(QKeySequence("Ctrl+L"), self, context.lock)  # a lock may never wait
        (next(iter(self.channels.boxes.values()), self.aloud)).setFocus()

    def reject(self) -> None:
        """Ask whoever works here whether to return: Escape alone leads nowhere."""
        is_over = self._answer is not None
        self.stay_button.setVisible(not is_over)
        self.again_button.setVisible(is_over)
        self.done_button.setVisible(is_over)
        self.back_strip.show()
        (self.done_button if is_over else self.stay_button).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def _question(self) -> QWidget:
        """Return the question: whose it is, the exact words, the places, and the answers."""
        business = self.context.desk.ask(show_organisation).name
        self.channels.offer(self._text.channels)
        where = column(
            Label(_("Where it may be seen"), "card"),
            Label(
                _("Tick each place that you say yes to. You need not tick any."),
                "body",
                "muted",
                wrap=True,
            ),
            self.channels,
            spacing=6,
        )
        asked_for = _("{guardian}, you answer for a child.").format(guardian=self._guardian)
        parts: list[QWidget] = [
            Label(
                _("A question to you from {business}").format(business=business), "body", "muted"
            ),
            Label(self._text.name, "display"),
        ]
        if self._guardian:
            parts.append(Label(asked_for, "card", wrap=True))
        parts.append(Label(self._text.text, "large", wrap=True))
        parts.append(Label(withdrawal_words(), "card", wrap=True))
        places = [holder(where)] if self._text.channels else []
        invited = Label(self.pad.accessibleName(), "card", wrap=True)
        tools = row(invited, self.undo_button, self.clear_button)
        tools.setStretch(0, 1)
        signing = column(tools, self.pad, self.aloud, spacing=6)
        answers = row(self.yes_button, self.no_button, spacing=16)
        foot = column(signing, self.problem, answers, None, spacing=14)
        words = column(*parts, None, spacing=16)
        self._halves.addLayout(words, 1)
        self._halves.addLayout(column(*places, foot, None, spacing=20), 1)
        return _centred(holder(self._halves))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= scaled(_TWO_HALVES_FROM)
        across, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if is_wide else under)

    def _end(self) -> QWidget:
        """Return what is shown once she has answered."""
        self._asks_back = Label(
            _("Please give the computer back to whoever asked you."), "large", "muted", wrap=True
        )
        thanks = Label(_("Thank you"), "display")
        inner = column(
            None, IconTile("check", "accent", 64, 30), thanks, self.thanks, self._asks_back, None,
            spacing=14,
        )  # fmt: skip
        return _centred(holder(inner))

    def _strip(self) -> QFrame:
        """Return what whoever works here is asked, in her own language."""
        strip = QFrame(self)
        strip.setObjectName("sunken")
        verbs = row(
            Label(_("Back to the register?"), "strong"),
            None,
            self.leave_button,
            self.again_button,
            self.stay_button,
            self.done_button,
            spacing=12,
            margins=(32, 14, 32, 14),
        )
        strip.setLayout(column(Line(), verbs, spacing=0))
        strip.hide()
        return strip

    def _show_tools(self) -> None:
        self.problem.setText("")
        self.pad.setEnabled(not self.aloud.isChecked())
        for button in (self.undo_button, self.clear_button):
            button.setEnabled(not self.pad.is_empty and not self.aloud.isChecked())

    def _say_yes(self) -> None:
        with language(self._text.language):
            missing = self._missing()
        self.problem.setText(missing)
        if not missing:
            self._take(Decision.GIVEN, self.channels.ticked())

    def _say_no(self) -> None:
        self._take(Decision.REFUSED, ())

    def _missing(self) -> str:
        if self._text.channels and not self.channels.ticked():
            return _("Tick at least one place, or answer no.")
        if self.pad.is_empty and not self.aloud.isChecked():
            return _("Sign in the field, or tick that you say it aloud.")
        return ""

    def _take(self, decision: Decision, channels: tuple[str, ...]) -> None:
        is_signed = not self.pad.is_empty and not self.aloud.isChecked()
        self._answer = CounterAnswer(
            decision,
            channels,
            ConsentMethod.SIGNATURE if is_signed else ConsentMethod.ORALLY,
            self.pad.png() if is_signed else b"",
        )
        with language(self._text.language):
            said = _("You said yes.") if decision is Decision.GIVEN else _("You said no.")
            self.thanks.setText(" ".join([said, ", ".join(channels)]).strip())
        self._pages.setCurrentIndex(1)
        self.back_strip.hide()

    def _stay(self) -> None:
        self.back_strip.hide()

    def _ask_again(self) -> None:
        self._answer = None
        self.pad.clear()
        self._pages.setCurrentIndex(0)
        self.back_strip.hide()

    def _leave(self) -> None:
        super().reject()

    def _done(self) -> None:
        answer = self._answer
        if answer is not None:
            self.accept()
            self.answered.emit(answer)


def _centred(inner: QWidget) -> QWidget:
    inner.setMaximumWidth(scaled(_COLUMN))
    line = row(None, inner, None, spacing=0, margins=(40, 36, 40, 36))
    line.setStretch(1, 8)
    return holder(line)


def show_to_customer(context: PageContext, text: ConsentTextRow, guardian: str = "") -> Counter:
    """Show a question over the whole screen."""
    counter = Counter(context, text, guardian)
    counter.setGeometry(context.window.screen().geometry())
    counter.showFullScreen()
    return counter
