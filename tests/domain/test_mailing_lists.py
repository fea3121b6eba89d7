"""The lists of newsletter programs are understood as each writes them; each address falls once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.list_comparison import Finding, Here, judge
from gdprdesk.domain.mailing_lists import (
    MailingStatus,
    MailingTool,
    Member,
    Sheet,
    has_addresses,
    read_members,
    tool_of,
)

TODAY = date(2026, 11, 21)
ACTIVE, UNCONFIRMED = MailingStatus.ACTIVE, MailingStatus.UNCONFIRMED
BOUNCED, LEFT = MailingStatus.BOUNCED, MailingStatus.UNSUBSCRIBED
# As Mailchimp writes it; the order is that of exported files in public repositories, among others
# hourofcode's mailing scripts (UNSUB_* before MEMBER_RATING) and the test data of the Ruby library
# honey_format ("Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,...,EUID,NOTES).
_AFTER_THE_NAME = """
    MEMBER_RATING OPTIN_TIME OPTIN_IP CONFIRM_TIME CONFIRM_IP LATITUDE LONGITUDE GMTOFF DSTOFF
    TIMEZONE CC REGION LAST_CHANGED LEID EUID NOTES TAGS
"""
MAILCHIMP = ("Email Address", "First Name", "Last Name", *_AFTER_THE_NAME.split())
# MailerLite's own words, from its public interface (github.com/mailerlite/mailerlite-nodejs).
MAILERLITE = ("email", "name", "last_name", "status", "subscribed_at", "unsubscribed_at")


def sheet(name: str, header: tuple[str, ...], *rows: dict[str, str]) -> Sheet:
    return Sheet(name, header, tuple(tuple(row.get(one, "") for one in header) for row in rows))


def read(*sheets: Sheet) -> list[tuple[str, str, MailingStatus, date | None]]:
    return [(one.email, one.name, one.status, one.left_on) for one in read_members(sheets, TODAY)]


def test_mailchimp_says_it_by_the_file() -> None:
    asa = {"Email Address": "asa@example.com", "First Name": "Åsa", "Last Name": "Öberg"}
    left = (*MAILCHIMP, "UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_REASON")
    bjork = {"Email Address": "bjørk@example.com", "UNSUB_TIME": "2026-10-03 18:40:11"}
    bjork["UNSUB_REASON"] = "NORMAL"
    cleaned = (*MAILCHIMP, "CLEAN_TIME")
    sheets = (
        sheet("subscribed_email_audience_export_0a1b2c3d4e", MAILCHIMP, asa),
        sheet("unsubscribed_email_audience_export_0a1b2c3d4e", left, bjork),
        sheet("cleaned_email_audience_export_0a1b2c3d4e", cleaned, {"Email Address": "x@a.se"}),
        sheet("nonsubscribed_email_audience_export_0a1b2c", MAILCHIMP, {"Email Address": "y@a.se"}),
    )
    assert read(*sheets) == [
        ("asa@example.com", "Åsa Öberg", ACTIVE, None),
        ("bjørk@example.com", "", LEFT, date(2026, 10, 3)),
        ("x@a.se", "", BOUNCED, None),
        ("y@a.se", "", UNCONFIRMED, None),
    ]
    assert tool_of(sheets) is MailingTool.MAILCHIMP


def test_mailerlite_says_it_by_a_word() -> None:
    rows = [
        {"email": f"{status}@example.com", "status": status, "unsubscribed_at": day}
        for status, day in (
            ("active", ""),
            ("unsubscribed", "2026-09-01 08:00:00"),
            ("unconfirmed", ""),
            ("bounced", ""),
            ("junk", ""),
        )
    ]
    rows.append(  # who came back: the day of then stands there still
        {"email": "back@example.com", "status": "active", "unsubscribed_at": "2025-01-01 08:00:00"}
    )
    found = sheet("subscribers", MAILERLITE, *rows)
    assert [one[2:] for one in read(found)] == [
        (ACTIVE, None),
        (LEFT, date(2026, 9, 1)),
        (UNCONFIRMED, None),
        (BOUNCED, None),
        (LEFT, None),  # she called it spam
        (ACTIVE, None),
    ]
    assert tool_of((found,)) is MailingTool.MAILERLITE


def test_paloma_says_it_by_the_sheet() -> None:
    # support.paloma.se, "Redigera Kontaktlista": the unsubscribed come "på en separat flik".
    header = ("E-post", "Förnamn", "Efternamn", "Rättslig grund")
    left = (*header, "Avregistreringsdatum")
    sheets = (
        sheet("Kontakter", header, {"E-post": "sæbjørg@example.com", "Förnamn": "Sæbjørg"}),
        sheet(
            "Avregistrerade",
            left,
            {"E-post": "ake@example.com", "Avregistreringsdatum": "2026-11-20 09:12"},
            {"E-post": "utan@example.com"},
        ),
    )
    assert read(*sheets) == [
        ("sæbjørg@example.com", "Sæbjørg", ACTIVE, None),
        ("ake@example.com", "", LEFT, date(2026, 11, 20)),
        ("utan@example.com", "", LEFT, None),
    ]
    assert tool_of(sheets) is MailingTool.PALOMA


@pytest.mark.parametrize(
    ("cell", "status", "day"),
    [
        ("2026-02-30", LEFT, None),  # no such day
        ("2031-01-01", LEFT, TODAY),  # nobody has left tomorrow
        ("03/10/2026", LEFT, None),  # March or October: nobody can tell
        ("no", ACTIVE, None),
        ("0", ACTIVE, None),
        ("yes", LEFT, None),
    ],
)
def test_a_day_of_leaving_is_taken_only_when_it_is_clear(cell, status, day) -> None:
    found = sheet("list", ("Email", "Unsubscribed"), {"Email": "a@b.se", "Unsubscribed": cell})
    assert [one[2:] for one in read(found)] == [(status, day)]


def test_what_has_no_addresses_is_no_list() -> None:
    found = sheet("list", ("Namn", "Ort"), {"Namn": "Åsa", "Ort": "Lund"})
    assert not has_addresses(found)
    assert read(found) == []
    assert tool_of((found,)) is None


def test_each_tool_says_where_its_files_come_from_and_go_to() -> None:
    for tool in MailingTool:
        assert tool.label in tool.how_to_export
        assert tool.label in tool.how_to_import
        assert len(tool.columns) == 3


DAY = date(2026, 6, 1)
SINCE, BEFORE = date(2026, 6, 2), date(2026, 5, 31)


@pytest.mark.parametrize(
    ("here", "there", "left_on", "expected"),
    [
        (Here(yes_on=DAY), ACTIVE, None, Finding.ALIKE),
        (Here(yes_on=DAY), LEFT, SINCE, Finding.LEFT),
        (Here(yes_on=DAY), LEFT, DAY, Finding.LEFT),  # on one day: the no counts
        (Here(yes_on=DAY), LEFT, None, Finding.LEFT),
        (Here(yes_on=DAY), LEFT, BEFORE, Finding.YES_SINCE),
        (Here(yes_on=DAY), BOUNCED, None, Finding.BOUNCED),
        (Here(yes_on=DAY), None, None, Finding.MISSING),
        (Here(yes_on=DAY, erased=True), ACTIVE, None, Finding.ALIKE),  # said yes anew
        (Here(yes_on=DAY, held_back=True), ACTIVE, None, Finding.SAID_NO),
        (Here(yes_on=DAY, held_back=True), LEFT, SINCE, Finding.LEFT),
        (Here(yes_on=DAY, held_back=True), None, None, Finding.GONE),
        (Here(erased=True), ACTIVE, None, Finding.ERASED),
        (Here(erased=True), LEFT, DAY, Finding.ERASED),  # her address is there all the same
        (Here(erased=True), None, None, Finding.GONE),
        (Here(said_no=True), ACTIVE, None, Finding.SAID_NO),
        (Here(said_no=True), BOUNCED, None, Finding.GONE),
        (Here(said_no=True), LEFT, DAY, Finding.GONE),
        (Here(pending=True), UNCONFIRMED, None, Finding.PENDING),
        (Here(pending=True), ACTIVE, None, Finding.UNPROVEN),
        (Here(), ACTIVE, None, Finding.UNPROVEN),
        (Here(), BOUNCED, None, Finding.UNPROVEN),
        (Here(), UNCONFIRMED, None, Finding.PENDING),
        (Here(), LEFT, DAY, Finding.GONE),
    ],
)
def test_what_becomes_of_an_address(here, there, left_on, expected) -> None:
    assert judge(here, there, left_on) is expected


days = st.none() | st.dates(date(2020, 1, 1), TODAY)
heres = st.builds(
    Here, yes_on=days, held_back=st.booleans(), erased=st.booleans(), said_no=st.booleans(),
    pending=st.booleans(),
)  # fmt: skip


@given(heres, st.none() | st.sampled_from(MailingStatus), days)
def test_nobody_without_a_yes_is_left_where_letters_reach_her(here, there, left_on) -> None:
    found = judge(here, there, left_on)
    assert found in Finding
    assert found.label
    assert found.advice
    may = here.yes_on is not None and not here.held_back
    if there is ACTIVE:
        assert found.there is not may
        assert (found is Finding.ALIKE) is may
    if found is Finding.MISSING:  # what the next export adds
        assert may
        assert there is None
    if here.erased and here.yes_on is None and there is not None:
        assert found is Finding.ERASED


@given(st.lists(st.builds(Member, st.text(), st.text(), st.sampled_from(MailingStatus), days)))
def test_whatever_stands_in_the_cells_is_read(members) -> None:
    rows = [
        {"email": one.email, "name": one.name, "unsubscribed_at": str(one.left_on)}
        for one in members
    ]
    for one in read_members((sheet("x", MAILERLITE, *rows),), TODAY):
        assert "@" in one.email
        assert one.left_on is None or one.left_on <= TODAY
