"""The list of a newsletter program is compared before anything changes, and then all or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.list_comparison import Finding
from gdprdesk.domain.mailing_lists import MailingTool, Sheet
from gdprdesk.domain.terms import ConsentMethod, Decision, RestrictionGround
from gdprdesk.imports.mailing_file import read_mailing
from gdprdesk.services.comparison_report import comparison_report, export_comparison
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import (
    consents_of,
    prove_consent,
    record_consent,
    withdraw_consent,
)
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.files import FileFormat
from gdprdesk.services.newsletter import list_readers
from gdprdesk.services.newsletter_comparison import (
    Comparison,
    compare_list,
    take_over_comparison,
)
from gdprdesk.services.newsletter_export import export_mailing, usual_tool
from gdprdesk.services.persons import show_subject
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.stop_list import check_stop
from gdprdesk.services.unsubscribing import refuse_letters
from tests import mailings
from tests.builders import TODAY, person

YES_ON = date(2026, 3, 1)
LEFT_ON = date(2026, 10, 3)


def reader(desk: Desk, name: str, email: str, on: date = YES_ON) -> SubjectRef:
    ref = person(desk, name, email=email)
    say(desk, ref, Decision.GIVEN, on)
    return ref


def say(desk: Desk, ref: SubjectRef, decision: Decision, on: date | None = None) -> None:
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts["newsletter"],
        decision=decision,
        method=ConsentMethod.WEB_FORM,
        decided_on=on,
    )


def found(comparison: Comparison) -> dict[Finding, list[str]]:
    return {
        finding: [one.email for one in comparison.of(finding)]
        for finding, count in comparison.counts.items()
        if count
    }


def here(email: str, name: str = "") -> dict[str, str]:
    first, _space, last = name.partition(" ")
    return {"Email Address": email, "First Name": first, "Last Name": last}


@pytest.mark.parametrize("tool", MailingTool)
def test_leavers_and_erased_are_found_in_the_list_of_each(
    tool: MailingTool, desk: Desk, tmp_path: Path
) -> None:
    asa = reader(desk, "Åsa Öberg", "asa.oberg@example.com")
    bjorn = reader(desk, "Bjørn Sæther", "bjørn@example.com")
    reader(desk, "Märta Åström", "marta@example.com")
    reader(desk, "Øystein Ås", "oystein@example.com")
    reader(desk, "Ärla Ek", "arla@example.com")
    gone = reader(desk, "Karin Holm", "karin@example.com")
    desk.run(erase_subject, subject_ref=gone)
    back = reader(desk, "Eva Ek", "eva@example.com")
    desk.run(erase_subject, subject_ref=back)
    reader(desk, "Eva Ek", "eva@example.com", TODAY)  # her fresh yes lifts the stop
    no = reader(desk, "Ola Ek", "ola@example.com")
    desk.run(withdraw_consent, subject_ref=no, purpose="newsletter")
    person(desk, "Ej Tillfrågad", email="ej@example.com")

    write, name = mailings.WRITERS[tool]
    path = write(
        tmp_path / name,
        [
            here("MARTA@example.com", "Märta Åström"),
            here("karin@example.com", "Karin Holm"),
            here("eva@example.com"),
            here("ola@example.com"),
            here("ej@example.com"),
            here("okänd@example.com", "Okänd Ängsö"),
        ],
        [
            ("asa.oberg@example.com", LEFT_ON.isoformat()),
            ("bjørn@example.com", "2026-11-20"),
            ("borta@example.com", "2024-01-01"),
        ],
        ["arla@example.com"],
    )
    comparison = desk.ask(compare_list, sheets=read_mailing(path))
    assert comparison.tool is tool
    assert found(comparison) == {
        Finding.LEFT: ["asa.oberg@example.com", "bjørn@example.com"],
        Finding.ERASED: ["karin@example.com"],
        Finding.SAID_NO: ["ola@example.com"],
        Finding.UNPROVEN: ["ej@example.com", "okänd@example.com"],
        Finding.BOUNCED: ["arla@example.com"],
        Finding.MISSING: ["oystein@example.com"],
        Finding.GONE: ["borta@example.com"],
        Finding.ALIKE: ["eva@example.com", "MARTA@example.com"],
    }
    names = {one.email: one.name for one in comparison.rows}
    assert names["asa.oberg@example.com"] == "Åsa Öberg"
    assert names["okänd@example.com"] == "Okänd Ängsö"

    receipt = desk.run(take_over_comparison, comparison=comparison)
    assert (receipt.withdrawn, receipt.stopped) == (2, 1)
    for ref, day in ((asa, LEFT_ON), (bjorn, date(2026, 11, 20))):
        (said,) = [one for one in desk.ask(consents_of, subject_ref=ref) if one.decision]
        assert (said.decision, said.decided_on) == (Decision.WITHDRAWN, day)
        assert said.ref is not None
        evidence = desk.ask(prove_consent, ref=said.ref).evidence
        assert tool.label in evidence
    assert desk.ask(check_stop, value="borta@example.com").found
    again = desk.ask(compare_list, sheets=read_mailing(path))
    assert again.counts[Finding.LEFT] == 0
    assert "Åsa Öberg" not in [one.name for one in desk.ask(list_readers).readers]

    desk.undo()
    assert [
        one.decision
        for one in desk.ask(consents_of, subject_ref=asa)
        if one.purpose == "newsletter"
    ] == [Decision.GIVEN]
    assert not desk.ask(check_stop, value="borta@example.com").found


def lists(desk: Desk, *rows: tuple[str, str, str]) -> Comparison:
    """Compare a list of MailerLite with these addresses, words and days."""
    header = ("email", "status", "unsubscribed_at")
    return desk.ask(compare_list, sheets=(Sheet("subscribers", header, rows),))


def test_who_is_taken_out_stays_and_a_newer_yes_wins(desk: Desk) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    reader(desk, "Bo Ek", "bo@example.com", TODAY - timedelta(days=2))
    comparison = lists(
        desk,
        ("asa@example.com", "unsubscribed", "2026-10-03"),
        ("bo@example.com", "unsubscribed", "2026-10-03"),
        ("nobody@example.com", "unsubscribed", "2026-10-03"),
    )
    assert found(comparison)[Finding.YES_SINCE] == ["bo@example.com"]
    spared = frozenset({"asa@example.com", "nobody@example.com"})
    receipt = desk.run(take_over_comparison, comparison=comparison, spared=spared)
    assert (receipt.withdrawn, receipt.stopped) == (0, 0)
    assert len(desk.ask(list_readers).readers) == 2


def test_what_was_said_after_the_comparison_counts(desk: Desk) -> None:
    ref = reader(desk, "Åsa Öberg", "asa@example.com")
    comparison = lists(desk, ("asa@example.com", "unsubscribed", "2026-10-03"))
    say(desk, ref, Decision.GIVEN, TODAY)
    assert desk.run(take_over_comparison, comparison=comparison).withdrawn == 0
    assert len(desk.ask(list_readers).readers) == 1


def test_whose_data_are_only_stored_gets_no_letters_and_may_still_leave(desk: Desk) -> None:
    ref = reader(desk, "Åsa Öberg", "asa@example.com")
    desk.run(restrict_person, subject_ref=ref, ground=RestrictionGround.ACCURACY, why="Fel namn")
    assert found(lists(desk, ("asa@example.com", "active", ""))) == {
        Finding.SAID_NO: ["asa@example.com"]
    }
    comparison = lists(desk, ("asa@example.com", "unsubscribed", "2026-10-03"))
    assert desk.run(take_over_comparison, comparison=comparison).withdrawn == 1
    assert desk.ask(show_subject, subject_ref=ref).name == "Åsa Öberg"


def test_two_lists_and_two_people_share_an_address(desk: Desk) -> None:
    reader(desk, "Karin Holm", "holm@example.com")
    reader(desk, "Knut Holm", "holm@example.com")
    comparison = lists(
        desk,
        ("holm@example.com", "active", ""),
        ("Holm@Example.com", "unsubscribed", "2026-10-03"),  # on another list: the strictest counts
    )
    assert found(comparison) == {Finding.LEFT: ["Holm@Example.com"]}
    assert desk.run(take_over_comparison, comparison=comparison).withdrawn == 2


def test_an_address_on_the_stop_list_gets_no_letters(desk: Desk) -> None:
    desk.run(refuse_letters, value="nej@example.com")
    assert found(lists(desk, ("nej@example.com", "active", ""))) == {
        Finding.SAID_NO: ["nej@example.com"]
    }


def test_who_has_not_confirmed_is_no_reader(desk: Desk) -> None:
    ref = person(desk, "Åsa Öberg", email="asa@example.com")
    say(desk, ref, Decision.PENDING)
    assert desk.ask(list_readers).readers == ()
    assert found(lists(desk, ("asa@example.com", "unconfirmed", ""))) == {
        Finding.PENDING: ["asa@example.com"]
    }
    assert found(lists(desk, ("asa@example.com", "active", ""))) == {
        Finding.UNPROVEN: ["asa@example.com"]
    }


def test_who_says_yes_has_nothing_to_confirm(desk: Desk) -> None:
    ref = reader(desk, "Åsa Öberg", "asa@example.com")
    with pytest.raises(DomainError, match="nothing to confirm"):
        say(desk, ref, Decision.PENDING)


def test_what_is_no_address_is_counted(desk: Desk) -> None:
    comparison = lists(desk, ("a@b", "active", ""), ("=cmd|' /C calc'!A0@x", "active", ""))
    assert (comparison.rows, comparison.unreadable) == ((), 1)


def test_a_list_without_addresses_or_of_an_unknown_program_is_refused(desk: Desk) -> None:
    nobody = (Sheet("list", ("Namn", "Ort"), (("Åsa", "Lund"),)),)
    with pytest.raises(DomainError, match="Say which program"):
        desk.ask(compare_list, sheets=nobody)
    with pytest.raises(DomainError, match="No column of this file holds e-mail addresses"):
        desk.ask(compare_list, sheets=nobody, tool=MailingTool.PALOMA)
    with pytest.raises(DomainError, match="Nobody is asked for letters by this name"):
        desk.ask(compare_list, sheets=nobody, purpose="photo")


some = st.sampled_from([f"{name}@example.com" for name in ("a", "b", "c", "d", "å", "ø", "A", "B")])
words = st.sampled_from(["active", "unsubscribed", "bounced", "unconfirmed", "junk", ""])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(some, words, st.sampled_from(["", "2026-01-01", "2026-11-20"]))))
def test_every_address_falls_in_exactly_one(desk: Desk, rows: list[tuple[str, str, str]]) -> None:
    if not desk.ask(list_readers).readers:
        reader(desk, "A", "a@example.com")
        reader(desk, "Å", "å@example.com")
        desk.run(refuse_letters, value="c@example.com")
    comparison = lists(desk, *rows)
    normals = [one.normal for one in comparison.rows]
    known = {one.casefold() for one, _word, _day in rows} | {"a@example.com", "å@example.com"}
    assert len(normals) == len(set(normals))
    assert set(normals) == known
    assert sum(comparison.counts.values()) == len(normals)


def test_what_is_to_be_done_names_nobody(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    comparison = lists(
        desk, ("asa@example.com", "unsubscribed", "2026-10-03"), ("okänd@example.com", "active", "")
    )
    document = desk.ask(comparison_report, comparison=comparison, language_code="en")
    assert [one.heading for one in document.sections] == [
        "",
        Finding.LEFT.label,
        Finding.UNPROVEN.label,
    ]
    path = tmp_path / "todo.csv"
    desk.run(export_comparison, comparison=comparison, to=path, format=FileFormat.CSV)
    said = path.read_text("utf-8-sig")
    assert "asa@example.com" in said
    assert "okänd@example.com" in said
    assert "Öberg" not in said


def test_the_program_is_the_one_of_the_register_until_another_got_a_list(
    desk: Desk, tmp_path: Path
) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    assert desk.ask(usual_tool) is MailingTool.MAILCHIMP
    desk.run(export_mailing, tool=MailingTool.PALOMA, to=tmp_path / "a.xlsx")
    assert desk.ask(usual_tool) is MailingTool.PALOMA
