"""What was handed out and on what ground, and camera clips that are kept longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Channel, LegalBasis, say
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.clips import (
    CameraRow,
    ClipRow,
    keep_clip,
    list_cameras,
    list_clips,
    prolong_clip,
    read_moment,
)
from gdprdesk.services.disclosures import BY_LAW, hand_out
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.person_field import PersonField
from gdprdesk_ui.widgets import Choice, DateField, FormField, TextArea, all_right, required

_USUAL_TIME = timedelta(days=30)


class DisclosureForm(KeptForm):
    """Who got what, on what ground, when and how.

    Args:
        context: The open register.
        clip: The camera clip that was handed out, if it was one.

    Attributes:
        person: Whom it is about; nobody if it is about nobody in particular.
        clip: The camera clip; nothing if it was none.
    """

    def __init__(self, context: PageContext, clip: ClipRow | None = None) -> None:
        super().__init__(
            context,
            _("Data were handed out"),
            _("A line in the log: to whom, what, and which law or decision demands it."),
            draft=f"disclosure:{clip.ref}" if clip else "disclosure",
            verb=_("Save"),
        )
        self.whom, self.law, self.what = QLineEdit(), QLineEdit(), TextArea(lines=3)
        self.basis = Choice([(one, say(one)) for one in LegalBasis])
        self.channel = Choice([(one, say(one)) for one in Channel])
        self.day, self.person = DateField(), PersonField(context)
        clips = context.desk.ask(list_clips)
        self.clip = Choice(
            [("", _("No camera clip")), *((one.ref, clip_words(one)) for one in clips)]
        )
        self._fields = self._build()
        controls = {
            "whom": self.whom,
            "what": self.what,
            "basis": self.basis,
            "law": self.law,
            "channel": self.channel,
            "day": self.day,
            "person": self.person,
            "clip": self.clip,
        }
        usual = {
            "basis": LegalBasis.LEGAL_OBLIGATION,
            "day": context.today.isoformat(),
            "clip": clip.ref if clip else "",
            "what": clip_words(clip) if clip else "",
        }
        self.begin(controls, usual)
        self.verb_button.clicked.connect(self._save)
        self.whom.setFocus()

    def _build(self) -> Sequence[FormField]:
        clip = FormField(_("Camera clip"), self.clip, optional=True)
        fields = (
            FormField(
                _("To whom"),
                self.whom,
                check=required(self.whom.text, _("Write who got it.")),
                hint=_("Such as: the police, the tax authority, the accountant."),
            ),
            FormField(
                _("What"),
                self.what,
                check=required(self.what.toPlainText, _("Write what was handed out.")),
            ),
            FormField(_("Ground"), self.basis),
            FormField(
                _("Law or decision"),
                self.law,
                check=self._law_missing,
                hint=_("With the number of the case, if there is one."),
            ),
            FormField(_("How"), self.channel),
            FormField(_("On which day"), self.day, check=self._wrong_day),
            FormField(
                _("Whom it is about"),
                self.person,
                hint=_("Empty if it is about nobody in particular."),
                optional=True,
            ),
            clip,
        )
        for field in fields:
            self.body.addWidget(field)
        clip.setVisible(self.clip.count() > 1)
        return fields

    def _law_missing(self) -> str | None:
        if self.basis.value() in BY_LAW and not self.law.text().strip():
            return _("Write which law or decision demands it.")
        return None

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        return _("This day has not come yet.") if day > self.context.today else None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, clip = self.context.desk, self.clip.value()
        said: dict[str, Any] = {
            "to_whom": self.whom.text(),
            "what": text_of(self.what),
            "basis": LegalBasis(self.basis.value()),
            "law": self.law.text(),
            "channel": Channel(self.channel.value()),
            "on": self.day.day(),
            "subject_ref": self.person.ref,
            "clip": RecordRef(clip) if clip else None,
        }
        self.keep(
            lambda _progress: desk.run(hand_out, **said),
            lambda _ref: self.end(_("It is written down")),
        )


class ClipForm(KeptForm):
    """A piece of a recording that is kept: which camera, from when until when, why, how long.

    Args:
        context: The open register.
        cameras: The cameras that the register knows of.
    """

    def __init__(self, context: PageContext, cameras: Sequence[CameraRow]) -> None:
        days = min(one.days for one in cameras)
        lives = ngettext(
            "Recordings live {count} day. This piece is kept longer, and then deleted.",
            "Recordings live {count} days. This piece is kept longer, and then deleted.",
            days,
        )
        super().__init__(
            context,
            _("Keep a camera clip"),
            lives.format(count=days),
            draft="clip",
            verb=_("Save"),
        )
        self.place = Choice([(one.activity_ref, one.activity) for one in cameras])
        self.camera, self.begins, self.ends = QLineEdit(), QLineEdit(), QLineEdit()
        self.why, self.until = TextArea(lines=2), DateField()
        self.person = PersonField(context)
        self._fields = self._build(cameras)
        controls = {
            "place": self.place,
            "camera": self.camera,
            "begins": self.begins,
            "ends": self.ends,
            "why": self.why,
            "until": self.until,
            "person": self.person,
        }
        today = context.today
        usual = {
            "begins": f"{today} ",
            "ends": f"{today} ",
            "until": (today + _USUAL_TIME).isoformat(),
        }
        self.begin(controls, usual)
        self.verb_button.clicked.connect(self._save)
        self.camera.setFocus()

    def _build(self, cameras: Sequence[CameraRow]) -> Sequence[FormField]:
        place = FormField(_("Cameras"), self.place)
        moment = _("Day and time, such as 2026-11-21 18:40.")
        fields = (
            place,
            FormField(
                _("Which camera"),
                self.camera,
                check=required(self.camera.text, _("Write which camera it is.")),
                hint=_("In the register: {places}").format(places=cameras[0].places),
            ),
            FormField(_("Begins"), self.begins, check=lambda: _wrong(self.begins), hint=moment),
            FormField(_("Ends"), self.ends, check=self._wrong_end, hint=moment),
            FormField(
                _("Why it is kept"),
                self.why,
                check=required(self.why.toPlainText, _("Write why it is kept.")),
            ),
            FormField(
                _("Kept until"),
                self.until,
                check=self._wrong_day,
                hint=_("The line leaves by itself the day after. You delete the recording."),
            ),
            FormField(_("Who is to be seen"), self.person, optional=True),
        )
        for field in fields:
            self.body.addWidget(field)
        place.setVisible(len(cameras) > 1)
        return fields

    def _wrong_end(self) -> str | None:
        wrong = _wrong(self.ends)
        if wrong is None and _wrong(self.begins) is None:
            begins, ends = read_moment(self.begins.text()), read_moment(self.ends.text())
            return _("The clip ends before it begins.") if ends <= begins else None
        return wrong

    def _wrong_day(self) -> str | None:
        day = self.until.day()
        if day is None:
            return self.until.problem() or _("Choose a day.")
        if _wrong(self.ends) is None and day < read_moment(self.ends.text()).date():
            return _("The last day comes before the clip itself ends.")
        return None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk = self.context.desk
        said: dict[str, Any] = {
            "camera": self.camera.text(),
            "from_at": self.begins.text(),
            "to_at": self.ends.text(),
            "why": text_of(self.why),
            "release_on": self.until.day(),
            "activity_ref": self.place.value(),
            "subject_ref": self.person.ref,
        }
        self.keep(
            lambda _progress: desk.run(keep_clip, **said),
            lambda _ref: self.end(_("The clip is in the list")),
        )


class ProlongForm(KeptForm):
    """Until when a clip is kept after all, and why."""

    def __init__(self, context: PageContext, clip: ClipRow) -> None:
        super().__init__(
            context,
            _("Keep the clip longer"),
            clip_words(clip),
            draft=f"clip_until:{clip.ref}",
            verb=_("Save"),
        )
        self._clip = clip
        self.why, self.until = TextArea(lines=2), DateField()
        self._fields = (
            FormField(
                _("Why it is kept"),
                self.why,
                check=required(self.why.toPlainText, _("Write why it is kept.")),
            ),
            FormField(_("Kept until"), self.until, check=self._wrong_day),
        )
        for field in self._fields:
            self.body.addWidget(field)
        later = max(context.today, clip.release_on) + _USUAL_TIME
        known = {"why": clip.why, "until": later.isoformat()}
        self.begin({"why": self.why, "until": self.until}, known)
        self.verb_button.clicked.connect(self._save)
        self.until.setFocus()

    def _wrong_day(self) -> str | None:
        return self.until.problem() or (None if self.until.day() else _("Choose a day."))

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref = self.context.desk, self._clip.ref
        said: dict[str, Any] = {"release_on": self.until.day(), "why": text_of(self.why)}
        self.keep(
            lambda _progress: desk.run(prolong_clip, ref=ref, **said),
            lambda _none: self.end(_("The clip is kept longer")),
        )


def clip_words(clip: ClipRow) -> str:
    """Return what people call a clip: its camera and its times."""
    return _("{camera}, {begins} to {ends}").format(
        camera=clip.camera, begins=clip.from_at, ends=clip.to_at
    )


def _wrong(edit: QLineEdit) -> str | None:
    try:
        read_moment(edit.text())
    except DomainError:
        return _("Write day and time like this: 2026-11-21 18:40.")
    return None


def write_disclosure(context: PageContext, clip: ClipRow | None = None) -> DisclosureForm:
    """Write down that data, or a camera clip, were handed out."""
    form = DisclosureForm(context, clip)
    form.open()
    return form


def new_clip(context: PageContext) -> ClipForm:
    """Write down that a camera clip is kept."""
    form = ClipForm(context, context.desk.ask(list_cameras))
    form.open()
    return form


def prolong(context: PageContext, clip: ClipRow) -> ProlongForm:
    """Keep a camera clip longer."""
    form = ProlongForm(context, clip)
    form.open()
    return form
