"""What people said yes and no to: the words they are asked with, and every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSplitter, QStackedWidget, QWidget

from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Decision, Permission
from gdprdesk.i18n import LANGUAGES, _, format_number, ngettext
from gdprdesk.services.consent_texts import ConsentTextRow, list_consent_texts
from gdprdesk.services.consents import ConsentPersonRow, list_consents, withdraw_consent
from gdprdesk.services.files import FileFormat, export_consent
from gdprdesk.services.paging import Page as RowPage
from gdprdesk.services.sign_ups import confirm_sign_up
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.consent import ask_consent
from gdprdesk_ui.dialogs.consent_part import take_back_part
from gdprdesk_ui.dialogs.consent_scan import keep_scan
from gdprdesk_ui.dialogs.consent_words import change_words
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.pages.consents.columns import AnswerModel, answer_columns
from gdprdesk_ui.pages.consents.letters import LetterTools, MoreLetters
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Card,
    Chips,
    Choice,
    EmptyState,
    EntryList,
    Label,
    Line,
    PageHeading,
    Surface,
    Table,
    TextArea,
    column,
    row,
)

ALL = "all"
_DECISIONS = {one.value: one for one in Decision}


class ConsentsPage(Page):
    """The purposes to the left; the words and the answers of the one chosen to the right.

    Attributes:
        purposes: What people are asked for.
        language: In which language the words are shown.
        words: The exact words in use.
        words_button: Makes a new version of them.
        chips: Which answers.
        table: Who answered what.
        new_button: Writes down an answer.
        scan_button: Keeps the scan of a form that was signed by hand.
        pictures_button: Opens the pictures and references of those who say yes.
        open_button: Opens the page of the person chosen.
        withdraw_button: Takes back the yes chosen.
        confirm_button: Makes a yes of a sign-up that waits to be confirmed.
        proof_button: Saves the proof of the answer chosen.
        letters: What is done with the readers of the purpose shown, if letters are sent for it.
        more: What else there is: letters to customers, a survey to check, the stop list.
    """

    scrolls = False
    changed_kinds = frozenset({Consent, ConsentText, DataSubject, ErasureCase, Guardian})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._texts: dict[str, ConsentTextRow] = {}
        self.new_button = Button(_("New consent"), "primary", "plus", on_click=self._new)
        self.purposes = EntryList(_("What people are asked for"))
        self.name = Label("", "title")
        self.version = Label("", "small", "muted")
        self.language = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.language.setAccessibleName(_("Language of the words"))
        self.words = TextArea(lines=6)
        self.words.setReadOnly(True)
        self.words.setAccessibleName(_("The exact words"))
        self.words_button = Button(
            _("Change the words…"), icon_name="pencil", size="small", on_click=self._change_words
        )
        self.chips = Chips(
            [
                (ALL, _("All")),
                (Decision.GIVEN.value, _("Yes")),
                (Decision.REFUSED.value, _("No")),
                (Decision.WITHDRAWN.value, _("Withdrawn")),
                (Decision.PENDING.value, _("Not confirmed")),
            ],
            _("Which answers"),
        )
        self.model = AnswerModel(answer_columns(context.today), self._fetch, self)
        self.table = Table(self.model, _("Answers"))
        self._make_row_buttons()
        self.letters = LetterTools(context, self._purpose)
        self.more = MoreLetters(context)
        self.scan_button = Button(
            _("Signed form…"), icon_name="file-check", on_click=lambda: keep_scan(context)
        )
        self.pictures_button = Button(
            _("Pictures and references"),
            icon_name="images",
            on_click=lambda: context.open_page("pictures"),
        )
        self._build()
        self._listen()

    def _make_row_buttons(self) -> None:
        """Make what can be done with the answer chosen."""
        self.open_button = Button(_("Open"), size="small", on_click=self._open_current)
        self.withdraw_button = Button(
            _("Take back the yes"), icon_name="undo-2", size="small", on_click=self._withdraw
        )
        self.confirm_button = Button(
            _("She has confirmed"), icon_name="mail-check", size="small", on_click=self._confirm
        )
        self.proof_button = Button(
            _("Save the proof…"), icon_name="download", size="small", on_click=self._save_proof
        )

    def _build(self) -> None:
        heading = PageHeading(
            _("Consents"),
            _("What people said yes and no to, and in which words"),
            [self.pictures_button, self.scan_button, self.new_button],
        )
        left = Surface()
        left.setLayout(column(self.purposes, self.more, margins=(0, 8, 0, 8)))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self._build_pane())
        split.setStretchFactor(1, 1)
        split.setSizes([280, 764])
        split.setChildrenCollapsible(False)
        nothing = EmptyState(
            "signature",
            _("Nothing here needs a consent"),
            _("A purpose that rests on consent, such as a newsletter, brings its words with it."),
        )
        self._states = QStackedWidget()
        self._states.addWidget(split)
        self._states.addWidget(nothing)
        box = column(row(heading, margins=(28, 22, 28, 16)), Line(), self._states, spacing=0)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.context.leave_out(Permission.REGISTER, self.words_button)
        self.context.leave_out(Permission.EXPORT_ALL, self.letters)
        self.context.leave_out(Permission.PEOPLE, self.new_button, self.open_button)

    def _build_pane(self) -> QWidget:
        """Return the words of a purpose, the answers under them, and what is done with one."""
        self._count = Label("", "small", "muted")
        self.nobody = EmptyState("signature", _("Nobody here"), "")
        self._answers = QStackedWidget()
        self._answers.addWidget(self.table)
        self._answers.addWidget(self.nobody)
        pane = Surface()
        title = row(self.name, self.version, None, spacing=10)
        self._tools = row(self.chips, self.letters)
        self._tools.setStretch(0, 1)
        line = row(title, self.language, self.words_button)
        line.setStretch(0, 1)
        top = column(
            line,
            Card(self.words, padding=4, sunken=True),
            self._tools,
            spacing=12,
            margins=(16, 18, 24, 12),
        )
        foot = row(
            self._count,
            None,
            self.open_button,
            self.confirm_button,
            self.withdraw_button,
            self.proof_button,
            margins=(16, 8, 24, 10),
        )
        inside = column(top, Line(), self._answers, Line(), foot, spacing=0)
        inside.setStretch(2, 1)
        pane.setLayout(inside)
        return pane

    def _listen(self) -> None:
        own = self.context.desk.ask(list_consent_texts)
        if own:
            self.language.set_value(own[0].language)
        self.purposes.entry_chosen.connect(lambda _entry: self._show_purpose())
        self.language.picked.connect(lambda _code: self._show_words())
        self.chips.chosen.connect(lambda _key: self._read())
        self.table.row_chosen.connect(self._choose)
        self.table.opened.connect(self._open)

    def arrive(self, *, purpose: str = "") -> None:
        """Show a purpose; without one, the purpose stays as it was.

        Args:
            purpose: The key of what people are asked for.
        """
        if purpose:
            self._read_purposes()
            self.chips.choose(ALL)
            self.purposes.choose(purpose)

    def refresh(self) -> None:
        self._read_purposes()
        self._states.setCurrentIndex(0 if self._texts else 1)
        self.new_button.setVisible(bool(self._texts))
        if self.purposes.current() is None:
            self.purposes.choose_first()
        self._show_purpose()

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        found: dict[Command, Callable[[], object]] = {}
        if self._texts:
            if self.context.may(Permission.PEOPLE):
                found[Command.NEW] = self._new
            if self.context.may(Permission.REGISTER):
                found[Command.EDIT] = self._change_words
        if self.table.current() is not None:
            found[Command.EXPORT] = self._save_proof
        return found

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        every = range(len(self.model.columns))
        self.table.set_columns_shown(every[:-1] if breadth is Breadth.NARROW else every)
        across, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._tools.setDirection(across if breadth >= Breadth.FULL else under)

    def first_focus(self) -> QWidget | None:
        return self.purposes

    def _read_purposes(self) -> None:
        texts = self.context.desk.ask(list_consent_texts)
        self._texts = {one.purpose: one for one in texts}
        self.purposes.show_sections([Section("", tuple(_entry(one) for one in texts))])

    def _purpose(self) -> str:
        chosen = self.purposes.current()
        return chosen.key if chosen else ""

    def _text(self) -> ConsentTextRow | None:
        """Return the words of the chosen purpose in the language shown."""
        texts = self.context.desk.ask(list_consent_texts, language=self.language.value())
        return next((one for one in texts if one.purpose == self._purpose()), None)

    def _show_purpose(self) -> None:
        text = self._texts.get(self._purpose())
        if text is not None:
            self.name.setText(text.name)
            self.letters.show_purpose(text)
            self._show_words()
            self._read()

    def _show_words(self) -> None:
        text = self._text()
        self.words_button.setEnabled(text is not None)
        self.words.setPlainText(text.text if text else _("There are no words in this language."))
        said = _("version {version}").format(version=text.version) if text else ""
        self.version.setText(said)

    def _fetch(self, offset: int, limit: int) -> RowPage[ConsentPersonRow]:
        return self.context.desk.ask(
            list_consents,
            purpose=self._purpose(),
            decision=_DECISIONS.get(self.chips.key()),
            offset=offset,
            limit=limit,
        )

    def _read(self) -> None:
        """Read the answers again; the one chosen stays chosen if it is still there."""
        before: ConsentPersonRow | None = self.table.current()
        self.model.reload()
        found = self.model.rowCount()
        said = ngettext("{count} person", "{count} people", found)
        self._count.setText(said.format(count=format_number(found)))
        self._answers.setCurrentIndex(0 if found else 1)
        asked = self.chips.key() == ALL
        self.nobody.set_words(
            _("Nobody has been asked yet") if asked else _("Nobody here"),
            _("An answer is written down under “New consent”.")
            if asked
            else _("Choose All to see every answer."),
        )
        for number in range(min(found, self.model.PAGE)):
            row = self.model.row(number)
            if before is not None and row is not None and row.subject_ref == before.subject_ref:
                self.table.selectRow(number)
        self._choose(self.table.current())

    def _choose(self, row: ConsentPersonRow | None) -> None:
        self.open_button.setEnabled(row is not None)
        self.proof_button.setEnabled(row is not None)
        self.withdraw_button.setEnabled(row is not None and row.counts)
        self.confirm_button.setVisible(row is not None and row.decision is Decision.PENDING)

    def _new(self) -> None:
        ask_consent(self.context, purpose=self._purpose())

    def _change_words(self) -> None:
        text = self._text()
        if text is not None:
            change_words(self.context, text)

    def _open(self, row: ConsentPersonRow) -> None:
        self.context.open_page("person", subject_ref=row.subject_ref)

    def _open_current(self) -> None:
        self._open(self.table.current())

    def _withdraw(self) -> None:
        row, desk, purpose = self.table.current(), self.context.desk, self._purpose()
        if len(row.channels) > 1:
            take_back_part(self.context, row.subject_ref, (purpose, self.name.text()), row.channels)
            return
        words = _("{name}: the yes is taken back").format(name=row.name)
        self.withdraw_button.setEnabled(False)  # until the list is read again
        self.context.perform(
            lambda _progress: desk.run(
                withdraw_consent, subject_ref=row.subject_ref, purpose=purpose
            ),
            lambda _ref: self.context.toast(words, undoable=True),
        )

    def _confirm(self) -> None:
        row, desk, purpose = self.table.current(), self.context.desk, self._purpose()
        words = _("{name} says yes").format(name=row.name)
        self.context.perform(
            lambda _progress: desk.run(
                confirm_sign_up, subject_ref=row.subject_ref, purpose=purpose
            ),
            lambda _ref: self.context.toast(words, undoable=True),
            button=self.confirm_button,
        )

    def _save_proof(self) -> None:
        row = self.table.current()
        name = _("Proof of consent {ref}").format(ref=row.ref[:8])
        save_report(self.context, name, export_consent, FileFormat.PDF, ref=row.ref)


def _entry(text: ConsentTextRow) -> Entry:
    said = ngettext("{count} says yes", "{count} say yes", text.yes)
    yes = said.format(count=format_number(text.yes))
    return Entry(text.name, yes, icon=text.icon, key=text.purpose)
