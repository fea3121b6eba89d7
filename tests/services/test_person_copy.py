"""One click gives a person everything, in her language, by a published schema: Articles 15, 20."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from jsonschema import Draft202012Validator
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import Attachment
from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.resources import resource
from gdprdesk.services.companies import add_company
from gdprdesk.services.consent_texts import list_consent_texts, replace_consent_text
from gdprdesk.services.consents import record_consent
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.notes import add_attachment, add_note, save_draft
from gdprdesk.services.reports.person import person_report
from gdprdesk.services.subjects import update_subject
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, delivered, invoiced, person
from tests.texts import read_pdf

SCHEMA = json.loads(resource("schema/person.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
PICTURE = b"\x89PNG planted picture"
SEALED = "a very long password"


@pytest.fixture
def karin(desk: Desk, tmp_path: Path) -> SubjectRef:
    """Somebody of whom there is something of every kind."""
    hotel = desk.run(add_company, name="Hotell Sjön", org_number="556036-0793")
    ref = person(
        desk, phone="0701740645", email="karin@example.com", address="Gatan 1", company_ref=hotel
    )
    delivered(desk, ref, diet="nötter", note="Rosa")
    invoiced(desk, ref)
    desk.run(add_note, subject_ref=ref, text="Gillar marsipan")
    desk.run(save_draft, form="order", entered={"what": "Bullar"}, subject_ref=ref)
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "photo")
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=text.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.SIGNATURE,
        channels=("Instagram",),
    )
    desk.run(replace_consent_text, text_ref=text.ref, text="Nya ord")
    for name in ("Tårta.png", "Tårta (2).png"):
        (tmp_path / name).write_bytes(PICTURE)
        desk.run(add_attachment, subject_ref=ref, path=tmp_path / name)
    return ref


def copied(desk: Desk, ref: SubjectRef, to: Path, **given: Any) -> dict[str, Any]:
    desk.run(export_person, subject_ref=ref, to=to, **given)
    found: dict[str, Any] = json.loads(to.read_text("utf-8"))
    return found


def test_the_copy_follows_the_published_schema(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    copy = copied(desk, karin, tmp_path / "karin.json")
    VALIDATOR.validate(copy)
    assert set(copy["records"]) == {
        "attachment",
        "booking",
        "consent",
        "contact_detail",
        "diet_note",
        "draft",
        "invoice",
        "working_note",
    }
    assert copy["person"]["company"]["name"] == "Hotell Sjön"
    (consent,) = copy["records"]["consent"]
    assert "Nya ord" not in consent["text"]
    assert consent["version"] == "1"
    assert {one["activity"] for one in copy["why"]} == {
        record["activity"] for records in copy["records"].values() for record in records
    }
    assert all(one["purpose"] and one["legal_basis"] and one["period"] for one in copy["why"])


def test_there_is_nothing_of_anybody_else(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    other = person(desk, "Åsa Öberg", phone="0731112233")
    delivered(desk, other, what="Zebratårta")
    text = json.dumps(copied(desk, karin, tmp_path / "karin.json"), ensure_ascii=False)
    assert not [word for word in ("Åsa", "Öberg", "073", "Zebra") if word in text]
    bare = copied(desk, person(desk, "Ny"), tmp_path / "new.json")
    VALIDATOR.validate(bare)
    assert (bare["records"], bare["why"]) == ({}, [])


@pytest.mark.parametrize(
    ("code", "said"),
    [("sv", "Samtycke"), ("nb", "Samtykke"), ("en", "Consent")],
)
def test_it_speaks_her_language(
    desk: Desk, karin: SubjectRef, tmp_path: Path, code: str, said: str
) -> None:
    desk.run(update_subject, subject_ref=karin, language=code)
    copy = copied(desk, karin, tmp_path / "karin.json")
    assert copy["language"] == code
    assert said in {one["legal_basis"] for one in copy["why"]}
    assert desk.ask(person_report, subject_ref=karin).language == code
    desk.run(export_person, subject_ref=karin, to=tmp_path / "karin.pdf")
    text = read_pdf(tmp_path / "karin.pdf")
    assert "Integritetsskyddsmyndigheten" in text
    for her in ("Karin Holm", "070-174 06 45", "marsipan", "nötter", "Rosa", "Instagram"):
        assert her in text
    english = copied(desk, karin, tmp_path / "english.json", language_code="en")
    assert english["language"] == "en"


def test_the_zip_has_both_and_her_files(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    file = tmp_path / "karin.zip"
    receipt = desk.run(export_person, subject_ref=karin, to=file)
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        copy = json.loads(packed.read("copy.json"))
        assert packed.read("copy.pdf").startswith(b"%PDF")
        for attachment in copy["records"]["attachment"]:
            content = packed.read(attachment["path"])
            assert content == PICTURE
            assert attachment["sha256"] == hashlib.sha256(content).hexdigest()
    assert len(names) == len(set(names))
    assert set(names) == {
        "readme.txt",
        "copy.pdf",
        "copy.json",
        "contact.vcf",
        "calendar.ics",
        *(f"tables/{kind}.csv" for kind in copy["records"]),
        "files/Tårta.png",
        "files/Tårta (2).png",
    }
    assert "Karin" not in " ".join(names)
    assert receipt.rows == sum(len(some) for some in copy["records"].values())
    assert receipt.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert receipt.path == file


def test_a_password_seals_it_with_aes(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    file = tmp_path / "karin.zip"
    desk.run(export_person, subject_ref=karin, to=file, password=SEALED)
    assert b"planted picture" not in file.read_bytes()
    with pyzipper.AESZipFile(file) as packed:
        assert all(one.wz_aes_strength == 3 for one in packed.infolist())  # AES-256
        with pytest.raises(RuntimeError):
            packed.read("copy.json")
        packed.setpassword(SEALED.encode())
        VALIDATOR.validate(json.loads(packed.read("copy.json")))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("karin.docx", None), r"as \.zip, \.pdf, \.json"),
        (("karin.json", SEALED), "Only a .zip or a .pdf can have a password"),
        (("karin.zip", "short"), "at least 10"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    desk: Desk, karin: SubjectRef, tmp_path: Path, said: tuple[str, str | None], sentence: str
) -> None:
    name, password = said
    with pytest.raises(DomainError, match=sentence):
        desk.run(export_person, subject_ref=karin, to=tmp_path / name, password=password)
    assert not (tmp_path / name).exists()


def unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_health_is_never_in_a_calendar(desk: Desk, tmp_path: Path) -> None:
    ref = person(desk)
    for what, diet in (
        ("Smörgåstårta", "jordnötter, selleri"),
        ("Tårta med jordnötter till Karin", None),
        ("Glutenfri bulle", None),
        ("Kake uten melk", None),
        ("Lactose-free cake, allergic guest", None),
    ):
        delivered(desk, ref, what=what, diet=diet, note="Selleriallergi", wanted_on=TODAY)
    desk.run(export_person, subject_ref=ref, to=tmp_path / "copy.ics", language_code="en")
    text = (tmp_path / "copy.ics").read_text("utf-8").replace("\r\n ", "").casefold()
    for word in ("nöt", "selleri", "gluten", "melk", "lactose", "allerg"):
        assert word not in text
    assert text.count("begin:vevent") == 5
    assert "summary:order 1001: smörgåstårta\n" in text.replace("\r", "")
    assert "summary:order 1003\n" in text.replace("\r", "")


def test_the_same_register_gives_the_same_zip(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    one, two = (unpacked_by(desk, karin, tmp_path / name) for name in ("one.zip", "two.zip"))
    assert list(one) == list(two)
    # The log, whose last line stands at the foot of these, has grown by the first export.
    footed = {"copy.pdf", "readme.txt"}
    assert {n: c for n, c in one.items() if n not in footed} == {
        n: c for n, c in two.items() if n not in footed
    }


def unpacked_by(desk: Desk, ref: SubjectRef, to: Path, **said: Any) -> dict[str, bytes]:
    desk.run(export_person, subject_ref=ref, to=to, **said)
    return unpacked(to)


def test_tables_open_in_excel_and_the_readme_says_what_each_file_is(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    parts = unpacked_by(desk, karin, tmp_path / "copy.zip", language_code="en")
    for name, content in parts.items():
        if name.endswith((".csv", ".txt")):
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
    table = io.StringIO(parts["tables/contact_detail.csv"].decode("utf-8-sig"), newline="")
    rows = list(csv.reader(table, delimiter=";"))
    assert rows[0] == ["Kind", "Says", "Written down"]
    assert ["Phone", "070-174 06 45", "2026-11-21"] in rows
    readme = parts["readme.txt"].decode("utf-8-sig")
    for name in ("copy.pdf", "copy.json", "contact.vcf", "calendar.ics", "tables", "files"):
        assert f"{name}: " in readme


def test_names_of_files_in_a_sealed_zip_say_nothing(desk: Desk, tmp_path: Path) -> None:
    ref = person(desk)
    (tmp_path / "Remiss psykiatri.png").write_bytes(PICTURE)
    desk.run(add_attachment, subject_ref=ref, path=tmp_path / "Remiss psykiatri.png")
    file = tmp_path / "copy.zip"
    desk.run(export_person, subject_ref=ref, to=file, password=SEALED)
    assert b"psykiatri" not in file.read_bytes()
    with pyzipper.AESZipFile(file) as packed:
        packed.setpassword(SEALED.encode())
        (attachment,) = json.loads(packed.read("copy.json"))["records"]["attachment"]
        assert attachment["file_name"] == "Remiss psykiatri.png"
        assert packed.read(attachment["path"]) == PICTURE


@pytest.mark.parametrize(
    "name", ["..", "a\\..\\b.png", "CON.png", "x" * 200 + ".png", "\u202egnp.exe"]
)
def test_hostile_names_stay_in_the_folder(
    desk: Desk, clock: Clock, tmp_path: Path, name: str
) -> None:
    ref = person(desk)
    (tmp_path / "bild.png").write_bytes(PICTURE)
    desk.run(add_attachment, subject_ref=ref, path=tmp_path / "bild.png")
    with UnitOfWork(desk._vault, clock) as work:
        work.session.scalars(select(Attachment)).one().file_name = name
        work.commit("test.rename")
    parts = unpacked_by(desk, ref, tmp_path / "copy.zip")
    (path,) = [one for one in parts if one.startswith("files/")]
    assert json.loads(parts["copy.json"])["records"]["attachment"][0]["path"] == path
    (folder, file) = path.split("/")
    assert folder == "files"
    assert file.strip(". ")
    assert not set(file) & set('\\:*?"<>|\u202e')
    assert file.casefold() != "con.png"
    assert len(file.encode()) < 255


def test_the_stop_list_is_told_of(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    for decision in (Decision.GIVEN, Decision.WITHDRAWN):
        desk.run(
            record_consent,
            subject_ref=karin,
            text_ref=text.ref,
            decision=decision,
            method=ConsentMethod.EMAIL,
        )
    copy = copied(desk, karin, tmp_path / "karin.json")
    VALIDATOR.validate(copy)
    assert {(one["kind"], one["facts"]["reason"]) for one in copy["also"]} == {
        ("stop_entry", "unsubscribed")
    }
    desk.run(export_person, subject_ref=karin, to=tmp_path / "karin.pdf", language_code="en")
    assert "Said no to newsletters" in read_pdf(tmp_path / "karin.pdf")


def test_profiling_transfers_and_safeguards_are_told(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    why = copied(desk, karin, tmp_path / "karin.json")["why"]
    assert {"profiling", "automated_decision", "transfers", "basis"} <= set(why[0])
    outside = [one for reason in why for one in reason["transfers"]]
    assert all(one["country"] not in {"SE", "NO"} for one in outside)
    desk.run(export_person, subject_ref=karin, to=tmp_path / "karin.pdf", language_code="en")
    assert "Nothing: a person decides" in read_pdf(tmp_path / "karin.pdf")


def test_many_large_files_need_no_more_memory_than_a_few(desk: Desk, tmp_path: Path) -> None:
    ref = person(desk)
    size = 8 << 20
    for number in range(6):
        file = tmp_path / f"bild {number}.bin"
        file.write_bytes(random.Random(number).randbytes(size))  # noqa: S311  (not packable)
        desk.run(add_attachment, subject_ref=ref, path=file)
    tracemalloc.start()
    try:
        desk.run(export_person, subject_ref=ref, to=tmp_path / "copy.zip", password=SEALED)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "copy.zip").stat().st_size > 6 * size
    assert peak < 4 * size
