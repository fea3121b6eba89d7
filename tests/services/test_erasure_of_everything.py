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
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
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
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.contacts import ContactEntry
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.finding import activity_for
from gdprdesk.services.invoices import list_invoices, set_invoice_paid
from gdprdesk.services.media import add_media
from gdprdesk.services.notes import add_attachment, add_note, save_draft
from gdprdesk.services.requests import open_request
from gdprdesk.services.subjects import update_subject
from gdprdesk.services.take_down import publish_media
from gdprdesk.services.traces import list_traces
from gdprdesk.store.search import index_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, delivered, invoiced, person, reopened
from tests.pages import PAGE, decrypted_pages, vault_key
from tests.shown import WEB, agreed, picture

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
    "Fotoordet",
    "Omdomesordet",
    "Lankordet",
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
    desk.run(add_attachment, subject_ref=ref, path=photo)
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
    pictures(desk, tmp_path, ref, other)
    desk.run(add_note, subject_ref=other, text=f"Hämtar åt {NAME}, ring 070-174 06 45")
    return ref


def pictures(desk: Desk, folder: Path, ref: SubjectRef, other: SubjectRef) -> None:
    """Put her into a picture of somebody else, and let her have written a reference."""
    for one in (ref, other):
        agreed(desk, one, WEB)
    shown = picture(desk, folder, other, ref, title="Fotoordet", name="Fotoordet")
    desk.run(publish_media, ref=shown, channel=WEB, link="https://example.com/Lankordet")
    desk.run(add_media, title="Omdomesordet", words="Omdomesordet", subject_refs=(ref,))


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
    invoiced(desk, zaphira, paid_on=TODAY if paid else None, buyer_address="Storgatan 9, Alvesta")
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


def frames(desk: Desk) -> int:
    """Return how many pages the write-ahead log holds."""
    log = desk.folder / "register.db-wal"
    return max(0, log.stat().st_size - 32) // (PAGE + 24) if log.exists() else 0


def plant_others(desk: Desk, clock: Clock, keys: range) -> None:
    """Write people with a number and a note each, past the actions."""
    with UnitOfWork(desk._vault, clock) as work:
        connection = work.session.connection()
        known = {
            "registered_on": TODAY, "kind": "CUSTOMER", "state": "ACTIVE", "former_refs": []
        }  # fmt: skip
        base = {"activity_id": activity_for(work.session, WorkingNote).id, "recorded_on": TODAY}
        own = [{**base, "subject_id": key} for key in keys]
        number = "+4670{:07}".format
        people: list[dict[str, object]] = [
            {**known, "id": key, "ref": f"p{key}", "sort_key": f"{key:07}", "name": f"Ulf Ek{key}"}
            for key in keys
        ]
        notes = [
            {**one, "ref": f"n{key}", "text": f"Bulle {key}", "channel": "PHONE"}
            for key, one in zip(keys, own, strict=True)
        ]
        numbers = [
            {**one, "ref": f"c{key}", "kind": "PHONE", "value": number(key), "normal": number(key)}
            for key, one in zip(keys, own, strict=True)
        ]
        written = (DataSubject, people), (WorkingNote, notes), (ContactDetail, numbers)
        for kind, rows in written:
            connection.execute(insert(kind), rows)
        index_subjects(work.session, keys)
        work.commit("test.fill")


def pages_written(desk: Desk, number: int) -> int:
    """Erase somebody with a few records; return how many pages that wrote."""
    ref = person(desk, f"Zaphira Qvistberg{number}", phone=f"07099900{number:02}")
    delivered(desk, ref, what=f"Tårta {number}")
    desk.run(add_note, subject_ref=ref, text="Gillar marsipan")
    desk.run(stage_erasure, subject_ref=ref, at_once=True)
    desk.rest()
    assert frames(desk) == 0
    desk.run(erase_subject, subject_ref=ref)
    return frames(desk)


@pytest.mark.spoils
@pytest.mark.slow
def test_erasing_writes_no_more_pages_in_a_larger_register(desk: Desk, clock: Clock) -> None:
    plant_others(desk, clock, range(10_000, 12_000))
    few = [pages_written(desk, number) for number in range(3)]
    plant_others(desk, clock, range(100_000, 148_000))
    many = [pages_written(desk, number) for number in range(10, 13)]
    assert max(many) < 2 * min(few)
    assert max(many) < 200


@pytest.mark.slow
def test_the_file_is_cleaned_once_however_many_were_erased(desk: Desk, clock: Clock) -> None:
    plant_others(desk, clock, range(10_000, 10_030))
    for key in range(10_000, 10_030):
        desk.run(stage_erasure, subject_ref=SubjectRef(f"p{key}"))
    clock.move(hours=25)
    before = cleanings(desk)
    told: list[tuple[int, int]] = []
    desk.finish(Told(told))
    assert cleanings(desk) - before == 1
    assert told[0][0] == 0
    assert told[-1][0] <= told[-1][1]
    assert desk.check().residue == 0


class Told(Progress):
    """Somebody who is told how far it has come."""

    def __init__(self, told: list[tuple[int, int]]) -> None:
        self._told = told

    def step(self, done: int, total: int, text: str = "") -> None:
        del text
        self._told.append((done, total))


def cleanings(desk: Desk) -> int:
    """Return a number that grows by one each time the file is written anew."""
    number: int = desk.ask(lambda read: read.scalar(text("PRAGMA schema_version"))) or 0
    return number


CHILD = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gdprdesk.desk import Desk
from tests.builders import CHEAP, PASSWORD

late = datetime(2026, 11, 23, tzinfo=UTC)
print("opening", flush=True)
desk = Desk.unlock(Path(sys.argv[1]), password=PASSWORD, limits=CHEAP, clock=lambda: late)
desk.lock()
print("done", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a program at a chosen moment")
def test_a_kill_at_any_moment_is_finished_at_the_next_start(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    """While the staged are erased, the pages are cleaned, or the receipts are written."""
    plant_others(desk, clock, range(10_000, 10_400))
    for key in range(10_000, 10_012):
        desk.run(stage_erasure, subject_ref=SubjectRef(f"p{key}"))
    desk.lock()
    child = tmp_path / "child.py"
    child.write_text(CHILD)
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = 0
    for number in range(12):
        started = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, str(child), str(desk.folder)],
            stdout=subprocess.PIPE,
            env=known,
            text=True,
        )
        assert started.stdout
        assert started.stdout.readline() == "opening\n"
        try:
            started.wait(timeout=0.15 * (number + 1))  # each time a later moment
        except subprocess.TimeoutExpired:
            started.send_signal(signal.SIGKILL)
            killed += 1
        started.communicate()
    assert killed
    clock.move(days=2)
    with reopened(desk, clock) as later:
        for key in range(10_000, 10_012):
            receipt = later.ask(show_receipt, subject_ref=SubjectRef(f"p{key}"))
            assert receipt.state is ErasureState.DONE
            assert receipt.cleaned_at
        report = later.check()
        assert report.residue == 0
        # What was planted past the actions is not in the log.
        assert [one.name for one in report.checks if not one.ok] == ["audit_tables"]
        pages = decrypted_pages(later.folder, vault_key(later.folder))
        gone = [key for key in range(10_000, 10_012) if f"Ulf Ek{key}".encode() in pages]
        assert gone == []
        assert b"Ulf Ek10300" in pages
