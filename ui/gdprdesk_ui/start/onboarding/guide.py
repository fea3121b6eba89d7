"""The frame of the first run: how far it is, the step, and the way on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from gdprdesk.clock import today
from gdprdesk.desk import Desk
from gdprdesk.door import Door
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.first_run import SKIPPABLE, FirstRun, Step
from gdprdesk.services.onboarding import Business
from gdprdesk_ui.calls import perform
from gdprdesk_ui.dialogs.recovery_sheet import RecoverySheet
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.start.onboarding.business import BusinessStep
from gdprdesk_ui.start.onboarding.key import KeyStep
from gdprdesk_ui.start.onboarding.password import PasswordStep
from gdprdesk_ui.start.onboarding.review import ReviewStep
from gdprdesk_ui.start.onboarding.step import StepPage
from gdprdesk_ui.start.onboarding.trade import TradeStep
from gdprdesk_ui.widgets import (
    Button,
    Label,
    Line,
    Logo,
    ProgressStrip,
    StepProgress,
    column,
    holder,
    row,
    scrolling,
)


class Onboarding(QWidget):
    """Leads from step to step; Enter goes on.

    Signals:
        opened: The register is made and open; the desk.
        made: It is made, though not shown yet; its folder.
        existing_wanted: There is a register already.
        language_chosen: Another language is wanted; its code.

    Attributes:
        run: What has been answered.
        pages: The page of each step.
        back_button: One step back.
        skip_button: On, with what was proposed.
        next_button: On; at the last step, make the register.
        desk: The register once it is made, until it is handed on.
    """

    opened = Signal(object)
    made = Signal(object)
    existing_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(
        self, run: FirstRun, door: Door, operations: Operations, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.run, self._door, self._operations = run, door, operations
        self.desk: Desk | None = None
        self.progress = StepProgress(len(Step), Logo(30), Label("GDPR Desk", "heading"))
        business = BusinessStep(run)
        business.existing_wanted.connect(self.existing_wanted)
        business.language_chosen.connect(self._choose_language)
        self.pages: dict[Step, StepPage] = {
            Step.BUSINESS: business,
            Step.TRADE: TradeStep(run),
            Step.REVIEW: ReviewStep(run),
            Step.PASSWORD: PasswordStep(run),
        }
        self.back_button = Button(_("Back"), icon_name="arrow-left", size="large",
                                  on_click=self._back)  # fmt: skip
        self.skip_button = Button(_("Skip"), "ghost", size="large", on_click=self._skip)
        self.next_button = Button("", "primary", size="large", on_click=self.go_on)
        self.next_button.setAutoDefault(True)
        self._strip = ProgressStrip()
        self._strip.cancel_button.hide()
        self._stack = QStackedWidget()
        self._areas: dict[StepPage, QScrollArea] = {}
        for page in self.pages.values():
            self._add(page)
        self._build()
        self._show_step()

    def _build(self) -> None:
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot = row(
            self.back_button, None, self.skip_button, self.next_button, spacing=10,
            margins=(40, 14, 40, 18),
        )  # fmt: skip
        head = row(self.progress, margins=(40, 24, 40, 0))
        box = column(head, self._stack, self._strip, Line(), foot, spacing=0)
        box.setStretch(1, 1)
        self.setLayout(box)

    def _add(self, page: StepPage) -> None:
        self._areas[page] = scrolling(holder(column(page, margins=(40, 26, 40, 26))))
        self._stack.addWidget(self._areas[page])

    def page(self) -> StepPage:
        """Return the step that is shown."""
        return next(page for page, area in self._areas.items() if area is self._area())

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the step is shown."""
        return self.page().first_focus()

    def go_on(self) -> None:
        """Leave the step if its answers will do; at the end, make or open the register."""
        if not self.next_button.isEnabled() or not self.page().take():
            return
        if self.desk is not None:
            desk, self.desk = self.desk, None
            self.opened.emit(desk)
        elif self.run.step is Step.PASSWORD:
            self._make()
        elif self.run.forward():
            self._show_step()

    def abandon(self) -> None:
        """Lock a register that was made and is not shown: the window is closed."""
        if self.desk is not None:
            self.desk.lock()
            self.desk = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _area(self) -> QWidget | None:
        return self._stack.currentWidget()

    def _back(self) -> None:
        self.run.back()
        self._show_step()

    def _skip(self) -> None:
        self.run.skip()
        self._show_step()

    def _show_step(self) -> None:
        step = self.run.step
        self.pages[step].refresh()
        self._show(self.pages[step])
        left = ngettext(
            "about {count} minute left", "about {count} minutes left", self.run.minutes_left
        )
        self.progress.set_step(step, left.format(count=self.run.minutes_left))
        self.back_button.setVisible(step is not Step.BUSINESS)
        self.skip_button.setVisible(step in SKIPPABLE)
        last = step is Step.PASSWORD
        self.next_button.setText(_("Make the register") if last else _("Continue"))

    def _show(self, page: StepPage) -> None:
        area = self._areas[page]
        area.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(area)
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_language(self, code: str) -> None:
        self.pages[Step.BUSINESS].take()
        self.run.tell(language=code)
        self.language_chosen.emit(code)

    def _make(self) -> None:
        page = self.pages[Step.PASSWORD]
        assert isinstance(page, PasswordStep)  # noqa: S101  (it is its step)
        folder, business, password = self.run.folder, self.run.business, page.new.text()

        def work(_progress: Operation[tuple[Desk, str]]) -> tuple[Desk, str]:
            return self._door.create(folder, business=business, password=password)

        perform(
            self._operations,
            self,
            work,
            self._show_key,
            doing=_("Making and encrypting the register …"),
            button=self.next_button,
            refused=page.tell,
            always=self._settle,
            strip=self._strip,
        )

    def _show_key(self, made: tuple[Desk, str]) -> None:
        self.desk, recovery_key = made
        self.made.emit(self.desk.folder)
        sheet = RecoverySheet(
            self._operations, self.run.business.name, recovery_key, self._door.clock()
        )
        page = KeyStep(self.run, sheet)
        self._add(page)
        self.back_button.hide()
        sheet.settled.connect(lambda _on: self._settle())
        self._show(page)

    def _settle(self) -> None:
        """Wait with going on until the key is on paper; until then the way on is off."""
        page = self.page()
        if isinstance(page, KeyStep):
            self.next_button.setText(_("Open the register"))
            self.next_button.setEnabled(page.sheet.is_settled())


def first_run(door: Door, language: str, parent: Path) -> FirstRun:
    """Return a first run that begins: in a language, for a register in a folder."""
    country = "NO" if language == "nb" else "SE"
    business = Business(name="", country=country, language=language)
    return FirstRun(business, today(door.clock), parent)
