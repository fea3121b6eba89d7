"""Short verbs of tests about pictures: who says yes to being shown, and a picture of people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.media import add_media
from tests.photos import photo_file

WEB, INSTAGRAM, FACEBOOK, PRINT = "Webbplatsen", "Instagram", "Facebook", "Tryck"


def agreed(
    desk: Desk,
    ref: SubjectRef,
    *places: str,
    decision: Decision = Decision.GIVEN,
    purpose: str = "photo",
    language: str = "sv",
) -> None:
    """Let somebody say yes to being shown in some places, or something else."""
    texts = desk.ask(list_consent_texts, language=language)
    (text,) = (one for one in texts if one.purpose == purpose)
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=text.ref,
        decision=decision,
        method=ConsentMethod.ORALLY,
        channels=places,
    )


def picture(desk: Desk, folder: Path, *people: SubjectRef, **known: Any) -> RecordRef:
    """Put a picture of some people into a register."""
    file = photo_file(folder, f"{known.pop('name', 'IMG_0412')}.jpg")
    given = {"title": "Luciafika", **known}
    ref = desk.run(add_media, path=file, subject_refs=people, **given)
    file.unlink()
    return ref


def reference(desk: Desk, *people: SubjectRef, title: str = "Luciafika") -> RecordRef:
    """Put a text about some people into a register: shown like a picture, and read at once."""
    return desk.run(add_media, title=title, words="Så gott!", subject_refs=people)
