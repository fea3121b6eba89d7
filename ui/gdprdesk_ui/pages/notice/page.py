"""The privacy notice: what the register tells people, and whether an older text is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QWidget

from gdprdesk.domain.activities import ActivityRecipient, ProcessingActivity
from gdprdesk.domain.assessments import LegitimateInterestAssessment
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.editions import NoticeVersion
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Audience
from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.notice.checker import PolicyChecker
from gdprdesk_ui.pages.notice.written import WrittenNotice
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import Chips, Line, PageHeading, column, row

_WRITTEN, _CHECK = "written", "check"


class NoticePage(Page):
    """Two sides: the notice that is written from the register, and a check of one you have.

    Attributes:
        sides: Which of the two is shown.
        written: The notice.
        checker: The check.
    """

    scrolls = False
    changed_kinds = frozenset(
        {
            NoticeVersion,
            ProcessingActivity,
            Recipient,
            ActivityRecipient,
            LegitimateInterestAssessment,
            Organisation,
            DataSubject,
            Consent,
        }
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sides = Chips(
            [(_WRITTEN, _("Your notice")), (_CHECK, _("Check a text you have"))], _("Show")
        )
        self.written, self.checker = WrittenNotice(context), PolicyChecker(context)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.written)
        self._shown.addWidget(self.checker)
        self.heading = PageHeading(
            _("Privacy notice"),
            _("What you tell people of their data, written from the register (Articles 13 and 14)"),
            [self.written.save_button, self.written.publish_button],
            back=(_("Register"), lambda: context.open_page("register")),
        )
        choices = row(self.sides, None, self.written.languages, spacing=12)
        head = column(self.heading, choices, spacing=12, margins=(28, 16, 28, 12))
        whole = column(head, Line(), self._shown, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.sides.chosen.connect(lambda _key: self._show_side())

    def arrive(self, *, audience: Audience | None = None, check: bool = False) -> None:
        """Show the notice for an audience, or the check."""
        self.sides.choose(_CHECK if check else _WRITTEN)
        if audience is not None:
            self.written.choose(audience)

    def refresh(self) -> None:
        self.written.refresh()
        self._show_side()

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        if self.sides.key() == _CHECK:
            return {}
        return {Command.EXPORT: self.written.save_button.click}

    def first_focus(self) -> QWidget:
        if self.sides.key() == _CHECK:
            return self.checker.text
        return self.written.audiences.buttons[self.written.audiences.key()]

    def _show_side(self) -> None:
        checking = self.sides.key() == _CHECK
        self._shown.setCurrentIndex(int(checking))
        written = self.written
        for one in (written.save_button, written.publish_button, written.languages):
            one.setVisible(not checking)
