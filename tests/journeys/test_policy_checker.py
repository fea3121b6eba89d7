"""What the checker tells five businesses about the policy they have.

The policies are made up, each with the faults of a real one; a test is one promise by its number.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprdesk.imports.policy_text import policy_text
from gdprdesk.services.policy_check import FindingRow, check_text

pytestmark = pytest.mark.journey

POLICIES = Path(__file__).parent.parent / "data/policies"
TODAY = date(2026, 11, 22)


class Checked:
    """The findings of a policy by their code."""

    def __init__(self, name: str) -> None:
        text = policy_text(POLICIES / f"faulty_{name}.txt")
        self._findings = check_text(text, today=TODAY).findings

    def codes(self) -> set[str]:
        return {one.code for one in self._findings}

    def all(self, code: str) -> list[FindingRow]:
        return [one for one in self._findings if one.code == code]

    def one(self, code: str) -> FindingRow:
        (found,) = self.all(code)
        return found


@pytest.fixture(scope="module")
def cafe() -> Checked:
    return Checked("cafe_sv")


@pytest.fixture(scope="module")
def therapy() -> Checked:
    return Checked("therapy_sv")


@pytest.fixture(scope="module")
def dealer() -> Checked:
    return Checked("dealer_nb")


@pytest.fixture(scope="module")
def booking() -> Checked:
    return Checked("booking_sv")


@pytest.fixture(scope="module")
def trading() -> Checked:
    return Checked("trading_sv")


def test_000_4_a_balance_of_interests_names_the_interest(cafe) -> None:
    """000.4: "med stöd av en intresseavvägning", but not which interest."""
    assert "intresseavvägning" in cafe.one("interest").quote


def test_000_7_an_exception_named_beside_never_is_no_contradiction(cafe) -> None:
    """000.7: nobody else gets the data, except the accountant: that is well said."""
    assert not {"never_shared", "never_third_party"} & cafe.codes()


def test_000_9_after_a_time_is_no_period(cafe) -> None:
    """000.9: when the job is done the data are erased "efter en tid"."""
    found = cafe.one("retention_vague")
    assert found.quote.endswith("raderas de efter en tid.")
    assert "number" in found.how


def test_000_15_never_health_stands_beside_allergies(cafe) -> None:
    """000.15 and 000.16: never health, but allergies and diets are asked for."""
    found = cafe.one("never_health")
    assert "aldrig uppgifter om etnisk" in found.quote
    assert "allergier och specialkost" in found.beside


def test_000_17_mailchimp_is_outside_the_eea(cafe) -> None:
    """000.17: name and mail are at Mailchimp, and nothing is said of the transfer."""
    assert "Mailchimp" in cafe.one("transfer").quote


def test_000_19_cookies_for_behaviour_need_a_yes(cafe) -> None:
    """000.19: cookies for behaviour and performance, and no consent to them."""
    assert "beteende och prestanda" in cafe.one("cookie_consent").quote


def test_000_20_see_and_erase_are_two_rights_of_six(cafe) -> None:
    """000.20: one may see and erase; what else one may is not said."""
    missing = {"right_rectify", "right_restrict", "right_object", "right_port"}
    assert {one for one in cafe.codes() if one.startswith("right_")} == missing


def test_001_5_seven_years_do_not_say_from_when(therapy) -> None:
    """001.5: "sparas i 7 år" is the seventh year after the calendar year."""
    found = therapy.one("bookkeeping_count")
    assert found.quote == "Uppgifterna sparas i 7 år."
    assert "through the seventh year" in found.how
    assert found.article.startswith("bokföringslagen 7 kap. 2 §")


def test_001_6_a_download_is_no_consent_to_campaigns(therapy) -> None:
    """001.6: whoever downloads the guide gets campaigns too."""
    assert "ladda ner guiden" in therapy.one("consent_bundled").quote


def test_001_16_all_six_rights_are_there(therapy) -> None:
    """001.16: see, correct, move, restrict, object and erase are all said."""
    assert not {one for one in therapy.codes() if one.startswith("right_")}


def test_001_19_never_shared_stands_beside_those_who_get_it(therapy) -> None:
    """001.19: never sold, rented or shared, and yet others are named."""
    assert therapy.one("never_shared").quote == "Uppgifterna säljs, hyrs ut eller delas aldrig."


def test_001_20_datainspektionen_has_another_name(therapy) -> None:
    """001.20: complaints to Datainspektionen, which is called IMY now."""
    found = therapy.one("old_authority")
    assert "Datainspektionen" in found.quote
    assert "IMY" in found.how


def test_001_22_section_four_is_missing(therapy) -> None:
    """001.22: the sections are numbered, and after the third comes the fifth."""
    found = therapy.one("number_missing")
    assert (found.title, found.quote) == ("Section 4 is missing", "5. Journal")


def test_002_3_a_cut_address_is_not_always_anonymous(dealer) -> None:
    """002.3: the IP address is cut to three groups and called anonymous."""
    assert "tre grupper" in dealer.one("cut_ip").quote


def test_002_4_google_analytics_is_not_open_source_on_an_own_server(dealer) -> None:
    """002.4: Google Analytics as "open source (GPL), own server"."""
    found = dealer.one("own_analytics")
    assert "Google Analytics" in found.quote
    assert "egen server" in found.beside


def test_002_5_the_laws_named_were_replaced(dealer) -> None:
    """002.5: ekomloven section 2-7b, and the rights by the act of 2000; browser settings."""
    found = dealer.one("old_law")
    assert "§ 2-7b" in found.quote
    assert found.article.startswith("Lov 13. desember 2024 nr. 76 (ekomloven) § 3-15")
    assert "§§ 18 og 22" in dealer.one("old_sections").quote
    assert "nettleseren" in dealer.one("cookie_browser").quote


def test_002_7_a_survey_with_addresses_is_not_anonymous(dealer) -> None:
    """002.7: the yearly survey is "anonymous", and the answers carry addresses."""
    assert "IP-adresse" in dealer.one("anonymous_survey").beside


def test_002_11_fifteen_years_need_a_reason_of_their_own(dealer) -> None:
    """002.11: the customer register is kept for 15 years; accounting law gives five, not ten."""
    assert "15 år" in dealer.one("retention_long").title
    found = dealer.one("bookkeeping_number")
    assert "10 år" in found.title
    assert "five years" in found.how


def test_002_14_the_call_log_has_no_period(dealer) -> None:
    """002.14: a log of calls in Outlook, and no word on how long."""
    assert any("samtalelogg" in one.quote for one in dealer.all("purpose_period"))


def test_002_21_no_third_party_stands_beside_named_services(dealer) -> None:
    """002.21: never to third parties, in a text that names those who get the data."""
    assert "tredjepart" in dealer.one("never_third_party").quote


def test_002_26_voluntary_is_said(dealer) -> None:
    """002.26: it is voluntary to give the data: nothing to put right."""
    assert "duty" not in dealer.codes()


def test_003_4_what_a_login_gets_from_others_is_told(booking) -> None:
    """003.4: name and mail come from Facebook or Google, which are outside the EEA."""
    assert "Facebook" in booking.one("transfer").quote


def test_003_8_passwords_stored_one_way_are_well_said(booking) -> None:
    """003.8: strong one-way encryption of passwords is a claim to believe."""
    assert not any("Lösenord" in one.quote for one in booking.all("never_shared"))


def test_003_10_journalsystemslagen_is_no_law(booking) -> None:
    """003.10: journals are logged by a law that nobody knows."""
    assert booking.one("unknown_law").title == "“journalsystemslagen” is no law that is known here"


def test_003_13_the_company_does_not_decide_what_the_law_decides(booking) -> None:
    """003.13: a company keeps bookkeeping for as long as the law says, not ten years."""
    assert "10 år" in booking.one("bookkeeping_number").quote


def test_003_14_no_tracking_stands_beside_google_analytics(booking) -> None:
    """003.14: no cookies that track, and visits are counted by Google Analytics."""
    assert "Google Analytics" in booking.one("no_cookies").beside


def test_003_using_the_service_and_a_ticked_box_are_no_consent(booking) -> None:
    """003: going on is taken for a yes, and the box of the newsletter is ticked in advance."""
    assert "Genom att använda tjänsten" in booking.one("consent_by_use").quote
    assert "förkryssad" in booking.one("consent_ticked").quote


def test_004_3_what_comes_from_public_registers_is_named(trading) -> None:
    """004.3: data come from public registers and credit checks; which data is not said."""
    assert "offentliga register" in trading.one("categories").quote


def test_004_6_profiling_is_said_to_decide_something_or_nothing(trading) -> None:
    """004.6: people are profiled; how to object and what it decides is not said."""
    assert "profilering" in trading.one("automated_profiling").quote
    assert "right_object" in trading.codes()


def test_004_8_measures_is_no_safeguard(trading) -> None:
    """004.8: data go to third countries with "lämpliga åtgärder"."""
    assert "tredje land" in trading.one("safeguard").quote


def test_004_10_as_long_as_the_law_demands_is_no_period(trading) -> None:
    """004.10: invoices "så länge lagen kräver"."""
    assert trading.one("retention_vague").quote == "Fakturor sparas så länge lagen kräver."


def test_004_11_thirty_six_months_after_the_relation_need_a_reason(trading) -> None:
    """004.11: as long as the relation lasts and 36 months more, for marketing."""
    assert "36 månader" in trading.one("retention_after").title


def test_004_17_three_rights_of_six(trading) -> None:
    """004.17: copy, correction and erasure; the other three are missing."""
    missing = {"right_restrict", "right_object", "right_port"}
    assert {one for one in trading.codes() if one.startswith("right_")} == missing


def test_004_18_personuppgiftsombud_is_an_old_word(trading) -> None:
    """004.18: "personuppgiftsombud" is "dataskyddsombud" now; and PuL is gone."""
    assert "data protection officer" in trading.one("old_role").how
    assert "personuppgiftslagen (PuL)" in trading.one("old_law").quote
