"""Erasing from the command line: shown, staged, undone, carried out, and searched for."""

from __future__ import annotations

import pytest

from gdprdesk.desk import Desk
from gdprdesk.services.person_json import person_copy
from gdprdesk.services.subjects import list_subjects
from tests.builders import CHEAP, PASSWORD
from tests.pages import decrypted_pages, vault_key


def everything_of(gdprdesk, cafe, ref):
    return gdprdesk("person", cafe, ref, "--json").value


def who(gdprdesk, cafe, *, invoiced: bool):
    """Return a private customer whose orders are all settled, with an invoice or without any."""
    whole = ("--limit", 999, "--json")
    orders = gdprdesk("do", cafe, "booking.list", *whole).value["rows"]
    invoices = gdprdesk("do", cafe, "invoice.list", *whole).value["rows"]
    people = gdprdesk("people", cafe, "--json").value["rows"]
    names = {row["name"] for row in people if row["email"] and row["phone"]}
    unsettled = {row["subject_ref"] for row in orders if row["state"] in {"confirmed", "enquiry"}}
    unsettled |= {row["subject_ref"] for row in orders if row["is_unpaid"]}
    unsettled |= {row["subject_ref"] for row in invoices if not row["paid_on"]}
    buyers = {row["subject_ref"] for row in invoices}
    return next(
        row["subject_ref"]
        for row in orders
        if row["who"] in names
        and row["subject_ref"] not in unsettled
        and (row["subject_ref"] in buyers) is invoiced
    )


def test_a_preview_says_what_goes_and_stays_and_changes_nothing(gdprdesk, cafe) -> None:
    ref = who(gdprdesk, cafe, invoiced=True)
    before = everything_of(gdprdesk, cafe, ref)
    answer = gdprdesk("erase", cafe, ref, "--preview", "--json").value
    assert list(answer)[:6] == ["ref", "state", "erase", "keep", "outside", "backups"]
    assert list(answer)[6:] == [
        *("proofs", "traces", "searched", "masked", "namesakes"),
        *("journal_goes", "journal_stays", "gift_cards"),
    ]
    assert (answer["journal_goes"], answer["journal_stays"]) == ("", "")
    assert (answer["ref"], answer["state"], answer["backups"]) == (ref, "preview", [])
    listed = {(kind, one["ref"]) for kind, some in before["records"].items() for one in some}
    gone = {(one["kind"], one["ref"]) for one in answer["erase"]}
    kept = {(one["record"]["kind"], one["record"]["ref"]) for one in answer["keep"]}
    assert gone | kept == listed
    assert not gone & kept
    for one in answer["keep"]:
        assert one["law"]
        assert one["until"] > "2031"
        assert one["fields"]
    assert all(one["key"] and one["recipient"] and one["task"] for one in answer["outside"])
    assert all(person_name(before) in one["look_for"] for one in answer["outside"])
    assert everything_of(gdprdesk, cafe, ref)["records"] == before["records"]


def person_name(person) -> str:
    name: str = person["person"]["name"]
    return name


def test_a_staged_erasure_hides_her_and_can_be_undone(gdprdesk, cafe) -> None:
    ref = who(gdprdesk, cafe, invoiced=False)
    before = gdprdesk("people", cafe, "--json").value
    assert gdprdesk("erase", cafe, ref, "--json").value["state"] == "staged"
    assert gdprdesk("people", cafe, "--json").value["total"] == before["total"] - 1
    undone = gdprdesk("erase", cafe, ref, "--undo", "--json").value
    assert (undone["ref"], undone["state"], undone["erase"]) == (ref, "undone", [])
    assert gdprdesk("people", cafe, "--json").value == before


def test_a_staged_erasure_is_carried_out_when_its_time_has_come(gdprdesk, cafe, clock) -> None:
    ref = who(gdprdesk, cafe, invoiced=False)
    assert gdprdesk("erase", cafe, ref).code == 0
    clock.move(hours=25)
    assert gdprdesk("check", cafe, "--json").value["residue"] == 0
    said = gdprdesk("erase", cafe, ref, "--undo")
    assert said.code == 1
    assert "cannot be undone" in said.err


@pytest.mark.parametrize("invoiced", [False, True])
def test_nothing_of_an_erased_person_is_in_any_page(gdprdesk, cafe, clock, invoiced) -> None:
    ref = who(gdprdesk, cafe, invoiced=invoiced)
    person = everything_of(gdprdesk, cafe, ref)
    answer = gdprdesk("erase", cafe, ref, "--now", "--json").value
    assert answer["state"] == ("held" if invoiced else "done")
    assert gdprdesk("check", cafe, "--json").value["ok"]
    pages = decrypted_pages(cafe, vault_key(cafe))
    invoices = str(person["records"].get("invoice", ""))
    texts = [person["person"]["name"]]
    texts += [one["value"] for one in person["records"]["contact_detail"]]
    texts += [one["note"] for one in person["records"]["booking"] if one["note"]]
    others = everybody_else(cafe, clock)
    looked_for = [text for text in texts if text not in invoices and text not in others]
    assert len(looked_for) >= 2
    assert [text for text in looked_for if text.encode() in pages] == []
    assert (person["person"]["name"].encode() in pages) is invoiced
    kept = {one["record"]["kind"] for one in answer["keep"]}
    assert kept == ({"invoice"} if invoiced else set())


def everybody_else(cafe, clock) -> str:
    """Return all that is known of the others: two people may share a note or a street."""
    desk = Desk.unlock(cafe, password=PASSWORD, limits=CHEAP, clock=clock)
    try:
        rows = desk.ask(list_subjects, limit=999).rows
        return str([desk.ask(person_copy, subject_ref=row.ref)["records"] for row in rows])
    finally:
        desk.lock()


def test_the_receipt_of_an_erasure_names_nobody(gdprdesk, cafe) -> None:
    ref = who(gdprdesk, cafe, invoiced=True)
    name = everything_of(gdprdesk, cafe, ref)["person"]["name"]
    assert gdprdesk("erase", cafe, ref, "--now").code == 0
    assert gdprdesk("export", cafe, "receipt", "--person", ref, "--to", "r.pdf").code == 0
    said = gdprdesk("do", cafe, "report.receipt", "--subject-ref", ref)
    assert ref in said.out
    assert name not in said.out


def test_an_open_order_keeps_her_until_it_is_delivered(gdprdesk, cafe, somebody) -> None:
    answer = gdprdesk("erase", cafe, somebody, "--now", "--json").value
    assert answer["state"] == "waiting"
    assert "booking" in {one["record"]["kind"] for one in answer["keep"]}
    assert somebody in {row["ref"] for row in gdprdesk("people", cafe, "--json").value["rows"]}


def test_people_read_what_goes_and_what_stays(gdprdesk, cafe) -> None:
    ref = who(gdprdesk, cafe, invoiced=True)
    said = gdprdesk("erase", cafe, ref, "--preview")
    assert "Nothing is erased yet" in said.out
    assert "Invoice" in said.out
    said = gdprdesk("erase", cafe, ref)
    assert "Until then you can undo it" in said.out
    assert "Everything is as it was" in gdprdesk("erase", cafe, ref, "--undo").out
    assert "Every page of the file is cleaned" in gdprdesk("erase", cafe, ref, "--now").out


def test_her_name_is_masked_in_what_is_written_about_others(gdprdesk, cafe, clock) -> None:
    ref = who(gdprdesk, cafe, invoiced=False)
    name = person_name(everything_of(gdprdesk, cafe, ref))
    people = gdprdesk("people", cafe, "--json").value["rows"]
    other = next(row["ref"] for row in people if row["ref"] != ref)
    gdprdesk("do", cafe, "note.add", "--subject-ref", other, "--text", f"Hämtas av {name}")
    answer = gdprdesk("erase", cafe, ref, "--preview", "--json").value
    traces = [one for one in answer["traces"] if one["kind"] == "working_note"]
    assert [(one["sure"], one["around"]) for one in traces] == [(True, f"Hämtas av {name}")]
    assert answer["searched"]["working_note"] >= 1
    said = gdprdesk("erase", cafe, ref, "--preview").out
    assert "Named in other people's records" in said
    done = gdprdesk(
        "erase", cafe, ref, "--now", "--ground", "not_needed", "--checked", "known_person", "--json"
    ).value
    assert (done["state"], done["masked"]) == ("done", len([1 for one in answer["traces"]]))
    texts = str(everything_of(gdprdesk, cafe, other))
    assert name not in texts
    assert "Hämtas av [raderat]" in texts


def test_traces_are_left_on_request_and_now_does_not_wait(gdprdesk, cafe) -> None:
    ref = who(gdprdesk, cafe, invoiced=False)
    name = person_name(everything_of(gdprdesk, cafe, ref))
    people = gdprdesk("people", cafe, "--json").value["rows"]
    other = next(row["ref"] for row in people if row["ref"] != ref)
    gdprdesk("do", cafe, "note.add", "--subject-ref", other, "--text", f"Hämtas av {name}")
    assert gdprdesk("erase", cafe, ref, "--leave-traces").code == 0
    assert gdprdesk("erase", cafe, ref, "--now", "--json").value["state"] == "done"
    assert name in str(everything_of(gdprdesk, cafe, other))
    assert gdprdesk("erase", cafe, ref, "--now").code == 1
