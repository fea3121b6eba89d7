"""Somebody asks who is not in the register: search for her, and say that nothing is held."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Requester
from gdprdesk.i18n import _, format_number
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.nothing_held import Search, answer_nothing_held, search_register
from gdprdesk.services.request_rows import RequestFile, RequestRow
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import Button, Card, CardHeading, Label, ListRow, clear, column, row


class NothingCard(Card):
    """The commonest answer of all, in one click; it says what was searched.

    Attributes:
        answer_button: Searches, and saves the letter if nobody is found.
        none_button: Saves it although somebody was found who is not her.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("She is not in the register")), spacing=12)
        self._context = context
        self._one: RequestRow | None = None
        self._words = Label(
            _("Everything is searched for her name, address and number, also spelt nearly so."),
            "small",
            "muted",
            wrap=True,
        )
        self._found = column(spacing=8)
        self.answer_button = Button(
            _("We have nothing about her…"), "primary", "search", on_click=self._search
        )
        self.none_button = Button(
            _("None of these is her: save the letter…"), on_click=partial(self._save, none=True)
        )
        self.add(self._words, self._found, row(self.answer_button, self.none_button, None))
        self.none_button.hide()

    def show_file(self, file: RequestFile) -> None:
        """Show itself where somebody asks for herself who is nobody of the register."""
        one = file.row
        if self._one is None or self._one.ref != one.ref:
            clear(self._found)
            self.none_button.hide()
        self._one = one
        herself = one.requester is Requester.SELF
        self.setVisible(one.is_open and one.subject_ref is None and herself and bool(one.name))

    def _search(self) -> None:
        one = self._one
        if one is not None:
            self._context.perform(
                lambda _operation: self._context.desk.ask(
                    search_register, name=one.name, reply_to=one.reply_to
                ),
                then=self._show_found,
                doing=_("Searching …"),
                button=self.answer_button,
            )

    def _show_found(self, search: Search) -> None:
        clear(self._found)
        count = sum(number for _kind, number in search.searched)
        self._words.setText(_("{count} records were searched.").format(count=format_number(count)))
        for each in search.possible:
            look = Button(_("Look"), size="small")
            look.setVisible(each.ref is not None)
            look.clicked.connect(partial(self._look, each.ref))
            self._found.addWidget(ListRow("user-round", each.name, "", look))
        self.none_button.setVisible(bool(search.possible))
        if search.possible:
            self.none_button.setFocus()
        else:
            self._save(none=False)

    def _look(self, ref: SubjectRef | None, _clicked: bool = False) -> None:
        if ref is not None:
            self._context.open_page("person", subject_ref=ref)

    def _save(self, *, none: bool) -> None:
        one = self._one
        suggestion = _("Nothing held.pdf")
        title = _("Save the letter")
        if one is None:
            return
        path = ask.choose_file_to_save(
            self._context.window, title, suggestion, [(_("PDF"), ["pdf"])]
        )
        if path is not None:
            self._context.save(
                lambda _operation: self._context.desk.run(
                    answer_nothing_held,
                    to=path,
                    request_ref=one.ref,
                    answered_by=one.channel,
                    none_of_them=none,
                    overwrite=True,
                ),
                self._say,
            )

    def _say(self, receipt: ExportReceipt) -> None:
        self._context.toast(_("{name} is saved: send it").format(name=receipt.path.name))
