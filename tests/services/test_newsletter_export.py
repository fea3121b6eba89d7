"""A list for the program that sends the letters: only who says yes, and who has left since."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.mailing_lists import MailingTool, tool_of
from gdprdesk.domain.terms import ConsentMethod, Decision, LegalBasis, RestrictionGround
from gdprdesk.exports.target import TargetExistsError
from gdprdesk.imports.mailing_file import read_mailing
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import (
    consents_of,
    list_consents,
    prove_consent,
    record_consent,
    withdraw_consent,
)
from gdprdesk.services.disclosures import list_disclosures
from gdprdesk.services.expiry import forget_expired
from gdprdesk.services.log_listing import list_log
from gdprdesk.services.newsletter import list_readers
from gdprdesk.services.newsletter_comparison import compare_list
from gdprdesk.services.newsletter_export import (
    export_mailing,
    left_file,
    parts_of_name,
    preview_mailing,
)
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.recipients import RecipientChanges, list_recipients, update_recipient
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.sign_ups import confirm_sign_up
from gdprdesk.services.stop_list import check_stop
from gdprdesk.services.unsubscribing import refuse_letters
from tests.builders import TODAY, Clock, person


def say(desk: Desk, ref: SubjectRef, decision: Decision, purpose: str = "newsletter") -> None:
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts[purpose],
        decision=decision,
        method=ConsentMethod.WEB_FORM,
    )


def reader(desk: Desk, name: str, email: str) -> SubjectRef:
    ref = person(desk, name, email=email)
    say(desk, ref, Decision.GIVEN)
    return ref


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")  # it would be a part of the first heading
    return list(csv.reader(content.decode("utf-8").splitlines()))


# Mailchimp: mailchimp.com/help/format-guidelines-for-your-import-file ("Email Address" is the only
# column it must have); MailerLite: email, name, last_name (github.com/mailerlite/mailerlite-nodejs)
# and UTF-8 (mailerlite.com/help/how-to-import-subscribers); Paloma: support.paloma.se, "Importera
# kontakter": an Excel file with the addresses in one column, first names in another.
@pytest.mark.parametrize(
    ("tool", "heading"),
    [
        (MailingTool.MAILCHIMP, ["Email Address", "First Name", "Last Name"]),
        (MailingTool.MAILERLITE, ["Email", "Name", "Last name"]),
        (MailingTool.PALOMA, ["E-post", "Förnamn", "Efternamn"]),
    ],
)
def test_each_program_gets_its_columns_and_only_who_says_yes(
    tool: MailingTool, heading: list[str], desk: Desk, tmp_path: Path
) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    reader(desk, "Bjørn Sæther Ås", "bjørn@example.com")
    reader(desk, '=HYPERLINK("http://x")', "formula@example.com")
    stored = reader(desk, "Ola Ek", "ola@example.com")
    desk.run(restrict_person, subject_ref=stored, ground=RestrictionGround.ACCURACY, why="Fel")
    reader(desk, "Eva Ek", "eva@example.com")
    desk.run(refuse_letters, value="eva@example.com")
    say(desk, person(desk, "Ida Ek", email="ida@example.com"), Decision.PENDING)
    person(desk, "Ej Tillfrågad", email="ej@example.com")
    path = tmp_path / f"Nyhetsbrev{tool.suffix}"
    receipt = desk.run(export_mailing, tool=tool, to=path)
    shown = rows_of(path)
    assert shown[0] == heading
    assert sorted(shown[1:])[:2] == [
        ["asa@example.com", "Åsa", "Öberg"],
        ["bjørn@example.com", "Bjørn Sæther", "Ås"],
    ]
    assert (receipt.readers, receipt.left) == (3, 1)
    assert receipt.left_path == left_file(path)
    assert rows_of(receipt.left_path) == [heading[:1], ["eva@example.com"]]
    if tool.suffix == ".csv":
        assert shown[-1][1].startswith("'=") or shown[1][1].startswith("'=")
    else:
        cells = [cell for row in openpyxl.load_workbook(path).worksheets[0] for cell in row]
        assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_an_address_is_written_as_it_is(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "+Ida", "+ida@example.com")
    path = tmp_path / "Nyhetsbrev.csv"
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=path)
    assert rows_of(path)[1][:2] == ["+ida@example.com", "'+Ida"]
    desk.run(refuse_letters, value="+ida@example.com")
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=path, overwrite=True)
    assert rows_of(left_file(path))[1] == ["+ida@example.com"]


def test_what_goes_out_comes_back_alike(desk: Desk, tmp_path: Path) -> None:
    for number in range(30):
        reader(desk, f"Läsare {number} Åström", f"las{number}@example.com")
    for tool in MailingTool:
        path = tmp_path / f"{tool}{tool.suffix}"
        desk.run(export_mailing, tool=tool, to=path)
        comparison = desk.ask(compare_list, sheets=read_mailing(path), tool=tool)
        assert {one.finding.value for one in comparison.rows} == {"alike"}
        assert len(comparison.rows) == 30


def test_who_left_is_told_once_to_each_program(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    asa = reader(desk, "Åsa Öberg", "asa@example.com")
    reader(desk, "Bo Ek", "bo@example.com")
    first = preview_of(desk, MailingTool.MAILCHIMP)
    assert (first.people, first.readers, first.left, first.last_on) == (2, 2, 0, None)
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "1.csv")
    clock.move(days=3)
    desk.run(withdraw_consent, subject_ref=asa, purpose="newsletter")
    shown = preview_of(desk, MailingTool.MAILCHIMP)
    assert (shown.readers, shown.left, shown.last_on) == (1, 1, TODAY)
    done = desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "2.csv")
    assert done.left_path is not None
    assert desk.ask(list_log).rows[0].file_name == "2.csv"  # not the one beside it
    assert rows_of(done.left_path) == [["Email Address"], ["asa@example.com"]]
    assert preview_of(desk, MailingTool.MAILCHIMP).left == 0
    assert preview_of(desk, MailingTool.PALOMA).left == 1  # that one has never been told


def test_a_later_no_leaves_the_list_too_and_who_never_was_on_it_is_not_named(
    desk: Desk, tmp_path: Path
) -> None:
    asa = reader(desk, "Åsa Öberg", "asa@example.com")
    reader(desk, "Bo Ek", "bo@example.com")
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "1.csv")
    say(desk, asa, Decision.REFUSED)
    say(desk, person(desk, "Per Ek", email="per@example.com"), Decision.REFUSED)
    done = desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "2.csv")
    assert done.left_path is not None
    assert rows_of(done.left_path) == [["Email Address"], ["asa@example.com"]]


def test_who_objects_or_is_only_stored_leaves_the_list_that_she_was_on(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    asa = reader(desk, "Åsa Öberg", "asa@example.com")
    eva = reader(desk, "Eva Dal", "eva@example.com")
    reader(desk, "Bo Ek", "bo@example.com")
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "1.csv")
    clock.move(days=3)
    late = reader(desk, "Per Ek", "per@example.com")  # of whom the program knows nothing
    for ref in (asa, late):
        desk.run(restrict_person, subject_ref=ref, ground=RestrictionGround.ACCURACY, why="Fel")
    desk.run(object_to_marketing, subject_ref=eva)
    done = desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "2.csv")
    assert (done.readers, done.left_path is not None) == (1, True)
    assert sorted(rows_of(left_file(tmp_path / "2.csv"))[1:]) == [
        ["asa@example.com"],
        ["eva@example.com"],
    ]


def preview_of(desk: Desk, tool: MailingTool):
    return desk.ask(preview_mailing, tool=tool)


def test_it_is_written_down_to_whom_and_under_which_name(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "Nyhetsbrev.csv")
    (row,) = desk.ask(list_disclosures)
    assert (row.to_whom, row.basis, row.disclosed_on) == (
        "Mailchimp (Intuit)",
        LegalBasis.CONSENT,
        TODAY,
    )
    assert "Nyhetsbrev.csv" in row.what
    assert "Nyhetsbrev: 1 " in row.what
    assert "asa@example.com" not in row.what


def test_what_to_know_before_it_goes_to_the_usa(desk: Desk) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    usa, agreement = preview_of(desk, MailingTool.MAILCHIMP).warnings
    assert "USA" in usa
    assert "Data Privacy Framework" in usa
    assert "agreement" in agreement
    (unknown,) = preview_of(desk, MailingTool.PALOMA).warnings
    assert unknown.startswith("The register does not say that Paloma gets this.")
    ref = next(one.ref for one in desk.ask(list_recipients) if "Mailchimp" in one.name)
    changes = RecipientChanges(mechanism="", agreement_on=TODAY)
    desk.run(update_recipient, recipient_ref=ref, changes=changes)
    (said,) = preview_of(desk, MailingTool.MAILCHIMP).warnings
    assert "does not say what makes the transfer lawful" in said


def test_nothing_is_overwritten_silently(desk: Desk, tmp_path: Path) -> None:
    eva = reader(desk, "Eva Ek", "eva@example.com")
    reader(desk, "Bo Ek", "bo@example.com")
    desk.run(withdraw_consent, subject_ref=eva, purpose="newsletter")
    path = tmp_path / "list.csv"
    beside = left_file(path)
    beside.write_text("mine")
    with pytest.raises(TargetExistsError):
        desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=path)
    assert not path.exists()
    assert beside.read_text() == "mine"
    assert desk.ask(list_disclosures) == ()
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=path, overwrite=True)
    with pytest.raises(DomainError, match=r"must end in \.xlsx"):
        desk.run(export_mailing, tool=MailingTool.PALOMA, to=path, overwrite=True)


def test_a_list_of_nobody_and_of_numbers_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="Nobody says yes to this"):
        desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "a.csv")
    with pytest.raises(DomainError, match="go to numbers"):
        desk.ask(preview_mailing, tool=MailingTool.MAILCHIMP, purpose="sms_offers")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Åsa Öberg", ("Åsa", "Öberg")),
        ("Anna Maria von Essen", ("Anna Maria von", "Essen")),
        ("Öberg, Åsa", ("Åsa", "Öberg")),
        ("Björk", ("Björk", "")),
    ],
)
def test_a_name_is_taken_apart(name: str, parts: tuple[str, str]) -> None:
    assert parts_of_name(name) == parts


def test_who_signs_up_confirms_first(desk: Desk, clock: Clock) -> None:
    desk.run(refuse_letters, value="asa@example.com")
    ref = person(desk, "Åsa Öberg", email="asa@example.com")
    say(desk, ref, Decision.PENDING)
    assert preview_of(desk, MailingTool.MAILCHIMP).pending == 1
    assert desk.ask(check_stop, value="asa@example.com").found  # not lifted by asking alone
    assert desk.ask(list_consents, purpose="newsletter", decision=Decision.PENDING).total == 1
    clock.move(days=2)
    consent = desk.run(confirm_sign_up, subject_ref=ref)
    assert [one.name for one in desk.ask(list_readers).readers] == ["Åsa Öberg"]
    assert not desk.ask(check_stop, value="asa@example.com").found
    proof = desk.ask(prove_consent, ref=consent)
    assert (proof.decision, proof.decided_on) == (Decision.GIVEN, TODAY)
    with pytest.raises(DomainError, match="no sign-up that waits"):
        desk.run(confirm_sign_up, subject_ref=ref)


def test_a_day_of_confirming_is_after_the_sign_up(desk: Desk) -> None:
    ref = person(desk, "Åsa Öberg", email="asa@example.com")
    say(desk, ref, Decision.PENDING)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(DomainError, match="from the sign-up until today"):
            desk.run(confirm_sign_up, subject_ref=ref, confirmed_on=day)


def test_a_sign_up_that_nobody_confirms_is_forgotten(desk: Desk, clock: Clock) -> None:
    ref = person(desk, "Åsa Öberg", email="asa@example.com")
    say(desk, ref, Decision.PENDING)
    clock.move(days=30)
    desk.run(forget_expired)
    assert desk.ask(list_consents, purpose="newsletter").total == 1
    clock.move(days=1)
    desk.run(forget_expired)
    assert desk.ask(list_consents, purpose="newsletter").total == 0
    assert {one.decision for one in desk.ask(consents_of, subject_ref=ref)} == {None}


def test_our_own_list_says_which_program_it_is_for(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    path = tmp_path / "a.csv"
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=path)
    assert tool_of(read_mailing(path)) is None  # nothing in it is Mailchimp's alone: it is asked


def test_a_name_in_the_name_of_the_file_is_not_written_down(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "Karin Holm", "karin@example.com")
    to = tmp_path / "Karin Holm och andra.csv"
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=to)
    [noted] = desk.ask(list_disclosures)
    assert "andra.csv" in noted.what
    assert "Holm" not in noted.what


def test_an_address_written_in_another_way_stays_on_the_list(desk: Desk, tmp_path: Path) -> None:
    reader(desk, "Karin Holm", "Familjen@example.com")
    per = reader(desk, "Per Holm", "familjen@example.com")
    desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "1.csv")
    say(desk, per, Decision.REFUSED)
    told = desk.run(export_mailing, tool=MailingTool.MAILCHIMP, to=tmp_path / "2.csv")
    assert (told.readers, told.left) == (1, 0)
