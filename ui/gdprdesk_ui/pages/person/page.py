"""One person: how to reach her, what she agreed to, why it is kept, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QBoxLayout, QWidget

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.notes import Attachment, WorkingNote
from gdprdesk.domain.sources import SourceNotice
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import Permission, say
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.persons import HistoryRow, PersonFile, show_subject
from gdprdesk.services.restriction import Standing
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.give_copy import give_copy
from gdprdesk_ui.dialogs.note import edit_note
from gdprdesk_ui.dialogs.order_form import new_order
from gdprdesk_ui.dialogs.read_log_form import show_read_log
from gdprdesk_ui.dialogs.request_form import new_request
from gdprdesk_ui.dialogs.request_work import ask_lift
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.pages.person.consents import ConsentCard
from gdprdesk_ui.pages.person.contacts import ContactCard
from gdprdesk_ui.pages.person.files import FilesCard
from gdprdesk_ui.pages.person.history import HistoryCard
from gdprdesk_ui.pages.person.numbers import NumbersCard
from gdprdesk_ui.pages.person.pictures import PicturesCard
from gdprdesk_ui.pages.person.sources import SourceBanner
from gdprdesk_ui.pages.person.why import WhyCard
from gdprdesk_ui.pages.person.words import since_words
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    IconButton,
    Label,
    PageHeading,
    column,
    hide_unless,
    row,
)

_PLACES = {
    "paper_file": "papers",
    "disclosure": "disclosures",
    "camera_clip": "disclosures",
    "gift_card": "gift_cards",
}


class PersonPage(Page):
    """Everything the register holds about one person.

    Attributes:
        heading: Her name, since when, and what can be done.
        contacts: How to reach her; changed in place.
        consents: What she said yes to.
        source: That she is to be told where data about her came from.
        why: Why her data are kept, until when, and what the owner decided about it.
        journal_button: Opens her journal, where one is kept.
        numbers: Her identity numbers, masked.
        files: Her files.
        pictures: The pictures and references she is in.
        history: What happened, with a line for a note.
        readings_button: Shows who has read what is guarded about her.
    """

    changed_kinds = frozenset(
        {
            DataSubject,
            ContactDetail,
            Company,
            Consent,
            ConsentText,
            Guardian,
            Booking,
            Invoice,
            WorkingNote,
            Attachment,
            Media,
            Appearance,
            ProcessingActivity,
            ErasureCase,
            Hold,
            SourceNotice,
            IdentityNumber,
        }
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: SubjectRef | None = None
        self._person: PersonFile | None = None
        self.back_button = Button(context.names.people, "link", "arrow-left", on_click=self._back)
        self.previous_button = IconButton("chevron-left", _("Previous"), on_click=self._previous)
        self.next_button = IconButton("chevron-right", _("Next"), on_click=self._next)
        self._place = Label("", "small", "muted", keep=True, tabular=True)
        self.journal_button = Button(_("Journal"), icon_name="notebook-pen", on_click=self._journal)
        hide_unless(context.names.has_journal, self.journal_button)
        new = context.names.either(_("New order"), _("New booking"))
        self.order_button = Button(new, icon_name="plus", on_click=self._order)
        self.request_button = Button(_("Request…"), icon_name="hand", on_click=self._request)
        self.copy_button = Button(_("Give a copy…"), icon_name="download", on_click=self._copy)
        self.erase_button = Button(_("Erase…"), "danger", "trash-2", on_click=self._erase)
        self.heading = PageHeading(
            "",
            "",
            [
                self.journal_button,
                self.order_button,
                self.request_button,
                self.copy_button,
                8,
                self.erase_button,
            ],
            person="?",
        )
        self.contacts = ContactCard(context)
        self.consents = ConsentCard(context)
        self.why = WhyCard(context)
        self.source = SourceBanner(context)
        self.numbers = NumbersCard(context)
        self.files = FilesCard(context)
        self.pictures = PicturesCard(context)
        self.history = HistoryCard(context)
        self.readings_button = Button(
            _("Who has read about her…"), "link", "eye", on_click=self._show_readings
        )
        self.history.opened.connect(self._open_row)
        self._build()

    def _build(self) -> None:
        top = row(
            self.back_button, None, self._place, self.previous_button, self.next_button, spacing=4
        )
        readings = row(self.readings_button, None)
        parts = (
            self.contacts,
            self.consents,
            self.why,
            self.numbers,
            self.pictures,
            self.files,
            readings,
        )
        cards = column(*parts, None, spacing=14)
        self._sides = row(spacing=14)
        self._sides.addLayout(cards, 10)
        self._sides.addWidget(self.history, 14)
        self._look_button = Button(_("Look"), size="small", on_click=self._erase)
        self._lift_button = Button(_("Use again…"), size="small", on_click=self._lift)
        self.waiting = Banner(
            "warn",
            _("Is to be erased"),
            _("Her order is finished first. Then she is erased by herself."),
            [self._look_button],
        )
        self.stored = Banner(
            "info",
            "",
            icon_name="lock",
            buttons=[self._lift_button],
        )
        self.no_advertising = Banner("info", "", icon_name="mail-x")
        inside = column(
            top,
            self.heading,
            6,
            self.stored,
            self.no_advertising,
            self.waiting,
            self.source,
            self._sides,
            spacing=8,
            margins=(28, 14, 28, 24),
        )
        self.setLayout(inside)
        self._leave_out_hidden()

    def _leave_out_hidden(self) -> None:
        leave_out = self.context.leave_out
        leave_out(Permission.JOURNAL_READ, self.journal_button)
        leave_out(Permission.NUMBERS, self.numbers)
        leave_out(Permission.ORDERS, self.order_button)
        leave_out(Permission.EXPORT_ONE, self.copy_button)
        leave_out(Permission.ERASE, self.erase_button, self._look_button, self.why.hold_button)
        leave_out(Permission.REGISTER, self._lift_button, self.readings_button)
        leave_out(Permission.CONSENTS, self.consents)
        leave_out(Permission.NOTES, self.files, self.history.note)

    def arrive(self, *, subject_ref: SubjectRef) -> None:
        """Show this person."""
        self._ref = subject_ref

    def refresh(self) -> None:
        assert self._ref is not None  # noqa: S101  (a person is given on arrival)
        person = self._person = self.context.desk.ask(show_subject, subject_ref=self._ref)
        self.waiting.setVisible(person.erasure_waits)
        self._show_standing(person.standing)
        last = format_day(person.last_on, short=True, today=self.context.today)
        words = (since_words(person), person.company, _("last {day}").format(day=last))
        self.heading.set_words(person.name, "  \N{MIDDLE DOT}  ".join(filter(None, words)))
        self.heading.avatar.set_name(person.name)
        self._place.setText(
            _("{place} of {count}").format(
                place=format_number(person.place), count=format_number(person.of)
            )
        )
        self.previous_button.setEnabled(person.previous is not None)
        self.next_button.setEnabled(person.next is not None)
        for card in (self.contacts, self.consents, self.why, self.history):
            card.show_person(person)
        self.source.show_person(person.ref)
        self.numbers.show_person(person.ref)
        self.files.show_person(person.ref)
        self.pictures.show_person(person.ref)

    def _show_standing(self, standing: Standing) -> None:
        """Say what may not be done with her data: everything but storing, or advertising."""
        since, objected, ground = standing.restricted_on, standing.objected_on, standing.ground
        self.stored.setVisible(since is not None)
        if since is not None:
            title = _("Only stored since {day}").format(day=format_day(since))
            self.stored.set_words(title, say(ground) if ground else "")
        self.no_advertising.setVisible(objected is not None)
        if objected is not None:
            title = _("No advertising since {day}").format(day=format_day(objected))
            self.no_advertising.set_words(title, _("Only a new yes of hers ends it."))

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        every = (
            (Permission.ORDERS, Command.NEW, self._order),
            (Permission.EXPORT_ONE, Command.EXPORT, self._copy),
            (Permission.PEOPLE, Command.EDIT, self.contacts.edit),
            (Permission.ERASE, Command.ERASE, self._erase),
        )
        found: dict[Command, Callable[[], object]] = {
            command: do for needs, command, do in every if self.context.may(needs)
        }
        if self._person is not None and self._person.previous is not None:
            found[Command.PREVIOUS] = self._previous
        if self._person is not None and self._person.next is not None:
            found[Command.NEXT] = self._next
        return found

    def first_focus(self) -> QWidget | None:
        return self.history.note

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        across = QBoxLayout.Direction.LeftToRight
        under = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(under if breadth is Breadth.NARROW else across)

    def _show(self, ref: SubjectRef | None) -> None:
        if ref is not None:
            self.context.open_page("person", subject_ref=ref)

    def _previous(self) -> None:
        self._show(self._person.previous if self._person else None)

    def _next(self) -> None:
        self._show(self._person.next if self._person else None)

    def _back(self) -> None:
        self.context.open_page("people")

    def _order(self) -> None:
        if self._ref is not None:
            new_order(self.context, lambda _order: None, self._ref)

    def _journal(self) -> None:
        self.context.open_page("client_journal", subject_ref=self._ref)

    def _copy(self) -> None:
        if self._ref is not None:
            give_copy(self.context, self._ref)

    def _show_readings(self) -> None:
        if self._person is not None:
            show_read_log(self.context, self._person.ref, self._person.name)

    def _lift(self) -> None:
        if self._person is not None:
            ask_lift(self.context, self._person.ref, self._person.name)

    def _request(self) -> None:
        if self.context.may(Permission.REGISTER):
            self.context.open_page("requests", subject_ref=self._ref)
        else:
            written = _("The request is written down")
            new_request(self.context, lambda _row: self.context.toast(written), self._ref)

    def _erase(self) -> None:
        self.context.open_page("erase", subject_ref=self._ref)

    def _open_row(self, chosen: HistoryRow) -> None:
        if chosen.kind == "working_note" and self._ref is not None:
            edit_note(self.context, self._ref, chosen)
        elif chosen.kind == "attachment":
            self.files.save_buttons[chosen.title].click()
        elif chosen.kind == "consent":
            self.context.open_page("consents", purpose=chosen.purpose)
        elif chosen.kind == "call":
            self.context.open_page("calls", ref=chosen.ref)
        elif chosen.kind in _PLACES:
            self.context.open_page(_PLACES[chosen.kind])
        else:
            show = "invoices" if chosen.kind == "invoice" else "all"
            self.context.open_page("orders", show=show, ref=chosen.ref)
