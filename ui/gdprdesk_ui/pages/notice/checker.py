"""A checker of a policy that is there already: paste it or choose its file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QBoxLayout, QSplitter, QStackedWidget, QWidget

from gdprdesk.domain.policy.findings import Severity
from gdprdesk.domain.policy.words import kind_label, severity_label
from gdprdesk.i18n import LANGUAGES, _, ngettext
from gdprdesk.imports.policy_text import read_policy
from gdprdesk.services.policy_check import FindingRow, PolicyReport, check_policy
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    EmptyState,
    EntryList,
    FormField,
    Label,
    Line,
    Pill,
    Surface,
    TextArea,
    clear,
    column,
    holder,
    row,
    scrolling,
)

_ENDINGS = ["txt", "md", "html", "htm", "docx", "pdf"]
_BEGINNING = 24  # letters: where a sentence goes on in the next line, its beginning is marked
_SIGNS: dict[Severity, tuple[str, Tone]] = {
    Severity.MUST: ("circle-x", "danger"),
    Severity.SHOULD: ("triangle-alert", "warn"),
    Severity.MAY: ("info", "info"),
}


class PolicyChecker(QWidget):
    """The text at the left, what was found in it at the right.

    Attributes:
        text: The policy.
        file_button: Takes the policy from a file.
        language: What it is written in; found by its words if nothing is chosen.
        check_button: Looks through it.
        found: The findings, the gravest first.
        summary: How many there are.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.report: PolicyReport | None = None
        self.text = TextArea(_("Paste your privacy policy here …"), 12)
        self.text.setAccessibleName(_("The policy"))
        self.field = FormField(_("The policy you have"), self.text)
        self.file_button = Button(_("Choose a file…"), icon_name="folder-open", on_click=self._ask)
        self.language = Choice(
            [("", _("Found by its words")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)]
        )
        self.language.setAccessibleName(_("Language of the policy"))
        self.check_button = Button(_("Check"), "primary", "list-checks", on_click=self.check)
        self.summary = Label("", "card", wrap=True)
        self.found = EntryList(_("Findings"))
        self.found.entry_chosen.connect(lambda _entry: self._show_finding())
        self._detail = column(spacing=10, margins=(20, 14, 20, 16))
        self.empty = EmptyState(
            "list-checks",
            _("Hold your policy against the law"),
            _(
                "Paste the text of your privacy policy, or drop its file here. You see what is "
                "missing, unclear or outdated, and how to put it right. Nothing leaves this "
                "computer."
            ),
            takes_files=True,
        )
        self.empty.dropped.connect(self.read)
        self._build()

    def _build(self) -> None:
        left = Surface()
        verbs = row(self.file_button, self.language, None, self.check_button, spacing=8)
        inside = column(self.field, verbs, spacing=12, margins=(28, 16, 20, 16))
        inside.setStretch(0, 1)
        left.setLayout(inside)
        self._detail_area = scrolling(holder(self._detail), ground="surface")
        advice = Label(
            _("This is a check of words by a program, and no legal advice."),
            "small",
            "muted",
            wrap=True,
        )
        head = column(self.summary, advice, spacing=2, margins=(20, 16, 20, 12))
        results = Surface()
        listed = QSplitter(Qt.Orientation.Vertical)
        listed.addWidget(self.found)
        listed.addWidget(self._detail_area)
        listed.setSizes([260, 300])
        listed.setChildrenCollapsible(False)
        listed.setHandleWidth(1)
        box = column(head, Line(), listed, spacing=0)
        box.setStretch(2, 1)
        results.setLayout(box)
        self._right = QStackedWidget()
        self._right.addWidget(self.empty)
        self._right.addWidget(results)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self._right)
        split.setSizes([520, 520])
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        whole = column(split, spacing=0)
        self.setLayout(whole)

    def read(self, path: Path) -> None:
        """Take the policy from a file, in a process of its own, and check it."""
        self.context.perform(
            lambda progress: read_policy(path, progress=progress),
            self._take,
            doing=_("Reading …"),
            button=self.file_button,
            refused=self._refuse,
        )

    def check(self) -> None:
        """Look through the text and show what is found."""
        desk, text, code = self.context.desk, self.text.toPlainText(), self.language.value()
        self.field.show_error("")
        self.context.perform(
            lambda _progress: desk.ask(check_policy, text=text, language=code),
            self._show,
            doing=_("Checking …"),
            button=self.check_button,
            refused=self._refuse,
        )

    def _ask(self) -> None:
        path = ask.choose_file_to_open(
            self.context.window, _("Choose the policy"), [(_("Policies"), _ENDINGS)]
        )
        if path is not None:
            self.read(path)

    def _take(self, text: str) -> None:
        self.text.setPlainText(text)
        self.check()

    def _show(self, report: PolicyReport) -> None:
        self.report = report
        count = len(report.findings)
        said = ngettext("{count} thing to put right", "{count} things to put right", count)
        self.summary.setText(said.format(count=count) if count else _("Nothing to put right"))
        self.found.show_sections(
            [
                Section(
                    severity_label(severity),
                    tuple(
                        _entry(one, place)
                        for place, one in enumerate(report.findings)
                        if one.severity is severity
                    ),
                )
                for severity in Severity
            ]
        )
        self.found.choose_first()
        self._right.setCurrentIndex(1)
        self._show_finding()
        (self.found if count else self.text).setFocus()

    def _refuse(self, sentence: str) -> None:
        """Say why nothing could be checked; what was found in another text goes."""
        self.report = None
        self._right.setCurrentIndex(0)
        self.field.show_error(sentence)

    def _show_finding(self) -> None:
        clear(self._detail)
        entry, report = self.found.current(), self.report
        if entry is None or report is None:
            words = _("The text says all that this program looks for.")
            self._detail.addWidget(Label(words, "body", "muted", wrap=True))
            return
        one = report.findings[entry.key]
        self._detail.addLayout(_detail(one))
        self._detail_area.verticalScrollBar().setValue(0)
        self._mark(one.quote)

    def _mark(self, quote: str) -> None:
        """Show the sentence in the text itself."""
        document = self.text.document()
        whole = quote.removesuffix(" …")
        for beginning in (whole, whole[:_BEGINNING]) if whole else ():
            found = document.find(beginning)
            if not found.isNull():
                self.text.setTextCursor(found)
                return
        self.text.setTextCursor(QTextCursor(document))


def _entry(one: FindingRow, place: int) -> Entry:
    icon, tone = _SIGNS[one.severity]
    return Entry(one.title, one.quote or kind_label(one.kind), icon=icon, tone=tone, key=place)


def _detail(one: FindingRow) -> QBoxLayout:
    icon, tone = _SIGNS[one.severity]
    quotes = [Label(f"“{text}”", "body", wrap=True) for text in (one.quote, one.beside) if text]
    return column(
        Label(one.title, "card", wrap=True),
        row(Pill(kind_label(one.kind), tone, icon), None),
        *quotes,
        Label(_("Why it matters"), "caption", "muted"),
        Label(one.why, "body", wrap=True),
        Label(_("How to put it right"), "caption", "muted"),
        Label(one.how, "body", wrap=True),
        Label(one.article, "small", "muted", wrap=True),
        None,
        spacing=8,
    )
