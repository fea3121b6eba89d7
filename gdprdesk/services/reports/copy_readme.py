"""The text beside a person's copy that says what each file is."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from gdprdesk.i18n import _, format_day
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.log_anchors import log_anchor
from gdprdesk.services.person_copy import PersonCopy
from gdprdesk.services.reports.person import say_left_out


def readme(read: Session, copy: PersonCopy) -> bytes:
    """Return what is in the zip, in the language spoken, as text that every editor opens."""
    return "\r\n".join(_lines(read, copy)).encode("utf-8-sig", "replace")


def _lines(read: Session, copy: PersonCopy) -> Iterator[str]:
    controller = controller_of(read)
    yield _("Your data at {name}, {day}").format(
        name=controller.name, day=format_day(today_of(read))
    )
    yield ""
    if not copy.portable:
        yield _("copy.pdf: everything we hold about you, to read and print.")
    yield _("copy.json: all of it for programs. Another business can take it in.")
    yield _("contact.vcf: your name, phone numbers and addresses, for an address book.")
    yield _("calendar.ics: your orders and visits, for a calendar.")
    yield _("tables: the same as tables, one for each kind, for Excel and other programs.")
    if copy.paths:
        yield _("files: pictures and documents. copy.json says what each of them is.")
    if copy.masks:
        yield ""
        yield _(
            "Where it says {masked} we have taken out what is about somebody else. The reasons "
            "stand at the end of the copy."
        ).format(masked=_("[masked]"))
    if copy.portable:
        yield ""
        yield _("This is what you gave us yourself, by agreement or consent, to take along.")
        if counts := say_left_out(copy):
            yield _("Not in here: {what}. Ask for a copy of everything to see it.").format(
                what=", ".join(counts)
            )
    contact = controller.email or controller.phone or controller.address or controller.name
    yield ""
    yield _("Questions? Write to {contact}.").format(contact=contact)
    if anchor := log_anchor(read):
        yield anchor
    yield ""
