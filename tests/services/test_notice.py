"""The notice that the register writes: what it says, what it lacks, its versions, whom to tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import ActivityRef, EditionRef, RecipientRef
from gdprdesk.domain.differences import Change
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notice import Form, Part
from gdprdesk.domain.terms import (
    Audience,
    ConsentMethod,
    Decision,
    LegalBasis,
    Start,
    SubjectKind,
    Unit,
)
from gdprdesk.i18n import LANGUAGES, language
from gdprdesk.services.activities import list_activities, register_activity
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.notice import (
    NoticeView,
    compare_notices,
    list_audiences,
    list_notice_tasks,
    mark_notice_told,
    publish_notice,
    show_notice,
    show_version,
)
from gdprdesk.services.notice_files import NoticeFormat, export_notice
from gdprdesk.services.notice_people import list_people_to_tell
from gdprdesk.services.onboarding import Business
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.recipients import RecipientChanges, list_recipients, update_recipient
from gdprdesk.services.reports.notice import notice_report
from gdprdesk.services.templates import TRADES, extras_of
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, person

REACHED = replace(CAFE, email="maja@lind.example", phone="0470-123 45")
CUSTOMERS = Audience.CUSTOMERS


@contextmanager
def register_of(folder: Path, **chosen: Any) -> Iterator[Desk]:
    business: Business = replace(REACHED, **chosen)
    desk, _key = Desk.create(
        folder / "r.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    yield desk
    desk.lock()


@pytest.fixture
def reached(tmp_path: Path) -> Iterator[Desk]:
    """The register of a cafe that says how to reach it."""
    with register_of(tmp_path, extras=extras_of("cafe")) as desk:
        yield desk


def notice(desk: Desk, audience: Audience = CUSTOMERS, code: str = "sv") -> NoticeView:
    return desk.ask(show_notice, audience=audience, language_code=code)


def part(parts: tuple[Part, ...], heading: str) -> Part:
    return next(one for one in parts if one.heading == heading)


def fields(parts: tuple[Part, ...], heading: str) -> dict[str, str]:
    """What a part of the notice says, by its labels."""
    lines = part(parts, heading).lines
    return dict(line.cells for line in lines if line.form is Form.FIELD)  # type: ignore[misc]


def points(parts: tuple[Part, ...], heading: str) -> list[str]:
    return [line.said for line in part(parts, heading).lines if line.form is Form.POINT]


def texts(parts: tuple[Part, ...], heading: str) -> list[str]:
    return [line.said for line in part(parts, heading).lines if line.form is Form.TEXT]


def small(parts: tuple[Part, ...], heading: str) -> str:
    (line,) = (line for line in part(parts, heading).lines if line.form is Form.SMALL)
    return line.said


def activity(desk: Desk, name: str) -> ActivityRef:
    return next(row.ref for row in desk.ask(list_activities) if row.name == name)


def recipient(desk: Desk, beginning: str) -> RecipientRef:
    return next(one.ref for one in desk.ask(list_recipients) if one.name.startswith(beginning))


def change(desk: Desk, name: str, **said: Any) -> None:
    desk.run(update_activity, activity_ref=activity(desk, name), changes=ActivityChanges(**said))


# ---- What it says ------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["SE", "NO"])
@pytest.mark.parametrize("trade", TRADES)
def test_the_notice_of_a_new_register_lacks_nothing(tmp_path, trade, country) -> None:
    with register_of(
        tmp_path, trade=trade, country=country, org_number="", extras=extras_of(trade)
    ) as desk:
        for audience in desk.ask(list_audiences):
            for code in LANGUAGES:
                assert notice(desk, audience, code).gaps == ()


def test_each_part_in_swedish(reached) -> None:
    parts = notice(reached).parts
    assert [one.heading for one in parts if one.level == 1] == [
        "",
        "Vilka vi är",
        "Vad vi använder dina uppgifter till",
        "Vilka fler som får dina uppgifter",
        "Vad som blir kvar efter en radering",
        "Vad du kan begära av oss",
        "Om du inte är nöjd med oss",
        "Om något ändras",
    ]
    assert texts(parts, "Vilka vi är")[0] == (
        "Kafé Lind är personuppgiftsansvarig: vi bestämmer varför och hur dina uppgifter används, "
        "och vi svarar för det."
    )
    assert fields(parts, "Vilka vi är") == {
        "Organisationsnummer": "556036-0793",
        "Adress": "Storgatan 1, Växjö",
        "Kontakt om personuppgifter": "Maja Lind",
        "E-post": "maja@lind.example",
        "Telefon": "0470-123 45",
    }
    assert fields(parts, "Fakturor och bokföring") == {
        "Används för att": "Skriva fakturor, bokföra försäljningen och visa att skatten stämmer.",
        "Vilka uppgifter": (
            "Namn och adress; organisationsnummer (för en svensk enskild firma är det ägarens "
            "personnummer); vad som köpts, belopp och moms; betalning."
        ),
        "Varför vi får göra det": (
            "En lag säger att vi måste. Lagen säger vad en faktura ska innehålla och hur länge den "
            "måste sparas."
        ),
        "Var de kommer ifrån": "Kunden och beställningen.",
        "Vilka fler som får dem": (
            "Banken och Swish, Redovisningsbyrån, Skatteverket, Spiris (tidigare Visma eEkonomi)."
        ),
        "Hur länge vi sparar dem": (
            "7 år efter utgången av det kalenderår då räkenskapsåret avslutades (bokföringslagen). "
            "Sedan raderas de."
        ),
        "Måste du lämna dem": (
            "Lagen säger att en faktura ska ha köparens namn och adress. Utan dem kan vi inte "
            "sälja mot faktura."
        ),
    }
    assert small(parts, "Fakturor och bokföring") == (
        "I dataskyddsförordningen (GDPR): Rättslig förpliktelse, artikel 6.1 c; artikel 13."
    )
    complaint = fields(parts, "Om du inte är nöjd med oss")
    assert complaint["Adress"] == "Box 8114, 104 20 Stockholm"


def test_the_same_register_in_norwegian_and_english(reached) -> None:
    norwegian = notice(reached, code="nb").parts
    assert fields(norwegian, "Fakturaer og bokføring")["Hvor lenge vi lagrer dem"] == (
        "7 år etter utgangen av kalenderåret da regnskapsåret ble avsluttet (den svenske "
        "bokføringsloven). Deretter slettes de."
    )
    assert "Få slettet opplysninger, hvis ikke en lov eller et krav gjør at vi må beholde dem." in (
        points(norwegian, "Hva du kan kreve av oss")
    )
    english = notice(reached, code="en").parts
    assert fields(english, "Questions by phone, e-mail and Messenger")["Why we may"] == (
        "We have a legitimate interest that weighs more than the intrusion. We want to answer "
        "people who ask, and see what we said if the same person gets in touch again. People who "
        "ask expect an answer. We only keep what the question is about."
    )
    assert small(english, "Special diets and allergies") == (
        "In the GDPR: Consent, Article 6(1)(a); Explicit consent, Article 9(2)(a); Article 13."
    )


def test_a_norwegian_business_names_its_own_law_and_authority(tmp_path) -> None:
    with register_of(tmp_path, country="NO", language="nb", org_number="974760673") as desk:
        parts = notice(desk, code="nb").parts
        assert fields(parts, "Fakturaer og bokføring")["Hvor lenge vi lagrer dem"] == (
            "5 år etter utgangen av regnskapsåret (bokføringsloven). Deretter slettes de."
        )
        assert texts(parts, "Hvis du ikke er fornøyd med oss") == [
            (
                "Du kan klage til Datatilsynet, som fører tilsyn med personvernet, enten du har "
                "snakket med oss først eller ikke."
            )
        ]


def test_readers_of_the_newsletter_learn_of_the_usa_and_of_their_yes(reached) -> None:
    parts = notice(reached, Audience.NEWSLETTER).parts
    assert fields(parts, "Nyhetsbrev")["Varför vi får göra det"].startswith(
        "Bara om du säger ja. Du kan ta tillbaka ditt ja när som helst."
    )
    abroad = fields(parts, "Utanför EU och EES")
    assert abroad["Mailchimp (Intuit)"] == (
        "USA. EU:s beslut om adekvat skydd för USA (Data Privacy Framework), i reserv "
        "standardavtalsklausuler."
    )
    assert (
        "Ta tillbaka ditt samtycke, lika lätt som du gav det. Det gäller: Nyhetsbrev, erbjudanden "
        "via sms. Det som gjordes innan är fortfarande lagligt."
    ) in points(parts, "Vad du kan begära av oss")


def test_visitors_of_the_website_see_the_cookies(reached) -> None:
    parts = notice(reached, Audience.WEB).parts
    lines = part(parts, "Webbplats: kakor och statistik").lines
    head = next(line.cells for line in lines if line.form is Form.HEAD)
    rows = [line.cells for line in lines if line.form is Form.ROW]
    assert head == ("Kaka", "Vems", "Vad den är till för", "Hur länge", "När den sätts")
    assert rows[0] == (
        "cookie_consent",
        "Vi själva",
        "Minns om besökaren sa ja eller nej",
        "12 månader",
        "Nödvändig, kräver inget ja",
    )
    assert fields(parts, "Webbplats: kakor och statistik")["Används också för att"] == (
        "Hålla webbplatsen säker och hitta fel, med webbserverns logg. Vi har ett berättigat "
        "intresse som väger tyngre än intrånget. Webbservern skriver en logg, så att vi kan stoppa "
        "angrepp och rätta fel. Ingen webbplats kan skyddas utan en logg. Den raderas efter "
        "trettio dagar. För det sparas de: 30 dagar efter att uppgiften sparats."
    )


def test_cameras_are_told_of_with_number_place_days_and_sign(reached) -> None:
    assert fields(notice(reached).parts, "Kamerabevakning")["Kameror"] == (
        "2 kameror: dörren och kassan. Det de filmar raderas inom 3 dygn. En skylt säger det innan "
        "du filmas. De spelar inte in ljud."
    )


def test_profiling_and_data_from_others_are_told_of(tmp_path) -> None:
    with register_of(tmp_path, trade="shop") as desk:
        parts = notice(desk).parts
        offers = fields(parts, "Erbjudanden till kunder, efter vad de har köpt")
        assert offers["Vad vi drar för slutsatser (profilering)"].startswith("Vi delar in kunder")
        assert offers["Om du inte vill det"].startswith("Säg nej med länken i brevet")
        credit = fields(parts, "Kreditupplysning")
        assert credit["Var de kommer ifrån"] == "Kreditupplysningsföretag och offentliga register."
        assert small(parts, "Kreditupplysning").endswith("artikel 14.")
        told = texts(parts, "Vad du kan begära av oss")[-1]
        assert "Erbjudanden till kunder" in told
        assert "kreditupplysning" in told


def test_a_business_without_an_answer_promise_gives_the_legal_month(reached) -> None:
    answer = texts(notice(reached).parts, "Vad du kan begära av oss")[2]
    assert answer.startswith("Du får svar inom en månad.")


def test_a_row_together_with_another_controller_says_so(reached) -> None:
    change(reached, "Beställningar och bokningar", joint_controller="Kafékedjan AB")
    gaps = notice(reached).gaps
    assert [(one.article, one.activity) for one in gaps] == [
        ("26(2)", "Beställningar och bokningar")
    ]
    change(reached, "Beställningar och bokningar", joint_arrangement="Vi svarar på frågor")
    assert fields(notice(reached).parts, "Beställningar och bokningar")["Tillsammans med"] == (
        "Kafékedjan AB och vi bestämmer det här tillsammans. Du kan vända dig till vem som helst "
        "av oss. Vi svarar på frågor."
    )


# ---- What it lacks -----------------------------------------------------------------------------


def test_a_register_without_a_way_to_reach_the_business_says_what_is_missing(desk) -> None:
    with language("sv"):
        (gap,) = notice(desk).gaps
    assert gap.sentence == "Det finns inget sätt att fråga verksamheten om personuppgifter"
    assert (gap.article, gap.activity_ref, gap.activity) == ("13.1 a", None, "")


def test_a_safeguard_that_is_missing_is_asked_for_and_not_invented(reached) -> None:
    ref = recipient(reached, "Mailchimp")
    reached.run(update_recipient, recipient_ref=ref, changes=RecipientChanges(mechanism=""))
    view = notice(reached, Audience.NEWSLETTER)
    assert [one.article for one in view.gaps] == ["13(1)(f)"]
    assert view.gaps[0].activity_ref == activity(reached, "Nyhetsbrev")
    assert fields(view.parts, "Utanför EU och EES")["Mailchimp (Intuit)"] == "USA."


def test_own_words_stay_in_their_language_and_that_is_said(reached) -> None:
    change(reached, "Beställningar och bokningar", purpose="Baka tårtor åt folk i stan")
    assert notice(reached, code="sv").gaps == ()
    view = notice(reached, code="nb")
    assert [(one.article, one.activity) for one in view.gaps] == [
        ("12(1)", "Beställningar och bokningar")
    ]
    told = fields(view.parts, "Bestillinger og bookinger")
    assert told["Brukes til å"] == "Baka tårtor åt folk i stan."


def test_a_business_without_a_website_has_nothing_to_tell_its_visitors(tmp_path) -> None:
    with register_of(tmp_path, extras=("newsletter",)) as desk:
        assert desk.ask(list_audiences) == (
            Audience.CUSTOMERS,
            Audience.NEWSLETTER,
            Audience.SUPPLIERS,
            Audience.WEB,  # questions that come by the form of the website
        )
        assert [one.article for one in notice(desk, Audience.CLIENTS).gaps] != []


# ---- Versions ----------------------------------------------------------------------------------


def publish(desk: Desk, audience: Audience = CUSTOMERS, code: str = "sv") -> EditionRef:
    return desk.run(publish_notice, audience=audience, language_code=code)


def test_a_version_says_for_ever_what_it_said(reached) -> None:
    first = publish(reached)
    before = notice(reached)
    assert (before.is_published, [one.number for one in before.versions]) == (True, [1])
    reached.run(update_organisation, phone="0470-999 99")
    after = notice(reached)
    assert after.is_published is False
    assert reached.ask(show_version, ref=first).parts == before.parts != after.parts
    publish(reached)
    assert [one.number for one in notice(reached).versions] == [2, 1]


def test_versions_are_counted_for_each_audience_and_language(reached) -> None:
    publish(reached)
    publish(reached, code="en")
    publish(reached, Audience.NEWSLETTER)
    rows = [
        notice(reached, audience, code).versions[0]
        for audience, code in ((CUSTOMERS, "sv"), (CUSTOMERS, "en"), (Audience.NEWSLETTER, "sv"))
    ]
    assert [(one.number, one.language, one.made_on) for one in rows] == [
        (1, "sv", TODAY),
        (1, "en", TODAY),
        (1, "sv", TODAY),
    ]


def test_what_says_the_same_is_no_new_version(reached) -> None:
    publish(reached)
    with pytest.raises(DomainError, match="says the same"):
        publish(reached)


def test_there_is_no_notice_for_those_to_whom_nothing_is_told(reached) -> None:
    with pytest.raises(DomainError, match="no notice for them"):
        publish(reached, Audience.CLIENTS)


def test_the_difference_is_told_by_parts_and_sentences(reached) -> None:
    first = publish(reached)
    rule = RetentionRule(Start.LAST_ACTIVITY, 12, Unit.MONTHS)
    change(reached, "Beställningar och bokningar", rule=rule)
    reached.run(
        register_activity,
        name="Presentkort",
        purpose="Hålla reda på presentkort",
        legal_basis=LegalBasis.CONTRACT,
    )
    change(reached, "Presentkort", audiences=(CUSTOMERS,))
    second = publish(reached)
    found = reached.ask(compare_notices, older=first, newer=second)
    assert (found.older.number, found.newer and found.newer.number) == (1, 2)
    changes = {one.heading: one for one in found.parts}
    assert changes["Presentkort"].change is Change.ADDED
    orders = changes["Beställningar och bokningar"]
    assert [(one.before, one.after) for one in orders.sentences] == [
        (
            "Hur länge vi sparar dem: 24 månader efter senaste beställningen eller kontakten.",
            "Hur länge vi sparar dem: 12 månader efter senaste beställningen eller kontakten.",
        )
    ]
    assert reached.ask(compare_notices, older=second).parts == ()


def test_only_versions_of_one_notice_are_compared_the_older_first(reached) -> None:
    first, other = publish(reached), publish(reached, Audience.NEWSLETTER)
    with pytest.raises(DomainError, match="different notices"):
        reached.ask(compare_notices, older=first, newer=other)
    with pytest.raises(DomainError, match="older version first"):
        reached.ask(compare_notices, older=first, newer=first)
    with pytest.raises(DomainError, match="not in the register"):
        reached.ask(show_version, ref=EditionRef("nothing"))


# ---- Whom to tell ------------------------------------------------------------------------------


def names(desk: Desk, audience: Audience) -> list[tuple[str, str]]:
    return [(one.name, one.email) for one in desk.ask(list_people_to_tell, audience=audience).rows]


def test_each_audience_is_known_by_what_people_are_to_the_business(reached) -> None:
    person(reached, "Karin Holm", email="karin@example.se")
    person(reached, "Bo Ek", kind=SubjectKind.COMPANY_CONTACT)
    person(reached, "Lea Lund", kind=SubjectKind.SUPPLIER, email="lea@mejeri.example")
    person(reached, "Åsa Berg", kind=SubjectKind.EMPLOYEE)
    assert names(reached, CUSTOMERS) == [("Bo Ek", ""), ("Karin Holm", "karin@example.se")]
    assert names(reached, Audience.SUPPLIERS) == [("Lea Lund", "lea@mejeri.example")]
    assert names(reached, Audience.STAFF) == [("Åsa Berg", "")]
    assert names(reached, Audience.WEB) == []
    assert notice(reached).people == 2


def test_readers_are_those_who_say_yes_to_the_letter(reached) -> None:
    karin = person(reached, "Karin Holm", email="karin@example.se")
    person(reached, "Bo Ek", kind=SubjectKind.SUBSCRIBER)
    person(reached, "Nej Sägare")
    assert names(reached, Audience.NEWSLETTER) == [("Bo Ek", "")]
    text = next(
        one.ref
        for one in reached.ask(list_consent_texts)
        if (one.purpose, one.language) == ("newsletter", "sv")
    )
    reached.run(
        record_consent,
        subject_ref=karin,
        text_ref=text,
        decision=Decision.GIVEN,
        method=ConsentMethod.ORALLY,
    )
    assert names(reached, Audience.NEWSLETTER) == [
        ("Bo Ek", ""),
        ("Karin Holm", "karin@example.se"),
    ]
    reached.run(
        withdraw_consent, subject_ref=karin, purpose="newsletter", method=ConsentMethod.ORALLY
    )
    assert names(reached, Audience.NEWSLETTER) == [("Bo Ek", "")]


def test_whoever_is_about_to_be_erased_is_not_written_to(reached) -> None:
    karin = person(reached, "Karin Holm")
    reached.run(stage_erasure, subject_ref=karin)
    assert names(reached, CUSTOMERS) == []


def test_a_task_comes_when_the_register_changes_and_when_people_are_to_be_told(reached) -> None:
    person(reached, "Karin Holm")
    publish(reached)
    assert reached.ask(list_notice_tasks) == ()
    reached.run(update_organisation, phone="0470-999 99")
    (task,) = reached.ask(list_notice_tasks)
    assert (task.is_outdated, task.untold) == (True, 0)
    second = publish(reached)
    (task,) = reached.ask(list_notice_tasks)
    assert (task.version.ref, task.is_outdated, task.untold) == (second, False, 1)
    reached.run(mark_notice_told, ref=second)
    assert reached.ask(list_notice_tasks) == ()
    assert notice(reached).versions[0].told_on == TODAY


def test_people_were_not_told_before_it_was_written_nor_tomorrow(reached) -> None:
    ref = publish(reached)
    with pytest.raises(DomainError, match="not come yet"):
        reached.run(mark_notice_told, ref=ref, on=TODAY.replace(day=22))
    with pytest.raises(DomainError, match="published later"):
        reached.run(mark_notice_told, ref=ref, on=TODAY.replace(day=20))


# ---- Files -------------------------------------------------------------------------------------


def test_the_document_says_whose_it_is_and_which_version(reached) -> None:
    draft = reached.ask(notice_report, audience=CUSTOMERS, language_code="sv")
    assert (draft.title, draft.language) == ("Så hanterar vi dina personuppgifter", "sv")
    assert draft.subtitle == "Integritetspolicy för Kafé Lind. Kunder. Utkast 21 november 2026."
    first = publish(reached)
    same = reached.ask(notice_report, audience=CUSTOMERS, language_code="sv")
    assert same.subtitle == (
        "Integritetspolicy för Kafé Lind. Kunder. Version 1, 21 november 2026."
    )
    reached.run(update_organisation, phone="0470-999 99")
    again = reached.ask(notice_report, version=first)
    assert (again.subtitle, again.sections) == (same.subtitle, same.sections)


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (NoticeFormat.HTML, b"<!DOCTYPE html>"),
        (NoticeFormat.PDF, b"%PDF"),
        (NoticeFormat.DOCX, b"PK"),
        (NoticeFormat.MARKDOWN, "# Så hanterar vi".encode()),
    ],
)
def test_it_is_saved_in_each_format(reached, tmp_path, kind, begins) -> None:
    to = tmp_path / f"policy.{kind.value}"
    reached.run(export_notice, to=to, audience=Audience.WEB, language_code="sv", format=kind)
    assert to.read_bytes().startswith(begins)


def test_an_old_version_is_saved_as_it_was(reached, tmp_path) -> None:
    first = publish(reached)
    reached.run(update_organisation, phone="0470-999 99")
    to = tmp_path / "old.md"
    reached.run(export_notice, to=to, version=first, format=NoticeFormat.MARKDOWN)
    said = to.read_text("utf-8")
    assert "0470\\-123 45" in said
    assert "0470\\-999" not in said
