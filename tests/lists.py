"""Customer lists with one person in them, as the programs that keep them write them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import openpyxl

MEMBER = (
    "Email Address", "First Name", "Last Name", "Address", "Phone Number", "Birthday",
    "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "LATITUDE",
    "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION",
)  # fmt: skip
SUBSCRIBED = (*MEMBER, "LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS")
UNSUBSCRIBED = (
    *MEMBER, "UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON",
    "UNSUB_REASON_OTHER", "LEID", "EUID", "NOTES", "TAGS",
)  # fmt: skip
CLEANED = (
    *MEMBER, "CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID", "LEID", "EUID", "NOTES",
    "TAGS",
)  # fmt: skip
_OF_EVERYBODY = {
    "MEMBER_RATING": "2",
    "CONFIRM_TIME": "2019-03-16 14:40:47",
    "CONFIRM_IP": "203.0.113.9",
    "LAST_CHANGED": "2019-03-16 14:40:47",
    "LEID": "206430713",
    "EUID": "a3f1d0c8e2",
    "TAGS": '"Stammis"',
}


def mailchimp(path: Path, header: tuple[str, ...], *people: Mapping[str, str]) -> Path:
    """Write a list of members as Mailchimp's export does: UTF-8, commas."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(header)
        for one in people:
            known = {**_OF_EVERYBODY, **one}
            writer.writerow([known.get(column, "") for column in header])
    return path


def workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write a list as Excel does."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Namn", "E-post", "Telefon"), *rows):
        sheet.append(row)
    book.save(path)
    return path


def address_book(path: Path, *people: tuple[str, str, str]) -> Path:
    """Write cards with a name, an e-mail address and a number as a phone does."""
    cards = (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL;type=HOME:{email}\r\n"
        f"TEL;type=CELL:{phone}\r\nEND:VCARD\r\n"
        for name, email, phone in people
    )
    path.write_text("".join(cards), "utf-8", newline="")
    return path
