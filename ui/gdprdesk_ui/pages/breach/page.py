"""One breach: its clock, the answers, what to do first, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.breaches import Breach, BreachNotice
from gdprdesk.domain.served import ControllerServed
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import BreachQuestion
from gdprdesk.i18n import _, format_moment
from gdprdesk.services.breach_files import export_breach
from gdprdesk.services.breach_log import BreachDetail, show_breach
from gdprdesk.services.breach_steps import close_breach, reopen_breach
from gdprdesk.services.breach_words import list_named_people
from gdprdesk.services.files import FileFormat
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.pages.breach.clock import ClockCard
from gdprdesk_ui.pages.breach.deeds import DeedsCard, FirstCard
from gdprdesk_ui.pages.breach.people import PeopleCard, ServedCard
from gdprdesk_ui.pages.breach.reasons import ReasonsCard
from gdprdesk_ui.pages.breach.steps import StepsCard
from gdprdesk_ui.pages.breaches.page import KEY, MINUTE_MS
from gdprdesk_ui.pages.breaches.words import title_of
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.widgets import Banner, Button, PageHeading, column, row


class BreachPage(Page):
    """Everything about one breach, with the clock beside it.

    Attributes:
        heading: What has happened, and when it became known.
        pdf_button: Saves all of it as PDF.
        close_button: All is done; says what is missing if something is.
        reopen_button: Opens it again.
        named: Whose names stand in the texts, which they should not.
        steps: The five answers, the report, word to the people.
        first: What to do first.
        deeds: What was done so far.
        people: Whom it concerns.
        served: The businesses served that it concerns.
        clock: How much time is left.
        reasons: What speaks for a small risk and for a great one.
    """

    changed_kinds = frozenset(
        {
            Breach,
            BreachNotice,
            ContactDetail,
            ControllerServed,
            DataSubject,
            ProcessingActivity,
        }
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: BreachRef | None = None
        self._one: BreachDetail | None = None
        self.pdf_button = Button(_("Save as PDF…"), icon_name="download", on_click=self._save)
        self.close_button = Button(_("Close it"), icon_name="check", on_click=self._close)
        self.reopen_button = Button(
            _("Open it again"), icon_name="rotate-ccw", on_click=self._reopen
        )
        self.back_button = Button(_("Breaches"), "link", "arrow-left", on_click=self._back)
        actions = [self.pdf_button, self.reopen_button, self.close_button]
        self.heading = PageHeading("", "", actions)
        self.named = Banner("warn", "", icon_name="user-x")
        self.steps = StepsCard(context, self._reread)
        self.first, self.deeds = FirstCard(context), DeedsCard(context)
        self.people, self.served = PeopleCard(context), ServedCard(context)
        self.clock, self.reasons = ClockCard(), ReasonsCard()
        self._build()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    def _build(self) -> None:
        main = column(
            self.steps, self.first, self.people, self.served, self.deeds, None, spacing=16
        )
        side = column(self.clock, self.reasons, None, spacing=16)
        self._sides = row(spacing=16)
        self._sides.addLayout(main, 24)
        self._sides.addLayout(side, 10)
        self.setLayout(
            column(
                row(self.back_button, None),
                self.heading,
                self.named,
                self._sides,
                None,
                spacing=14,
                margins=(28, 16, 28, 24),
            )
        )

    def arrive(self, *, breach_ref: BreachRef) -> None:
        """Show a breach."""
        self._ref = breach_ref

    def refresh(self) -> None:
        one = self._reread()
        if one is None:
            return
        known = _("Known since {moment}").format(moment=format_moment(one.row.clock.known_at))
        self.heading.set_words(title_of(one.row), known)
        is_open = one.row.closed_on is None
        self.close_button.setVisible(is_open)
        self.reopen_button.setVisible(not is_open)
        self._show_names(one.row.ref)
        for card in (
            self.steps,
            self.first,
            self.deeds,
            self.people,
            self.served,
            self.clock,
            self.reasons,
        ):
            card.show_breach(one)

    def commands(self) -> Mapping[Any, Callable[[], object]]:
        return {Command.EXPORT: self._save, Command.PRINT: self._save, Command.EDIT: self._edit}

    def first_focus(self) -> QWidget | None:
        return self.steps.next_button or self.pdf_button

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        direction = QBoxLayout.Direction
        narrow = breadth is Breadth.NARROW
        self._sides.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)

    def _reread(self) -> BreachDetail | None:
        if self._ref is not None:
            self._one = self.context.desk.ask(show_breach, breach_ref=self._ref)
        return self._one

    def _tick(self) -> None:
        if self.isVisible():
            one = self._reread()
            if one is not None:
                self.clock.show_breach(one)

    def _show_names(self, ref: BreachRef) -> None:
        names = self.context.desk.ask(list_named_people, breach_ref=ref)
        said = _("A text here names {names}. The authority gets it: write it without names.")
        self.named.set_words(said.format(names=", ".join(names)))
        self.named.setVisible(bool(names))

    def _edit(self) -> None:
        one = self._one
        if one is not None and one.row.closed_on is None:
            rest = [q for q in BreachQuestion if q not in one.answered]
            self.steps.answer(rest[0] if rest else BreachQuestion.WHAT)

    def _back(self) -> None:
        self.context.open_page(KEY)

    def _close(self) -> None:
        context, ref = self.context, self._ref
        if ref is not None:
            context.save(
                lambda _progress: context.desk.run(close_breach, breach_ref=ref),
                lambda _none: context.toast(_("The breach is closed"), undoable=True),
                self.close_button,
            )

    def _reopen(self) -> None:
        context, ref = self.context, self._ref
        if ref is not None:
            context.save(
                lambda _progress: context.desk.run(reopen_breach, breach_ref=ref),
                lambda _none: context.toast(_("The breach is open again"), undoable=True),
                self.reopen_button,
            )

    def _save(self) -> None:
        one = self._one
        if one is not None:
            save_report(
                self.context,
                _("Breach {number}").format(number=one.row.number),
                export_breach,
                FileFormat.PDF,
                button=self.pdf_button,
                breach_ref=one.row.ref,
            )
