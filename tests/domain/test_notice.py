"""What a notice must hold, and how two of them differ."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.activities import Category, FurtherPurpose, ProcessingActivity
from gdprdesk.domain.differences import Change
from gdprdesk.domain.notice import (
    Form,
    Line,
    Part,
    SentenceChange,
    Told,
    compare_parts,
    freeze,
    notice_lacks,
    thaw,
)
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import LegalBasis, Origin, RecipientRole, Start, Unit
from tests.domain.records import ORDERS

INTEREST = LegalBasis.LEGITIMATE_INTEREST
LATER = FurtherPurpose(
    purpose="Reservdelar",
    legal_basis=INTEREST,
    basis_note="",
    start=Start.LAST_ACTIVITY,
    count=24,
    unit=Unit.MONTHS,
    law=None,
)


def business(**said: Any) -> Organisation:
    whole = {
        "name": "Kafé Lind",
        "trade": "cafe",
        "country": "SE",
        "language": "sv",
        "address": "Storgatan 1",
        "email": "maja@example.se",
        "officer": "Inget ombud",
    }
    return Organisation(**{**whole, **said})


def told(*, interest: str = "", foreign: bool = False, **said: Any) -> Told:
    whole = {
        "name": "Beställningar",
        "purpose": "Leverera",
        "legal_basis": LegalBasis.CONTRACT,
        "rule": ORDERS,
        "categories": [Category(text="Namn", special=False)],
        "duty": "Frivilligt",
    }
    recipients = said.pop("recipients", ())
    row = ProcessingActivity(**{**whole, **said})
    return Told(row, recipients, interest, ("24 månader",), foreign)


REST = told(name="Begäranden", group="rights")


def lacking(*rows: Told, **said: Any) -> list[tuple[str, str]]:
    return [(gap.sentence, gap.article) for gap in notice_lacks(business(**said), rows)]


def test_a_whole_register_lacks_nothing() -> None:
    assert lacking(told(), REST) == []


@pytest.mark.parametrize(
    ("said", "article"),
    [
        ({"name": ""}, "13(1)(a)"),
        ({"address": ""}, "13(1)(a)"),
        ({"email": ""}, "13(1)(a)"),
        ({"officer": ""}, "13(1)(b)"),
    ],
)
def test_who_answers_must_be_said(said, article) -> None:
    ((sentence, found),) = lacking(told(), REST, **said)
    assert (bool(sentence), found) == (True, article)


def test_a_phone_is_as_good_as_an_address_for_mail() -> None:
    assert lacking(told(), REST, email="", phone="0470-1") == []


ABROAD = Recipient(name="Brevet", role=RecipientRole.PROCESSOR, country="US")


@pytest.mark.parametrize(
    ("row", "article"),
    [
        (told(purpose=""), "13(1)(c)"),
        (told(categories=[]), "14(1)(d)"),
        (told(legal_basis=INTEREST), "13(1)(d)"),
        (told(further_purposes=[LATER]), "13(1)(d)"),
        (told(recipients=[ABROAD]), "13(1)(f)"),
        (told(collected_from=Origin.OTHER), "14(2)(f)"),
        (told(duty=""), "13(2)(e)"),
        (told(profiling="Köp"), "21(1)"),
        (told(automated_decision="Ett program"), "21(1)"),
        (told(joint_controller="Kedjan"), "26(2)"),
        (told(foreign=True), "12(1)"),
    ],
)
def test_each_thing_a_row_must_say(row, article) -> None:
    (gap,) = notice_lacks(business(), (row, REST))
    assert (gap.article, gap.activity) == (article, row.activity.ref)


@pytest.mark.parametrize(
    "row",
    [
        told(legal_basis=INTEREST, interest="Svara den som frågar"),
        told(
            recipients=[
                Recipient(name="x", role=RecipientRole.PROCESSOR, country="US", mechanism="DPF")
            ]
        ),
        told(collected_from=Origin.OTHER, sources="Bolagsverket", duty=""),
        told(profiling="Köp", objection="Säg till"),
        told(joint_controller="Kedjan", joint_arrangement="Vi svarar"),
    ],
)
def test_what_is_said_is_not_asked_for(row) -> None:
    assert lacking(row, REST) == []


def test_a_notice_without_purposes_or_without_what_stays_is_none() -> None:
    assert [article for _said, article in lacking(REST)] == ["13(1)(c)"]
    assert [article for _said, article in lacking(told())] == ["13(2)(a)"]


def part(heading: str, *texts: str) -> Part:
    return Part(heading, tuple(Line(Form.TEXT, (text,)) for text in texts))


def test_the_difference_names_parts_that_came_and_went() -> None:
    older, newer = [part("A", "Ett."), part("B", "Två.")], [part("B", "Två."), part("C", "Tre.")]
    found = compare_parts(older, newer)
    assert [(one.heading, one.change) for one in found] == [("C", Change.ADDED), ("A", Change.GONE)]


def test_the_difference_puts_a_changed_sentence_beside_what_it_was() -> None:
    older = [part("Hur länge", "Vi sparar namnet. Det sparas i 24 månader. Sedan raderas det.")]
    newer = [part("Hur länge", "Vi sparar namnet. Det sparas i 12 månader. Sedan raderas det.")]
    ((changed),) = compare_parts(older, newer)
    (sentence,) = changed.sentences
    assert isinstance(sentence, SentenceChange)
    assert (sentence.before, sentence.after) == (
        "Det sparas i 24 månader.",
        "Det sparas i 12 månader.",
    )
    assert [(one.text.strip(), one.change) for one in sentence.words] == [
        ("Det sparas i", Change.SAME),
        ("24", Change.GONE),
        ("12", Change.ADDED),
        ("månader.", Change.SAME),
    ]


def test_a_sentence_that_came_stands_alone() -> None:
    ((changed),) = compare_parts([part("A", "Ett.")], [part("A", "Ett. Två.")])
    assert [(one.before, one.after) for one in changed.sentences] == [("", "Två.")]


def test_two_parts_of_one_heading_are_two() -> None:
    older, newer = [part("A", "Ett."), part("A", "Två.")], [part("A", "Ett."), part("A", "Tre.")]
    ((changed),) = compare_parts(older, newer)
    assert [(one.before, one.after) for one in changed.sentences] == [("Två.", "Tre.")]


lines = st.builds(
    Line, st.sampled_from(Form), st.lists(st.text(max_size=8), min_size=1, max_size=3).map(tuple)
)
parts = st.lists(
    st.builds(
        Part, st.text(max_size=5), st.lists(lines, max_size=3).map(tuple), st.sampled_from([1, 2])
    )
)


@given(parts)
def test_what_is_frozen_thaws_as_it_was_and_differs_from_itself_in_nothing(found) -> None:
    assert thaw(freeze(found)) == tuple(found)
    assert compare_parts(found, thaw(freeze(found))) == ()
