"""A new picture, recording, reference or own post; who is in it, and where it was published."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import MediaOrigin, say
from gdprdesk.i18n import _
from gdprdesk.services.media import add_media, list_media_purposes
from gdprdesk.services.media_changes import add_person
from gdprdesk.services.media_view import MediaView, show_media
from gdprdesk.services.take_down import publish_media
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_field import PersonField
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    DateField,
    EmptyState,
    FormField,
    TextArea,
    all_right,
    hide_unless,
)

FILES = ["jpg", "jpeg", "png", "webp", "mp3", "m4a", "wav", "flac", "ogg", "mp4", "mov", "webm"]


class MediaForm(KeptForm):
    """A picture, a recording or words, and who is in it.

    Attributes:
        drop: Where the file is dropped, with a button to choose it.
        path: The file; nothing before it was chosen. It is not kept while the register is locked.
        name: What it is called.
        words: What a reference says.
        origin: Where it comes from.
        purpose: What it is shown for.
        person: Who is in it; others are added on its page.
        link: Where it first stood.
        day: When it was made.
    """

    def __init__(
        self, context: PageContext, path: Path | None = None, person: SubjectRef | None = None
    ) -> None:
        super().__init__(
            context,
            _("New picture or reference"),
            _("Only what is to be seen is kept, not when, where and with what it was taken."),
            draft="media",
            verb=_("Save"),
        )
        self.path: Path | None = None
        self.name, self.words, self.link = QLineEdit(), TextArea(lines=3), QLineEdit()
        self.origin = Choice([(one.value, say(one)) for one in MediaOrigin])
        asked = context.desk.ask(list_media_purposes)
        known = [(one.purpose, one.name) for one in asked]
        self.purpose = Choice(known or [("", "")])  # without words to ask with it is refused
        self.person, self.day = PersonField(context), DateField()
        self.choose_button = Button(_("Choose a file…"), on_click=self._choose)
        self.drop = EmptyState(
            "image",
            _("Drop a picture or a recording here"),
            _("JPEG, PNG or WebP; sound and film, too. A text needs no file."),
            [self.choose_button],
            takes_files=True,
        )
        self.body.addWidget(self.drop)
        self._build(len(asked))
        controls = {
            "name": self.name,
            "words": self.words,
            "origin": self.origin,
            "purpose": self.purpose,
            "person": self.person,
            "link": self.link,
            "day": self.day,
        }
        self.begin(controls, {"person": person or "", "origin": MediaOrigin.OWN.value})
        self.drop.dropped.connect(self.take)
        self.origin.picked.connect(lambda _value: self._show_fitting())
        self.verb_button.clicked.connect(self._save)
        self._show_fitting()
        if path is not None:
            self.take(path)
        self.choose_button.setFocus()

    def take(self, path: Path) -> None:
        """Take a file; it is read when it is saved."""
        self.path = path
        self.drop.set_words(path.name, _("Drop another one to replace it."))
        if not self.name.text().strip():
            self.name.setText(path.stem)

    def _build(self, purposes: int) -> None:
        self._purpose = FormField(_("What it is shown for"), self.purpose)
        self._several = purposes > 1
        self._link = FormField(_("Where it first stood"), self.link, optional=True)
        self._fields = (
            FormField(_("What it is called"), self.name),
            FormField(_("Where it comes from"), self.origin),
            self._purpose,
            FormField(
                _("Who is in it"),
                self.person,
                optional=True,
                hint=_("Add the others on its page."),
            ),
            FormField(_("What it says"), self.words, optional=True),
            self._link,
            FormField(_("When it was made"), self.day, check=self.day.problem, optional=True),
        )
        for field in self._fields:
            self.body.addWidget(field)

    def _show_fitting(self) -> None:
        is_post = self.origin.value() == MediaOrigin.OWN_POST.value
        hide_unless(self._several and not is_post, self._purpose)
        hide_unless(is_post, self._link)

    def _choose(self) -> None:
        path = ask.choose_file_to_open(
            self, _("Choose a picture or a recording"), [(_("Pictures, sound and film"), FILES)]
        )
        if path is not None:
            self.take(path)

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, origin = self.context.desk, MediaOrigin(self.origin.value())
        is_post = origin is MediaOrigin.OWN_POST
        title, words, link = self.name.text(), text_of(self.words), self.link.text()
        path, day = self.path, self.day.day()
        people = (self.person.ref,) if self.person.ref else ()
        purpose = "" if is_post else self.purpose.value()
        self.keep(
            lambda operation: desk.run(
                add_media,
                title=title,
                path=path,
                words=words,
                subject_refs=people,
                purpose=purpose,
                origin=origin,
                origin_link=link if is_post else "",
                taken_on=day,
                progress=operation,
            ),
            self._saved,
        )

    def _saved(self, ref: RecordRef) -> None:
        self.end(_("It is in the register"))
        self.context.open_page("picture", ref=ref)


class SomebodyForm(KeptForm):
    """Somebody who is in a picture.

    Attributes:
        person: Who.
    """

    def __init__(self, context: PageContext, view: MediaView) -> None:
        super().__init__(
            context,
            _("Somebody is in it, too"),
            _("From then on it is shown only where she says yes, too."),
            draft=f"media_person:{view.row.ref}",
            verb=_("Add"),
        )
        self._ref = view.row.ref
        self.person = PersonField(context)
        self._field = FormField(_("Who is in it"), self.person, check=self._nobody)
        self.body.addWidget(self._field)
        self.begin({"person": self.person}, {"person": ""})
        self.verb_button.clicked.connect(self._save)
        self.person.setFocus()

    def _nobody(self) -> str | None:
        return None if self.person.ref else _("Choose somebody.")

    def _save(self) -> None:
        chosen = self.person.ref
        if not all_right((self._field,)) or chosen is None:
            return
        desk, ref = self.context.desk, self._ref
        self.keep(
            lambda _progress: desk.run(add_person, ref=ref, subject_ref=chosen),
            lambda _none: self.end(_("It is written down")),
        )


class PublishForm(KeptForm):
    """That something was published: where, at which address, when.

    Attributes:
        place: Where; only where everybody in it says yes.
        link: The address, or which leaflet.
        day: When; today at the beginning.
    """

    def __init__(self, context: PageContext, view: MediaView) -> None:
        super().__init__(
            context,
            _("Published"),
            _("So that you find it again when somebody takes her yes back."),
            draft=f"media_published:{view.row.ref}",
            verb=_("Save"),
        )
        self._ref = view.row.ref
        self.place = Choice([(one, one) for one in view.row.allowed] or [("", "")])
        self.link, self.day = QLineEdit(), DateField()
        self._fields = (
            FormField(_("Where"), self.place),
            FormField(
                _("Address"),
                self.link,
                optional=True,
                hint=_("The link to it, or which leaflet it is in."),
            ),
            FormField(_("When"), self.day, check=self.day.problem),
        )
        for field in self._fields:
            self.body.addWidget(field)
        controls = {"place": self.place, "link": self.link, "day": self.day}
        first = view.row.allowed[0] if view.row.allowed else ""
        self.begin(controls, {"place": first, "day": context.today.isoformat()})
        self.verb_button.clicked.connect(self._save)
        self.link.setFocus()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref = self.context.desk, self._ref
        place, link, day = self.place.value(), self.link.text(), self.day.day()
        self.keep(
            lambda _progress: desk.run(publish_media, ref=ref, channel=place, link=link, on=day),
            lambda _none: self.end(_("It is written down")),
        )


def new_media(
    context: PageContext, path: Path | None = None, person: SubjectRef | None = None
) -> MediaForm:
    """Ask for a new picture or reference."""
    form = MediaForm(context, path, person)
    form.open()
    return form


def add_somebody(context: PageContext, ref: RecordRef) -> SomebodyForm:
    """Ask who else is in a picture."""
    form = SomebodyForm(context, context.desk.ask(show_media, ref=ref))
    form.open()
    return form


def publish(context: PageContext, ref: RecordRef) -> PublishForm:
    """Ask where something was published."""
    form = PublishForm(context, context.desk.ask(show_media, ref=ref))
    form.open()
    return form
