"""Exports of newsletter programs as each writes them, with the people a test wants in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from gdprdesk.domain.mailing_lists import MailingTool
from tests import lists

Left = tuple[str, str]
"""An address, and when its owner left, as "2026-10-03"."""


def mailchimp(
    path: Path,
    active: Sequence[Mapping[str, str]] = (),
    left: Sequence[Left] = (),
    cleaned: Sequence[str] = (),
) -> Path:
    """Write the zip that Mailchimp gives: a list of who is there, who left and who was cleaned."""
    gone = [{"Email Address": one, "UNSUB_TIME": f"{day} 18:40:11"} for one, day in left]
    dead = [{"Email Address": one, "CLEAN_TIME": "2026-05-01 10:00:00"} for one in cleaned]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for kind, header, people in (
            ("subscribed", lists.SUBSCRIBED, active),
            ("unsubscribed", lists.UNSUBSCRIBED, gone),
            ("cleaned", lists.CLEANED, dead),
        ):
            part = lists.mailchimp(path.with_suffix(f".{kind}.csv"), header, *people)
            packed.write(part, f"{kind}_email_audience_export_0a1b2c3d4e.csv")
            part.unlink()
    return path


def mailerlite(
    path: Path,
    active: Sequence[Mapping[str, str]] = (),
    left: Sequence[Left] = (),
    cleaned: Sequence[str] = (),
) -> Path:
    """Write the one CSV file that MailerLite gives, with a column for the status."""
    lines = ["email,name,last_name,status,subscribed_at,unsubscribed_at"]
    for one in active:
        names = f"{one.get('First Name', '')},{one.get('Last Name', '')}"
        lines.append(f"{one['Email Address']},{names},active,2025-02-03 10:00:00,")
    lines += [f"{one},,,unsubscribed,2025-02-03 10:00:00,{day} 18:40:11" for one, day in left]
    lines += [f"{one},,,bounced,2025-02-03 10:00:00," for one in cleaned]
    path.write_text("\n".join(lines), "utf-8")
    return path


def paloma(
    path: Path,
    active: Sequence[Mapping[str, str]] = (),
    left: Sequence[Left] = (),
    cleaned: Sequence[str] = (),
) -> Path:
    """Write the Excel file that Paloma gives: the unsubscribed on a sheet of their own."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    people = book.create_sheet("Kontakter")
    people.append(("E-post", "Förnamn", "Efternamn", "Rättslig grund"))
    for one in active:
        named = (one.get("First Name"), one.get("Last Name"))
        people.append((one["Email Address"], *named, "Samtycke"))
    gone = book.create_sheet("Avregistrerade")
    gone.append(("E-post", "Avregistreringsdatum"))
    for address, day in left:
        gone.append((address, f"{day} 18:40:11"))
    dead = book.create_sheet("Studsar")
    dead.append(("E-post", "Orsak"))
    for address in cleaned:
        dead.append((address, "Finns inte"))
    book.save(path)
    return path


WRITERS = {
    MailingTool.MAILCHIMP: (mailchimp, "mailchimp.zip"),
    MailingTool.MAILERLITE: (mailerlite, "mailerlite.csv"),
    MailingTool.PALOMA: (paloma, "paloma.xlsx"),
}


def packed(path: Path, **contents: bytes) -> Path:
    """Write a zip of files by name; a double underscore in it is a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in contents.items():
            archive.writestr(name.replace("__", "."), one)
    path.write_bytes(content.getvalue())
    return path
