"""A copy that cannot be taken in: a sentence, and what is here stays as it was."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.imports.person_file import is_person_copy, is_sealed, open_person
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.copy_import import import_copy, review_copy
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.notes import add_attachment
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import CAFE, CHEAP, PASSWORD, Clock, delivered, invoiced, person

SEALED = "a very long password"


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Any:
    """Another register of the same trade with nobody in it."""
    opened, _key = Desk.create(
        tmp_path / "other.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield opened
    opened.lock()


@pytest.fixture
def karin(desk: Desk, tmp_path: Path) -> SubjectRef:
    ref = person(desk, phone="0701740645", email="karin@example.com")
    invoiced(desk, ref)
    (tmp_path / "bild.png").write_bytes(b"picture")
    desk.run(add_attachment, subject_ref=ref, path=tmp_path / "bild.png")
    return ref


def handed_out(desk: Desk, ref: SubjectRef, to: Path, **said: Any) -> Path:
    desk.run(export_person, subject_ref=ref, to=to, **said)
    return to


def people(desk: Desk) -> list[str]:
    return [row.name for row in desk.ask(list_subjects).rows]


def test_a_zip_and_an_unpacked_copy_come_in(
    desk: Desk, other: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    packed = handed_out(desk, karin, tmp_path / "copy.zip")
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(tmp_path / "unpacked")
    file = tmp_path / "unpacked" / "copy.json"
    assert is_person_copy(packed)
    assert is_person_copy(file)
    assert not is_person_copy(tmp_path / "bild.png")
    review = other.ask(review_copy, package=open_person(file))
    assert (review.name, review.stopped, review.remarks) == ("Karin Holm", "", ())
    assert review.counts == {"attachment": 1, "booking": 1, "contact_detail": 2, "invoice": 1}
    other.run(import_copy, package=open_person(file))
    found = other.ask(show_subject, subject_ref=karin)
    assert [one.value for one in found.contacts] == ["karin@example.com", "070-174 06 45"]
    other.undo()
    assert people(other) == []


def test_a_password_is_asked_for(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    file = handed_out(desk, karin, tmp_path / "copy.zip", password=SEALED)
    assert is_sealed(file)
    with pytest.raises(DomainError, match="has a password"):
        open_person(file)
    with pytest.raises(DomainError, match="not the password"):
        open_person(file, password=SEALED.upper())
    assert open_person(file, password=SEALED).copied["person"]["name"] == "Karin Holm"


def test_somebody_who_is_here_stays_as_she_is(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    package = open_person(handed_out(desk, karin, tmp_path / "copy.zip"))
    with pytest.raises(DomainError, match="in the register already"):
        desk.run(import_copy, package=package)
    assert people(desk) == ["Karin Holm"]


def test_who_was_erased_comes_back_only_if_she_asks_and_as_somebody_new(
    desk: Desk, tmp_path: Path
) -> None:
    ref = person(desk, "Vera Ek", email="vera@example.com")
    package = open_person(handed_out(desk, ref, tmp_path / "copy.zip"))
    desk.run(erase_subject, subject_ref=ref)
    assert "erased" in desk.ask(review_copy, package=package).stopped.casefold()
    with pytest.raises(DomainError, match="has asked to come back"):
        desk.run(import_copy, package=package)
    assert people(desk) == []
    receipt = desk.run(import_copy, package=package, again=True)
    assert receipt.ref != ref
    assert people(desk) == ["Vera Ek"]


def test_a_taken_invoice_number_stops_it_and_nothing_is_lost(
    desk: Desk, other: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    invoiced(other, person(other, "Åsa Öberg"))
    package = open_person(handed_out(desk, karin, tmp_path / "copy.zip"))
    with pytest.raises(DomainError, match="There is another invoice 1 here"):
        other.run(import_copy, package=package)
    assert people(other) == ["Åsa Öberg"]
    assert len(other.ask(list_invoices).rows) == 1


def test_a_taken_order_number_becomes_another(desk: Desk, other: Desk, tmp_path: Path) -> None:
    ref = person(desk)
    delivered(desk, ref)
    delivered(other, person(other, "Åsa Öberg"))
    package = open_person(handed_out(desk, ref, tmp_path / "copy.zip"))
    receipt = other.run(import_copy, package=package)
    assert receipt.remarks == ("Order 1001 has number 1002 here, since the old one was taken.",)


def changed(copy: dict[str, Any], *path: Any, to: Any) -> None:
    for step in path[:-1]:
        copy = copy[step]
    copy[path[-1]] = to


SPOILT: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (lambda c: changed(c, "version", to=2), "newer version"),
    (lambda c: changed(c, "format", to="other"), "no copy of a person"),
    (lambda c: changed(c, "person", to=[]), "not whole"),
    (lambda c: changed(c, "person", "ref", to="../x"), "not whole"),
    (lambda c: changed(c, "person", "name", to=" "), "Enter a name"),
    (lambda c: changed(c, "person", "registered_on", to="soon"), "not whole"),
    (lambda c: changed(c, "records", "warranty", to=[{"ref": "a"}]), "does not know"),
    (lambda c: changed(c, "records", "booking", 0, "colour", to="red"), "does not know"),
    (lambda c: changed(c, "records", "booking", 0, "state", to="eaten"), "not whole"),
    (lambda c: changed(c, "records", "booking", 0, "lines", 0, "net", to="NaN"), "not whole"),
    (lambda c: changed(c, "records", "booking", 0, "wanted_at", to=7), "not whole"),
    (lambda c: changed(c, "records", "booking", 0, "what", to="a\0"), "cannot be shown or kept"),
    (lambda c: changed(c, "records", "booking", 0, "ref", to=""), "not whole"),
    (lambda c: changed(c, "records", "attachment", 0, "sha256", to="0" * 64), "was changed"),
    (lambda c: changed(c, "records", "attachment", 0, "path", to="../../x"), "is not there"),
    (lambda c: changed(c, "records", "attachment", 0, "path", to="/etc/passwd"), "is not there"),
]


@pytest.mark.parametrize(("spoil", "sentence"), SPOILT)
def test_a_copy_that_was_changed_is_refused_whole(
    desk: Desk,
    karin: SubjectRef,
    tmp_path: Path,
    spoil: Callable[[dict[str, Any]], None],
    sentence: str,
) -> None:
    packed = handed_out(desk, karin, tmp_path / "copy.zip")
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(tmp_path / "unpacked")
    file = tmp_path / "unpacked" / "copy.json"
    copy = json.loads(file.read_text("utf-8"))
    copy["person"]["ref"] = "a" * 26  # somebody else, so that only what is spoilt is wrong
    for some in copy["records"].values():
        for one in some:
            one["ref"] = one["ref"][::-1]
    copy["records"]["invoice"] = []
    spoil(copy)
    file.write_text(json.dumps(copy), "utf-8")
    with pytest.raises(DomainError, match=sentence):
        desk.run(import_copy, package=open_person(file))
    assert people(desk) == ["Karin Holm"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"format": "gdprdesk-person", "a": NaN}']
)
def test_what_is_no_copy_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "copy.json"
    file.write_bytes(content)
    with pytest.raises(DomainError, match="Nothing was taken in"):
        open_person(file)
