"""A person of whom there is everything, erased for good, and what that costs.

The search is for the words themselves, in every page decrypted, in the index, the backups, the
ledger, the log, the settings and the folder of temporary files.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, text

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ActivityRef, RecordRef, SubjectRef
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    Channel,
    ConsentMethod,
    ContactKind,
    Decision,
    ErasureState,
    RequestKind,
)
from gdprdesk.jobs import Progress
from gdprdesk.services.bookings import set_booking_state
from gdprdesk.services.consents import list_consent_texts, record_consent
from gdprdesk.services.contacts import ContactEntry
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.finding import activity_for
from gdprdesk.services.invoices import list_invoices, set_invoice_paid
from gdprdesk.services.notes import add_attachment, add_note, save_draft
from gdprdesk.services.requests import open_request
from gdprdesk.services.subjects import update_subject
from gdprdesk.services.traces import list_traces
from gdprdesk.store.search import index_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, delivered, invoiced, person, reopened
from tests.pages import PAGE, decrypted_pages, vault_key

NAME = "Zaphira Qvistberg"
# Each stands in one place only; the invoice keeps the name and the address, the rest goes.
WORDS = (
    "Qvistberg",
    "qvistberg",
    "zaphira",
    "0701740645",
    "701740645",
    "kvitter.example",
    "Orderordet",
    "Dietordet",
    "Noteordet",
    "Bildordet",
    "Bildinnehall",
    "Bevisordet",
    "Utkastordet",
    "Onskeordet",
    "Kontaktordet",
)


@pytest.fixture
def zaphira(desk: Desk, tmp_path: Path) -> SubjectRef:
    """Somebody with every kind of record that the window makes, and named in somebody else's."""
    ref = person(desk, NAME, phone="0701740645", email="zaphira@kvitter.example")
    desk.run(
        update_subject,
        subject_ref=ref,
        contacts=(
            ContactEntry(ContactKind.PHONE, "0701740645"),
            ContactEntry(ContactKind.EMAIL, "zaphira@kvitter.example"),
            ContactEntry(ContactKind.OTHER, "Kontaktordet"),
        ),
    )
    delivered(desk, ref, what="Orderordet", diet="Dietordet", channel=Channel.MESSENGER)
    desk.run(add_note, subject_ref=ref, text="Noteordet", channel=Channel.PHONE)
    photo = tmp_path / "Bildordet.jpg"
    photo.write_bytes(b"Bildinnehall" * 2000)
    desk.run(add_attachment, subject_ref=ref, path=photo, activity_ref=photos(desk))
    photo.unlink()
    for words in desk.ask(list_consent_texts)[:2]:
        desk.run(
            record_consent,
            subject_ref=ref,
            text_ref=words.ref,
            decision=Decision.GIVEN,
            method=ConsentMethod.ORALLY,
            evidence="Bevisordet",
        )
    desk.run(save_draft, form="order", entered={"what": "Utkastordet"}, subject_ref=ref)
    desk.run(
        open_request,
        kind=RequestKind.ERASE,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=ref,
        wish="Onskeordet",
    )
    other = person(desk, "Anders Berg")
    desk.run(add_note, subject_ref=other, text=f"Hämtar åt {NAME}, ring 070-174 06 45")
    return ref


def photos(desk: Desk) -> ActivityRef | None:
    del desk
    return None


def everywhere(desk: Desk, *beside: Path) -> bytes:
    """Return all there is of a register: pages, folder, copies, settings, temporary files."""
    desk.rest()
    found = [decrypted_pages(desk.folder, vault_key(desk.folder))]
    for place in (desk.folder, *beside):
        for file in sorted(one for one in place.rglob("*") if one.is_file()):
            found += [str(file.name).encode(), file.read_bytes()]
            if file.name.endswith(".gdprdesk-backup"):
                found.append(pages_of_copy(file, desk))
    return b"".join(found)


def pages_of_copy(copy: Path, desk: Desk) -> bytes:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(copy) as packed:
        packed.extractall(folder)
        inside = next(Path(folder).rglob("register.db")).parent
        return decrypted_pages(inside, vault_key(desk.folder))


def left(content: bytes) -> list[str]:
    return [word for word in WORDS if word.encode() in content]


@pytest.mark.parametrize("paid", [True, False], ids=["paid", "unpaid"])
def test_of_somebody_with_everything_only_the_invoice_is_left(
    desk: Desk, zaphira: SubjectRef, clock: Clock, tmp_path: Path, *, paid: bool
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    invoiced(
        desk, zaphira, paid_on=TODAY if paid else None, buyer_address="Storgatan 9, Alvesta"
    )
    desk.backup(usb)
    desk.rest()
    before = everywhere(desk, usb)
    assert left(before) == list(WORDS)
    assert left(pages_of_copy(next(usb.glob("*.gdprdesk-backup")), desk)) == list(WORDS)
    masks = desk.ask(list_traces, subject_ref=zaphira).advised
    desk.run(stage_erasure, subject_ref=zaphira, masks=masks, at_once=True)
    desk.run(erase_subject, subject_ref=zaphira)
    desk.finish()
    receipt = desk.ask(show_receipt, subject_ref=zaphira)
    assert receipt.state is ErasureState.HELD
    assert receipt.masked == 2
    assert receipt.cleaned_at == clock.now
    assert all(one["done_on"] for one in receipt.copies)
    assert len(receipt.copies) == 1
    after = everywhere(desk, usb)
    assert left(after) == ["Qvistberg"]  # the buyer of the invoice
    assert b"Storgatan 9, Alvesta" in after
    clock.go_to(date(2034, 1, 1))
    with reopened(desk, clock) as later:
        if not paid:
            assert later.ask(show_receipt, subject_ref=zaphira).state is ErasureState.HELD
            (invoice,) = later.ask(list_invoices).rows
            later.run(set_invoice_paid, ref=invoice.ref, paid_on=date(2034, 1, 1))
            later.finish()
        promised = later.ask(show_receipt, subject_ref=zaphira)
        assert promised.state is ErasureState.DONE
        assert promised.cleaned_at == clock.now
        assert left(decrypted_pages(later.folder, vault_key(later.folder))) == []
        assert later.check().ok
