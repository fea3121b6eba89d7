"""The letters of a request: true of the case, in the reader's language, and nobody else's data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import DietNote
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import (
    CaseStep,
    ContactKind,
    LetterKind,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    RestrictionGround,
    StopReason,
)
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.erasure_cases import complete_outside_task, show_receipt
from gdprdesk.services.letters import LetterFormat, export_letter, letter_text, letters_of
from gdprdesk.services.persons import show_subject
from gdprdesk.services.requests import show_request
from gdprdesk.services.stop_list import stop_normals
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, NOON, PASSWORD, TODAY, Clock, invoiced, order, person
from tests.services.letter_cases import ANSWERED, KNOWN, SAMPLES, Sample, open_case, restrict
from tests.texts import read_pdf

IMY = "Integritetsskyddsmyndigheten (IMY), Box 8114, 104 20 Stockholm, https://www.imy.se"
DATATILSYNET = "Datatilsynet, Postboks 458 Sentrum, 0105 Oslo, https://www.datatilsynet.no"
AUTHORITIES = {"SE": IMY, "NO": DATATILSYNET}
IDENTITY = "811218-9876"
DECIDES_NOTHING = {
    LetterKind.RECEIVED,
    LetterKind.WHO_ARE_YOU,
    LetterKind.NO_AUTHORITY,
    LetterKind.TAKEN_BACK,
}


@pytest.fixture(scope="module", params=["SE", "NO"])
def shop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, str]]:
    """A café in each country with one customer of whom a letter must say nothing."""
    country = request.param
    business = replace(
        CAFE, country=country, org_number="", language="en", email="hej@kafe.example"
    )
    folder = tmp_path_factory.mktemp(country) / "a.gdprdesk"
    made, _recovery = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    other = person(made, "Zita Zetterlund", email="zita@zetterlund.example")
    order(made, other, what="Zitatårta")
    yield made, country
    made.lock()


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    return person(
        desk, language="en", email="karin@example.se", address="Ringvägen 12, 352 30 Växjö"
    )


def said(desk: Desk, ref: RecordRef, letter: LetterKind, **more: str) -> str:
    text = desk.ask(letter_text, request_ref=ref, letter=letter, **({"language_code": "en"} | more))
    return f"{text.subject}\n{text.body}"


def case_of(desk: Desk, sample: Sample, about: SubjectRef | None = None) -> RecordRef:
    who = (about or person(desk, "Åsa Øverås", address="Gågatan 1")) if sample.about else None
    if who and sample.letter in {LetterKind.RESTRICTED, LetterKind.LIFTED}:
        restrict(desk, who, RestrictionGround.ACCURACY)
    return open_case(desk, who, **sample.said)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.letter.value)
def test_every_letter_in_both_countries_and_every_language(
    shop: tuple[Desk, str], sample: Sample, code: str, tmp_path: Path
) -> None:
    desk, country = shop
    ref = case_of(desk, sample)
    text = desk.ask(letter_text, request_ref=ref, letter=sample.letter, language_code=code)
    whole = f"{text.subject}\n{text.body}"
    assert not re.search(r"[{}]|None|\b[a-z]+_[a-z]+\b", whole), whole
    assert all(word not in whole for word in ("Zita", "zetterlund", "Zitatårta"))
    assert re.search(r"70\d\d", text.subject), "the number of the case"
    assert "Maja Lind\nKafé Lind\nhej@kafe.example" in whole
    other = AUTHORITIES[{"SE": "NO", "NO": "SE"}[country]]
    assert (AUTHORITIES[country] in whole) == (sample.letter not in DECIDES_NOTHING)
    assert other not in whole
    file = tmp_path / "letter.pdf"
    desk.run(export_letter, request_ref=ref, letter=sample.letter, to=file, language_code=code)
    assert squeezed(whole) in squeezed(without_feet(file))


def squeezed(text: str) -> str:
    """Return only what is read: a line that wraps or a point before it makes no difference."""
    return re.sub(r"[\s•-]", "", text)


def without_feet(file: Path) -> str:
    """Return the text of a letter without the running heads and feet of its pages."""
    with pypdfium2.PdfDocument(file) as opened:
        height = opened[0].get_height()
        texts = [
            page.get_textpage().get_text_bounded(top=height - (0 if number == 0 else 50), bottom=50)
            for number, page in enumerate(opened)
        ]
    return " ".join(texts)


def test_a_letter_goes_out_in_the_language_of_its_reader(desk: Desk) -> None:
    ola = person(desk, "Ola Nordmann", language="nb")
    ref = open_case(desk, ola)
    norwegian = desk.ask(letter_text, request_ref=ref, letter=LetterKind.RECEIVED)
    assert "21. desember 2026" in norwegian.body
    stranger = open_case(desk, asker="Ove Dahl")
    swedish = desk.ask(letter_text, request_ref=stranger, letter=LetterKind.RECEIVED)
    assert "21 december 2026" in swedish.body, "the language of the register"


@pytest.mark.parametrize(
    ("promised_on", "expected"),
    [(None, "21 December 2026"), (date(2026, 12, 20), "20 December 2026")],
)
def test_the_day_of_the_answer_is_the_promise_where_that_is_earlier(
    desk: Desk, karin: SubjectRef, promised_on: date | None, expected: str
) -> None:
    ref = open_case(desk, karin, promised_on=promised_on)
    assert f"our answer by {expected} at the latest" in said(desk, ref, LetterKind.RECEIVED)


def test_more_time_says_the_day_of_the_law_and_why(desk: Desk, karin: SubjectRef) -> None:
    sample = next(one for one in SAMPLES if one.letter is LetterKind.EXTENSION)
    text = said(desk, case_of(desk, sample, karin), LetterKind.EXTENSION)
    assert "our answer by 22 February 2027 at the latest" in text
    assert "Papper i arkivet." in text
    assert "20 December" not in text


def test_who_may_be_somebody_else_learns_nothing(desk: Desk) -> None:
    karin = person(desk, "Karin Holm-Andersson", address="Ringvägen 12")
    doubted = {"doubted_on": TODAY, "doubt": "Ny adress", "reply_to": "k@example.org"}
    text = said(desk, open_case(desk, karin, **doubted), LetterKind.WHO_ARE_YOU)
    assert "Holm" not in text
    assert "Ringvägen" not in text
    assert "no copy of a passport" in text
    for_her = {"requester": Requester.RELATIVE, "asker": "Per Holm", "reply_to": "p@example.org"}
    ref = open_case(desk, karin, **for_her)
    assert desk.ask(letters_of, request_ref=ref)[0] is LetterKind.NO_AUTHORITY
    for letter in desk.ask(letters_of, request_ref=ref):
        assert "Andersson" not in said(desk, ref, letter)
    refused = {**for_her, "decision": RequestDecision.REFUSED, "answered_on": TODAY}
    ref = open_case(desk, karin, refusal=RefusalGround.NO_AUTHORITY, **refused)
    assert "Andersson" not in said(desk, ref, LetterKind.REFUSED)


def test_who_acts_for_her_reads_whom_it_is_about(desk: Desk, karin: SubjectRef) -> None:
    lawyer = {"requester": Requester.LAWYER, "asker": "Advokat Berg", "authority_on": TODAY}
    ref = open_case(desk, karin, decision=RequestDecision.GRANTED, **ANSWERED, **lawyer)
    text = said(desk, ref, LetterKind.COPY_ENCLOSED)
    assert "Hello Advokat Berg," in text
    assert "You act for Karin Holm." in text


@pytest.mark.parametrize(
    ("requester", "paper"),
    [
        (Requester.LAWYER, "A power of attorney"),
        (Requester.INSURER, "A power of attorney"),
        (Requester.GUARDIAN, "that you are the guardian"),
        (Requester.POLICE, "the provision of law"),
    ],
)
def test_each_is_asked_for_the_paper_that_such_a_one_has(
    desk: Desk, karin: SubjectRef, requester: Requester, paper: str
) -> None:
    ref = open_case(desk, karin, requester=requester, asker="Ove Dahl")
    assert paper in said(desk, ref, LetterKind.NO_AUTHORITY)


def test_no_letter_has_an_identity_number_or_the_wish(desk: Desk, karin: SubjectRef) -> None:
    typed = {"doubt": f"Skrev {IDENTITY}", "wish": f"Jag, {IDENTITY}, har celiaki"}
    ref = open_case(desk, karin, doubted_on=TODAY, **typed)
    text = said(desk, ref, LetterKind.WHO_ARE_YOU, own_words="Ring oss om 19811218-9876.")
    assert "9876" not in text
    assert "celiaki" not in text
    assert "Skrev ••••••" in text
    assert "Ring oss om ••••••." in text


def test_a_correction_shows_old_and_new_but_nothing_of_health(
    desk: Desk, karin: SubjectRef
) -> None:
    order(desk, karin, diet="Celiaki")
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        diet = work.session.scalars(select(DietNote.ref)).one()
    email = next(
        one.ref
        for one in desk.ask(show_subject, subject_ref=karin).contacts
        if one.kind is ContactKind.EMAIL
    )
    corrections = [
        {"record": karin, "column": "name", "old": "Karin Hom", "new": "Karin Holm"},
        {"record": email, "column": "value", "old": "k@example.se", "new": "karin@example.se"},
        {"record": diet, "column": "text", "old": "Nötter", "new": "Celiaki"},
        {"record": "gone", "column": "value", "old": "Hemligt", "new": "Borta"},
    ]
    told = [
        {"recipient": "Visma", "told_on": "2026-11-21"},
        {"recipient": "Mailchimp", "told_on": None},
    ]
    answered = {**ANSWERED, "kind": RequestKind.RECTIFY, "decision": RequestDecision.GRANTED}
    ref = open_case(desk, karin, corrections=corrections, told=told, **answered)
    text = said(desk, ref, LetterKind.CORRECTED)
    assert "Name: “Karin Hom” is now “Karin Holm”" in text
    assert "Contact detail: “k@example.se” is now “karin@example.se”" in text
    assert "Special diet: corrected" in text
    assert all(word not in text for word in ("Celiaki", "Nötter", "Hemligt", "Borta"))
    assert "Visma, told on 21 November 2026" in text
    assert "Mailchimp, to be told by us" in text


def test_nothing_held_says_what_was_searched_and_how_long_the_answer_is_kept(desk: Desk) -> None:
    sample = next(one for one in SAMPLES if one.letter is LetterKind.NOTHING_HELD)
    ref = case_of(desk, sample)
    text = said(desk, ref, LetterKind.NOTHING_HELD)
    assert "- 214 orders\n- 31 invoices" in text
    # The row of requests in the register: 24 months after the answer of 21 November 2026.
    assert "are kept until 21 November 2028" in text
    assert "One thing we do have" not in text


def test_nothing_held_tells_of_the_stop_list(desk: Desk) -> None:
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        stop_normals(work, [(ContactKind.EMAIL, "ove@example.org")], StopReason.ERASED)
        work.commit("test.stop")
    sample = next(one for one in SAMPLES if one.letter is LetterKind.NOTHING_HELD)
    text = said(desk, case_of(desk, sample), LetterKind.NOTHING_HELD)
    assert "One thing we do have: a mark made from your address" in text


def test_an_erasure_says_what_stays_and_until_when(desk: Desk, karin: SubjectRef) -> None:
    invoiced(desk, karin)
    ref = open_case(desk, karin, kind=RequestKind.ERASE, **KNOWN)
    text = said(desk, ref, LetterKind.ERASED)
    assert "We erase what we have about you, except what has to stay." in text
    assert "- 1 order\n- 2 contact details" in text
    assert "1 request" not in text
    kept = "Invoice 1: the Swedish Bookkeeping Act, until 31 December 2033 (Article 17(3)(b))"
    assert kept in text


def test_an_erasure_that_can_be_undone_is_not_said_to_be_done(
    desk: Desk, karin: SubjectRef
) -> None:
    ref = open_case(desk, karin, kind=RequestKind.ERASE, **KNOWN)
    desk.run(stage_erasure, subject_ref=karin)
    text = said(desk, ref, LetterKind.ERASED)
    assert "is out of use already, and is erased for good on 22 November 2026." in text
    assert "we erased" not in text
    assert "2 contact details" in text


def test_an_erasure_that_waits_says_for_what(desk: Desk, karin: SubjectRef) -> None:
    order(desk, karin)
    ref = open_case(desk, karin, kind=RequestKind.ERASE, **KNOWN)
    desk.run(stage_erasure, subject_ref=karin)
    text = said(desk, ref, LetterKind.ERASED)
    assert "as soon as what is unfinished between us" in text
    assert "Order 1001: we still need it for what is unfinished between us" in text


def test_after_the_erasure_the_request_has_gone_with_her(desk: Desk, karin: SubjectRef) -> None:
    ref = open_case(desk, karin, kind=RequestKind.ERASE, **KNOWN)
    desk.run(erase_subject, subject_ref=karin)
    with pytest.raises(NotFoundError, match="receipt of the erasure is what is left"):
        desk.ask(letters_of, request_ref=ref)


def test_what_others_have_is_said_to_be_erased_once_it_is(desk: Desk, karin: SubjectRef) -> None:
    ref = open_case(desk, karin, kind=RequestKind.ERASE, **KNOWN)
    desk.run(stage_erasure, subject_ref=karin)
    outside = desk.ask(show_receipt, subject_ref=karin).outside
    first, *rest = [one for one in outside if not one.is_own]
    desk.run(complete_outside_task, subject_ref=karin, recipient=first.key)
    text = said(desk, ref, LetterKind.ERASED)
    assert f"- {first.recipient}: erased there on 21 November 2026" in text
    for one in rest:
        assert f"- {one.recipient}: not erased there yet; we see to it" in text


def test_a_refusal_says_the_ground_the_day_and_where_to_complain(
    desk: Desk, karin: SubjectRef
) -> None:
    sample = next(one for one in SAMPLES if one.letter is LetterKind.REFUSED)
    text = said(desk, case_of(desk, sample, karin), LetterKind.REFUSED)
    assert "A law says that we must keep it. This follows from Article 17(3)(b)" in text
    assert "From 1 January 2034 the reason is gone" in text
    assert f"complain to {IMY}" in text
    assert "take the matter to court" in text


@pytest.mark.parametrize(
    ("kind", "ground", "article"),
    [
        (RequestKind.ACCESS, RefusalGround.OTHERS, "15(4)"),
        (RequestKind.PORT, RefusalGround.OTHERS, "20(4)"),
        (RequestKind.ERASE, RefusalGround.CLAIM, "17(3)(e)"),
        (RequestKind.RESTRICT, RefusalGround.UNFOUNDED, "12(5)"),
    ],
)
def test_the_article_is_that_of_the_right_that_was_asked_for(
    desk: Desk, karin: SubjectRef, kind: RequestKind, ground: RefusalGround, article: str
) -> None:
    refused = {**ANSWERED, "decision": RequestDecision.REFUSED, "refusal": ground}
    text = said(desk, open_case(desk, karin, kind=kind, **refused), LetterKind.REFUSED)
    assert f"This follows from Article {article} of the GDPR." in text


def test_a_letter_that_would_not_be_true_is_refused(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    ref, file = open_case(desk, karin), tmp_path / "letter.pdf"
    with pytest.raises(DomainError, match="“We have erased it” would not be true of request"):
        desk.run(export_letter, request_ref=ref, letter=LetterKind.ERASED, to=file)
    with pytest.raises(DomainError, match="would not be true"):
        desk.ask(letter_text, request_ref=ref, letter=LetterKind.NOTHING_HELD)
    assert not file.exists()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.letter.value)
def test_the_letter_to_send_now_comes_first(desk: Desk, sample: Sample) -> None:
    found = desk.ask(letters_of, request_ref=case_of(desk, sample))
    late = {LetterKind.LIFTED: 1, LetterKind.ERASED: 1}  # others have to be sent before
    assert found.index(sample.letter) == late.get(sample.letter, 0)
    assert len(set(found)) == len(found)


def test_long_and_hostile_words_are_whole_on_paper(desk: Desk, tmp_path: Path) -> None:
    name = "<b>{Karin}</b> %s =1+1 " + "Oändlighetsdottern" * 9
    karin = person(desk, name, address=", ".join(["Mycket långa gatan 1234567890"] * 6))
    note = "{day} <script>alert('x')</script> " + "ord " * 2000
    sample = next(one for one in SAMPLES if one.letter is LetterKind.OBJECTION_REFUSED)
    ref = open_case(desk, karin, **sample.said, refusal_note=note)
    file = tmp_path / "letter.pdf"
    desk.run(export_letter, request_ref=ref, letter=sample.letter, to=file, language_code="en")
    paper = without_feet(file)
    assert squeezed(said(desk, ref, sample.letter)) in squeezed(paper)
    assert squeezed(name) in squeezed(paper)


def test_the_addressee_stands_where_envelopes_have_their_window(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"
    desk.run(export_letter, request_ref=open_case(desk, karin), letter=LetterKind.RECEIVED, to=file)
    mm = 72 / 25.4
    with pypdfium2.PdfDocument(file) as opened:
        page = opened[0]
        height = page.get_height()

        def within(top: float, bottom: float) -> str:
            """Return the text between two heights in mm from the top, left of the sender."""
            box = {"left": 0, "right": 120 * mm, "top": height - top * mm}
            text = page.get_textpage().get_text_bounded(**box, bottom=height - bottom * mm)
            return " ".join(text.split())

        assert within(44, 70) == "Karin Holm Ringvägen 12 352 30 Växjö"
        assert within(0, 44) == ""
        assert within(70, 82) == ""


def test_a_letter_as_text_to_mail(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    ref, file = open_case(desk, karin), tmp_path / "letter.txt"
    common: dict[str, Any] = {"request_ref": ref, "letter": LetterKind.RECEIVED}
    common["format"] = LetterFormat.TXT
    receipt = desk.run(export_letter, to=file, **common)
    text = desk.ask(letter_text, request_ref=ref, letter=LetterKind.RECEIVED)
    assert file.read_text("utf-8") == f"{text.subject}\n\n{text.body}\n"
    assert (receipt.path, receipt.format) == (file.resolve(), "txt")
    with pytest.raises(DomainError, match="already"):
        desk.run(export_letter, to=file, **common)
    with pytest.raises(DomainError, match=r"must end in \.txt"):
        desk.run(export_letter, to=tmp_path / "letter.doc", **common)
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["letter.txt"]


def test_the_case_remembers_which_letters_were_made(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    restrict(desk, karin, RestrictionGround.ACCURACY)
    ref = open_case(desk, karin)
    desk.run(
        export_letter,
        request_ref=ref,
        letter=LetterKind.RECEIVED,
        to=tmp_path / "letter.pdf",
        language_code="nb",
    )
    (step,) = desk.ask(show_request, request_ref=ref).steps
    assert (step.what, step.on) == (CaseStep.LETTER, TODAY)
    assert step.note == "We have your request", "in the language of the screen"


def test_a_letter_to_somebody_about_to_be_erased_is_saved(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    ref, file = open_case(desk, karin, kind=RequestKind.ERASE, **KNOWN), tmp_path / "letter.pdf"
    desk.run(stage_erasure, subject_ref=karin)
    desk.run(export_letter, request_ref=ref, letter=LetterKind.ERASED, to=file)
    assert "Karin Holm" in read_pdf(file)
    assert desk.check().ok


def test_an_own_sentence_is_in_it(desk: Desk, karin: SubjectRef) -> None:
    ref = open_case(desk, karin)
    text = said(desk, ref, LetterKind.RECEIVED, own_words=" Tack för fikat! ")
    assert "\n\nTack för fikat!\n\nKind regards," in text


def test_the_paper_has_the_log_at_its_foot(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    desk.run(
        export_letter,
        request_ref=open_case(desk, karin),
        letter=LetterKind.RECEIVED,
        to=file,
        language_code="en",
    )
    paper = read_pdf(file)
    assert "Kafé Lind · Storgatan 1, Växjö" in paper
    assert "Page 1 of 1" in paper
    assert re.search(r"Log \d+: [0-9a-f]{12}", paper)
    assert "Made " not in paper
