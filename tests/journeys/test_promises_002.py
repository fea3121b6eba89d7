"""What a Norwegian machine dealer promises, as its new register, print and notices say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    AtEnd,
    Audience,
    Channel,
    FormField,
    LegalBasis,
    RecipientRole,
    RiskCriterion,
    Start,
    Unit,
)
from gdprdesk.services.clips import keep_clip, list_clips
from gdprdesk.services.disclosures import hand_out, list_disclosures
from gdprdesk.services.onboarding import Business
from gdprdesk.services.organisation import show_organisation
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, reopened
from tests.journeys.conftest import Book, Books

pytestmark = pytest.mark.journey


@pytest.fixture
def book(book_of: Books) -> Book:
    return book_of("dealer", "NO", "nb")


def test_002_1_the_managing_director_answers_and_the_daily_duty_is_delegated(book: Book) -> None:
    roles = {one.name: one.responsible for one in book.rows()}
    assert roles["Henvendelser og avvik"] == "Daglig leder"
    assert roles["Aktivt kunderegister"] == "Salgsansvarlig"
    assert roles["Fakturaer og bokføring"] == "Økonomiansvarlig"
    assert all(roles.values())


@pytest.mark.parametrize("name", ["Webbyrået", "Webhotellet"])
def test_002_2_agency_and_host_are_processors_and_see_only_what_they_need(
    book: Book, name: str
) -> None:
    known = book.recipient(name)
    assert (known.role, known.needs_agreement) == (RecipientRole.PROCESSOR, True)
    assert known.gets
    assert known.deletes_after


def test_002_3_an_ip_address_is_cut_to_three_groups_and_still_counts(book: Book) -> None:
    cut = book.row("Nettsted: informasjonskapsler").deidentification
    assert "siste av de fire gruppene" in cut
    assert "ikke alltid anonymt" in cut


def test_002_4_each_cookie_is_listed_with_the_product_that_sets_it(book: Book) -> None:
    cookies = {one["name"]: one for one in book.row("Nettsted: informasjonskapsler").cookies}
    assert cookies.keys() == {"_ga", "_gid", "_dc_gtm_…"}
    assert {one["owner"] for one in cookies.values()} == {"Google Analytics"}
    assert {one["basis"] for one in cookies.values()} == {"Bare etter ja"}
    analytics = book.recipient("Google Analytics")
    assert (analytics.outside_eea, bool(analytics.mechanism)) == (True, True)


def test_002_5_the_law_is_cited_as_it_is_called_today(book: Book) -> None:
    assert "Ekomloven" in book.row("Nettsted: informasjonskapsler").basis_note
    assert "Personvernforordningen" in book.row("Henvendelser").basis_note
    assert "2-7b" not in book.printed()


def test_002_5_statistics_wait_for_a_yes(book: Book) -> None:
    statistics = book.row("Nettsted: informasjonskapsler")
    assert statistics.legal_basis is LegalBasis.CONSENT
    assert any("etter et ja" in one for one in statistics.measures)


def test_002_6_search_words_are_sums_and_it_says_why_they_are_nobodys(book: Book) -> None:
    assert "Søkeord lagres bare som summer" in book.row("Nettsted: info").deidentification


def test_002_7_the_survey_of_the_year_takes_no_names(book: Book) -> None:
    survey = book.row("Årlig kundeundersøkelse")
    assert (survey.rule.count, survey.rule.at_end) == (3, AtEnd.ANONYMISE)
    assert "IP-adresse" in survey.deidentification
    assert "SurveyMonkey" in {one.name for one in survey.recipients}


def test_002_8_the_originals_of_each_category_have_their_system(book: Book) -> None:
    for name in ("Aktivt kunderegister", "Salg", "Samtaler og e-post", "Fakturaer"):
        assert book.row(name).system_of_record == "Visma Business"


def test_002_9_contract_law_and_expected_service_are_three_purposes(book: Book) -> None:
    customers = book.row("Aktivt kunderegister")
    bases = [customers.legal_basis, *(one["legal_basis"] for one in customers.further_purposes)]
    assert bases == ["legitimate_interest", "contract", "legal_obligation"]
    assert len(customers.periods) == 3
    assert "reservedel" in customers.purpose


def test_002_10_what_the_customer_writes_is_a_category(book: Book) -> None:
    said = [one["text"] for one in book.row("Aktivt kunderegister").categories]
    assert {"Navn", "Adresse", "Telefon", "E-post"} <= set(said)
    assert "Det kunden selv skriver når hun tar kontakt" in said


def test_002_11_fifteen_years_carry_their_own_reason(book: Book) -> None:
    rule = book.row("Aktivt kunderegister").rule
    assert (rule.start, rule.count, rule.unit, rule.law) == (
        Start.LAST_ACTIVITY,
        180,
        Unit.MONTHS,
        None,
    )
    assert "reservedeler" in rule.reason
    assert rule.reason in book.printed()


def test_002_12_15_calls_and_mails_that_matter_are_notes_on_the_customer(book: Book) -> None:
    kept = book.row("Samtaler og e-post")
    assert "Bare samtaler og e-post som betyr noe" in kept.basis_note
    assert kept.fields == (FormField.NOTES, FormField.FILES)


def test_002_13_sensitive_things_are_not_sent_by_ordinary_mail(book: Book) -> None:
    (warned,) = book.row("Samtaler og e-post").statements
    assert warned.startswith("Send aldri sensitive opplysninger i vanlig e-post")
    assert warned in book.notice(Audience.CUSTOMERS)


def test_002_14_the_log_of_calls_has_a_number(book: Book) -> None:
    log = book.row("Samtalelogg i Outlook")
    assert (log.rule.count, log.rule.unit) == (30, Unit.DAYS)
    assert "Microsoft 365 (Outlook)" in {one.name for one in log.recipients}


def test_002_16_the_operator_keeps_the_log_three_to_four_months(book: Book) -> None:
    log, operator = book.row("Samtalelogg hos"), book.recipient("Teleoperatøren")
    assert (log.rule.count, log.rule.most, log.rule.unit) == (3, 4, Unit.MONTHS)
    assert operator.deletes_after == "3\N{EN DASH}4 måneder"
    assert operator.wants_evidence
    assert "3\N{EN DASH}4 måneder" in book.printed()


def test_002_17_no_register_of_visitors_is_kept_and_it_says_so(book: Book) -> None:
    none = "Vi har ingen besøksliste og skriver ikke opp hvem som kommer og går."
    assert none in book.row("Aktivt kunderegister").statements
    assert none in book.printed()
    assert none in book.notice(Audience.CUSTOMERS)


def test_002_18_eight_outdoor_cameras_keep_a_week(book: Book) -> None:
    cameras = book.row("Kameraovervåking")
    assert cameras.camera is not None
    assert (cameras.camera["number"], cameras.camera["days"]) == (8, 7)
    assert (cameras.camera["sign"], cameras.camera["sound"]) == (True, False)
    assert "Utendørs" in cameras.camera["places"]
    assert any("overskrives av seg selv" in one for one in cameras.measures)
    assert any("føres i en logg" in one for one in cameras.statements)
    assert cameras.screening is not None
    assert RiskCriterion.MONITORING in cameras.screening.criteria
    assert cameras.assessment is not None


def test_002_19_no_officer_and_why_and_who_checks_instead(book: Book) -> None:
    said = book.desk.ask(show_organisation).officer
    assert "ikke personvernombud" in said
    assert "Daglig leder" in said
    assert "økonomiansvarlig kontrollerer hvert år" in said
    assert said in book.printed()


def test_002_20_staff_data_are_pointed_to_where_they_are(book: Book) -> None:
    staff = book.row("Arbeidsforhold")
    assert "Personalhåndboken" in staff.system_of_record
    assert staff.rule.start is Start.RELATION_ENDED


def test_002_21_nothing_is_handed_out_unless_a_law_says_so(book: Book) -> None:
    (said,) = (one for one in book.row("Aktivt kunderegister").statements if "lov" in one)
    assert said.endswith("vi skriver opp hvem, hva og hvorfor.")
    assert "Hva vi har utlevert, til hvem og hvorfor" in [
        one["text"] for one in book.row("Henvendelser").categories
    ]


def test_002_22_access_is_guarded_in_the_house_and_in_the_systems(book: Book) -> None:
    measures = book.row("Aktivt kunderegister").measures
    assert any("adgangskort" in one for one in measures)
    assert any("Egen pålogging" in one for one in measures)


def test_002_23_anybody_who_asks_gets_the_basics(book: Book) -> None:
    extract = book.public()
    assert "Aktivt kunderegister" in extract
    assert "Storgatan 1" in extract
    assert "adgangskort" not in extract  # how it is protected is not told to everybody
    assert any("også den som ikke er kunde" in one for one in book.row("Henvendelser").statements)


def test_002_24_to_see_correct_add_and_erase_is_what_requests_are_for(book: Book) -> None:
    assert "se, rette, supplere eller slette" in book.row("Henvendelser").purpose


def test_002_25_the_own_promise_is_thirty_days(book: Book) -> None:
    assert book.desk.ask(show_organisation).answer_days == 30
    assert "30 dager" in book.row("Henvendelser").basis_note


def test_002_26_each_row_says_whether_she_must_give_it(book: Book) -> None:
    assert all(one.duty for one in book.rows())
    assert "frivillig" in book.row("Aktivt kunderegister").duty
    assert book.row("Aktivt kunderegister").duty in book.notice(Audience.CUSTOMERS)


@pytest.mark.parametrize("known", ["Lind &amp; co", "Maja Lind", "maja@example.com", "Storgatan 1"])
def test_002_27_the_notice_says_whom_to_write_to(book: Book, known: str) -> None:
    assert known in book.notice(Audience.CUSTOMERS)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A register of its own, for what is done in it; its clock can be moved."""
    business = Business("Bagges AS", trade="dealer", country="NO", extras=("cameras",))
    opened, _recovery = Desk.create(
        tmp_path / "own.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield opened
    opened.lock()


def test_002_18_a_clip_that_is_kept_longer_has_its_reason_and_its_day(
    desk: Desk, clock: Clock
) -> None:
    clip = desk.run(
        keep_clip,
        camera="Port 2",
        from_at="2026-11-20 18:40",
        to_at="2026-11-20 18:55",
        why="Innbrudd",
        release_on=TODAY + timedelta(days=30),
    )
    desk.run(
        hand_out,
        to_whom="Politiet",
        what="Klippet",
        basis=LegalBasis.LEGAL_OBLIGATION,
        law="Straffeprosessloven",
        channel=Channel.IN_PERSON,
        clip=clip,
    )
    assert desk.ask(list_clips)[0].handed_out == ("Politiet",)
    clock.go_to(date(2026, 12, 22))
    with reopened(desk, clock) as again:
        assert again.ask(list_clips) == ()
        assert [one.to_whom for one in again.ask(list_disclosures)] == ["Politiet"]


def test_002_21_without_a_law_nothing_is_written_down_as_demanded_by_one(desk: Desk) -> None:
    demanded: dict[str, Any] = {"to_whom": "Politiet", "what": "Navn", "channel": Channel.EMAIL}
    with pytest.raises(DomainError, match="Write which law"):
        desk.run(hand_out, basis=LegalBasis.LEGAL_OBLIGATION, **demanded)
    assert desk.ask(list_disclosures) == ()
