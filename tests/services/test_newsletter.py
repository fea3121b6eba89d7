"""Who gets the newsletter: those who say yes, and nobody who has said no to it since."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ConsentMethod, ContactKind, Decision, RestrictionGround
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.files import FileFormat
from gdprdesk.services.newsletter import export_newsletter, list_readers, newsletter_report
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import add_contact, list_subjects
from gdprdesk.services.unsubscribing import refuse_letters
from tests.builders import TODAY, person


def reader(desk: Desk, name: str, purpose: str = "newsletter", **known: str) -> SubjectRef:
    """Register somebody who says yes."""
    ref = person(desk, name, **known)
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts[purpose],
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
    )
    return ref


def readers(desk: Desk, purpose: str = "newsletter") -> list[str]:
    return [one.name for one in desk.ask(list_readers, purpose=purpose).readers]


def test_only_those_who_say_yes_get_it(desk: Desk, tmp_path: Path) -> None:
    asa = reader(desk, "Åsa Öberg", email="asa@example.com", phone="0701740646")
    desk.run(add_contact, subject_ref=asa, kind=ContactKind.EMAIL, value="asa@example.org")
    person(desk, "Ej Tillfrågad", email="ej@example.com")
    taken_back = reader(desk, "Bo Ek", email="bo@example.com")
    desk.run(withdraw_consent, subject_ref=taken_back, purpose="newsletter")
    objects = reader(desk, "Eva Ek", email="eva@example.com")
    desk.run(object_to_marketing, subject_ref=objects)
    stored = reader(desk, "Ola Ek", email="ola@example.com")
    desk.run(
        restrict_person, subject_ref=stored, ground=RestrictionGround.ACCURACY, why="Fel adress"
    )
    reader(desk, "Utan Adress", phone="0701740647")
    found = desk.ask(list_readers)
    assert [(one.name, one.contact, one.said_on) for one in found.readers] == [
        ("Åsa Öberg", "asa@example.com", TODAY)
    ]
    assert (found.title, found.unreachable, found.stopped) == ("Nyhetsbrev", 1, 1)
    path = tmp_path / "nyhetsbrev.csv"
    receipt = desk.run(export_newsletter, to=path)
    assert receipt.rows == 1
    assert path.read_text("utf-8-sig").splitlines() == [
        "E-post;Namn;Sa ja den",
        "asa@example.com;Åsa Öberg;2026-11-21",
    ]


def test_an_address_that_said_no_stays_out_whoever_has_it(desk: Desk) -> None:
    reader(desk, "Åsa Öberg", email="asa@example.com")
    reader(desk, "Bo Ek", email="bo@example.com")
    desk.run(refuse_letters, value="bo@example.com")
    assert readers(desk) == ["Åsa Öberg"]
    also = reader(desk, "Pia Ek", email="pia@example.com")
    desk.run(refuse_letters, value="0701740648")
    desk.run(add_contact, subject_ref=also, kind=ContactKind.PHONE, value="0701740648")
    assert readers(desk) == ["Pia Ek", "Åsa Öberg"]  # a number is not where it is sent


def test_two_share_an_address_and_one_has_said_no(desk: Desk) -> None:
    karin = reader(desk, "Karin Holm", email="holm@example.com")
    desk.run(withdraw_consent, subject_ref=karin, purpose="newsletter")
    assert readers(desk) == []
    reader(desk, "Knut Holm", email="holm@example.com")  # a fresh yes lifts the stop
    assert readers(desk) == ["Knut Holm"]
    reader(desk, "Kim Holm", email="holm@example.com")
    kim = desk.ask(list_subjects, search="kim").rows[0].ref
    desk.run(withdraw_consent, subject_ref=kim, purpose="newsletter")
    found = desk.ask(list_readers)
    assert (found.readers, found.stopped) == ((), 1)  # nobody knows who of them reads it


def test_offers_by_sms_go_to_numbers(desk: Desk) -> None:
    reader(desk, "Åsa Öberg", "sms_offers", email="asa@example.com", phone="0701740646")
    found = desk.ask(list_readers, purpose="sms_offers")
    assert [one.contact for one in found.readers] == ["070-174 06 46"]
    assert readers(desk) == []


@pytest.mark.parametrize("purpose", ["photo", "nothing"])
def test_what_is_not_for_letters_has_no_readers(desk: Desk, purpose: str) -> None:
    with pytest.raises(DomainError, match="Nobody is asked for letters by this name"):
        desk.ask(list_readers, purpose=purpose)


def test_it_is_saved_in_every_format(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "Åsa Öberg", email="asa@example.com")
    for wanted in (FileFormat.XLSX, FileFormat.PDF, FileFormat.JSON):
        path = tmp_path / f"list.{wanted}"
        assert desk.run(export_newsletter, to=path, format=wanted).rows == 1
    assert desk.ask(newsletter_report, language_code="nb").title == "Nyhetsbrev"
