"""A consent on paper: printed with the exact words, signed, and its scan kept as the proof."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.errors import DomainError, NotFoundError, UnreadableFileError
from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.imports.scan_file import SCAN_LIMITS, read_scan
from gdprdesk.services.consent_forms import (
    attach_form,
    export_consent_form,
    export_signed_form,
    find_form,
    read_signed,
    record_form,
)
from gdprdesk.services.consent_texts import ConsentTextRow, list_consent_texts, replace_consent_text
from gdprdesk.services.consents import prove_consent, record_consent
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.files import export_consent
from gdprdesk.services.guardians import add_guardian
from gdprdesk.services.merging import merge_people
from tests.builders import TODAY, person
from tests.pages import decrypted_pages, vault_key
from tests.texts import read_pdf

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def words(desk: Desk, purpose: str = "photo", language: str = "sv") -> ConsentTextRow:
    rows = desk.ask(list_consent_texts, language=language)
    return next(one for one in rows if one.purpose == purpose)


def answered(desk: Desk, ref: SubjectRef, signature: bytes = b"") -> RecordRef:
    return desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=words(desk).ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.SIGNATURE if signature else ConsentMethod.ORALLY,
        channels=("Instagram",),
        signature=signature,
    )


def drawn(size: tuple[int, int] = (300, 100)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG")
    return file.getvalue()


def photo_of_form(path: Path) -> Path:
    """Save a photo of a form by a telephone that writes down where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Fairphone"
    exif.get_ifd(0x8825)[2] = (56.0, 52.0, 37.0)
    Image.new("RGB", (640, 900), "beige").save(path, "JPEG", exif=exif, comment=b"Storgatan 1")
    return path


def text_of(path: Path) -> str:
    return " ".join(read_pdf(path).split())


def test_the_form_has_the_exact_words_and_names_nobody(desk: Desk, tmp_path: Path) -> None:
    karin = person(desk, phone="070-174 06 45")
    norwegian = words(desk, language="nb")
    desk.run(
        export_consent_form, subject_ref=karin, text_ref=norwegian.ref, to=tmp_path / "form.pdf"
    )
    said = text_of(tmp_path / "form.pdf")
    for sentence in norwegian.text.split("\n\n"):
        assert sentence in said
    assert all(f"□ {one}" in said for one in ("Nettstedet", "Instagram", "Facebook", "Trykk"))
    assert not [one for one in ("Karin", "Holm", "070") if one in said]
    code = f"{karin[:4]}-{karin[4:8]}-{karin[8:12]}-{norwegian.ref[:4]}".upper()
    assert code in said
    found = desk.ask(find_form, code=code.lower().replace("-", " "))
    assert (found.subject_ref, found.text_ref, found.consent_ref) == (karin, norwegian.ref, None)


def test_a_child_has_a_line_for_whoever_says_it_for_her(desk: Desk, tmp_path: Path) -> None:
    elsa = person(desk, "Elsa Ek")
    english = words(desk, language="en").ref
    desk.run(export_consent_form, subject_ref=elsa, text_ref=english, to=tmp_path / "1.pdf")
    desk.run(add_guardian, subject_ref=elsa, name="Maria Ek", born_on=TODAY)
    desk.run(export_consent_form, subject_ref=elsa, text_ref=english, to=tmp_path / "2.pdf")
    assert [("guardian" in text_of(tmp_path / f"{n}.pdf")) for n in (1, 2)] == [False, True]
    assert "Maria" not in text_of(tmp_path / "2.pdf")


def test_a_code_belongs_to_the_words_it_was_printed_with(desk: Desk) -> None:
    karin, old = person(desk), words(desk)
    ref = answered(desk, karin)
    code = karin[:12] + old.ref[:4]
    desk.run(replace_consent_text, text_ref=old.ref, text="Nya ord")
    assert desk.ask(find_form, code=code).consent_ref == ref
    for wrong in ("", karin[:12], "a" * 16, code + "a", "%" * 16, code[:15] + "_"):
        with pytest.raises(NotFoundError, match="No form of anybody"):
            desk.ask(find_form, code=wrong)
    desk.run(erase_subject, subject_ref=karin)
    with pytest.raises(NotFoundError):
        desk.ask(find_form, code=code)


def test_letters_of_a_code_may_be_read_as_figures(desk: Desk) -> None:
    words_ref = words(desk).ref
    everybody = (person(desk, f"Karin Holm {number}") for number in range(100))
    karin = next(one for one in everybody if set("oib") <= set(one[:12]))
    code = f"{karin[:12]}{words_ref[:4]}".upper()
    typed = code.replace("O", "0").replace("I", "1").replace("B", "8")
    assert desk.ask(find_form, code=typed).subject_ref == karin


def test_the_scan_belongs_to_the_very_answer_without_what_the_camera_wrote(
    desk: Desk, tmp_path: Path
) -> None:
    ref = answered(desk, person(desk))
    desk.run(attach_form, ref=ref, path=photo_of_form(tmp_path / "form.txt"))  # whatever its name
    kept = desk.ask(read_signed, ref=ref)
    assert (kept.media_type, kept.suffix) == ("image/jpeg", ".jpg")
    with Image.open(BytesIO(kept.content)) as picture:
        assert picture.size == (640, 900)
        assert (dict(picture.getexif()), picture.info.get("comment")) == ({}, None)
    assert b"Fairphone" not in kept.content
    assert desk.ask(prove_consent, ref=ref).method is ConsentMethod.SIGNATURE
    saved = desk.run(export_signed_form, ref=ref, to=tmp_path / "out.jpg")
    assert saved.path.read_bytes() == kept.content
    with pytest.raises(DomainError, match="has its signature already"):
        desk.run(attach_form, ref=ref, path=tmp_path / "form.txt")


def test_an_answer_and_its_scan_are_kept_together_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    karin, text = person(desk), words(desk)
    said: dict[str, Any] = {"subject_ref": karin, "text_ref": text.ref}
    said["decision"] = Decision.GIVEN
    wrong = tmp_path / "wrong.pdf"
    wrong.write_text("no scan")
    with pytest.raises(UnreadableFileError):
        desk.run(record_form, path=wrong, channels=("Instagram",), **said)
    with pytest.raises(DomainError, match="does not ask about Tiktok"):
        desk.run(record_form, path=wrong, channels=("Tiktok",), **said)
    code = karin[:12] + text.ref[:4]
    form = desk.ask(find_form, code=code)
    assert (form.consent_ref, form.decision, form.places) == (None, None, text.channels)
    scan = photo_of_form(tmp_path / "form.jpg")
    ref = desk.run(record_form, path=scan, channels=("Instagram",), **said)
    form = desk.ask(find_form, code=code)
    assert (form.consent_ref, form.decision, form.is_signed) == (ref, Decision.GIVEN, True)
    assert form.channels == ("Instagram",)
    desk.undo()
    assert desk.ask(find_form, code=code).consent_ref is None


def test_the_form_of_whoever_was_made_one_with_another_is_hers(desk: Desk) -> None:
    karin, again = person(desk), person(desk, "Karin Holm-Ek")
    code = again[:12] + words(desk).ref[:4]
    desk.run(merge_people, keep_ref=karin, other_ref=again)
    assert desk.ask(find_form, code=code).subject_ref == karin


def test_a_pdf_is_kept_as_it_is(desk: Desk, tmp_path: Path) -> None:
    ref = answered(desk, person(desk))
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    desk.run(attach_form, ref=ref, path=scan)
    assert desk.ask(read_signed, ref=ref).content == PDF
    desk.run(export_consent, ref=ref, to=tmp_path / "proof.pdf", language_code="en")
    said = text_of(tmp_path / "proof.pdf")
    assert "kept in the register as PDF" in said
    assert hashlib.sha256(PDF).hexdigest() in said.replace(" ", "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 a document", "no PDF, JPEG or PNG"),
        (b"\xff\xd8\xff damaged", "damaged, or far too large"),
        (drawn((10, 10))[:40], "damaged, or far too large"),
        (b"", "The file is empty"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_changes(
    desk: Desk, tmp_path: Path, content: bytes, sentence: str
) -> None:
    ref = answered(desk, person(desk))
    (tmp_path / "scan.jpg").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=sentence):
        desk.run(attach_form, ref=ref, path=tmp_path / "scan.jpg")
    with pytest.raises(NotFoundError, match="No signature"):
        desk.ask(read_signed, ref=ref)


def test_a_scan_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    big = tmp_path / "scan.png"
    with big.open("wb") as file:
        file.truncate(SCAN_LIMITS.file_bytes + 1)
    with pytest.raises(UnreadableFileError, match="larger than 15 MB"):
        read_scan(big)


def test_a_signature_is_in_the_proof_and_in_her_copy(desk: Desk, tmp_path: Path) -> None:
    karin, signature = person(desk), drawn()
    ref = answered(desk, karin, signature)
    desk.run(export_consent, ref=ref, to=tmp_path / "proof.pdf", language_code="en")
    assert hashlib.sha256(signature).hexdigest() in text_of(tmp_path / "proof.pdf").replace(" ", "")
    assert b"/Subtype /Image" in (tmp_path / "proof.pdf").read_bytes()
    desk.run(export_person, subject_ref=karin, to=tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        assert packed.read(f"files/consent {TODAY.isoformat()}.png") == signature


@pytest.mark.parametrize("content", [b"%PDF-1.7", drawn() + b" " * (1 << 20)])
def test_only_a_drawing_is_a_signature(desk: Desk, content: bytes) -> None:
    with pytest.raises(DomainError, match="This is no drawn signature"):
        answered(desk, person(desk), content)


def test_the_signature_goes_with_her_and_the_days_stay(desk: Desk, folder: Path) -> None:
    karin, signature = person(desk), drawn()
    answered(desk, karin, signature)
    desk.run(erase_subject, subject_ref=karin)
    desk.finish()
    assert desk.ask(lambda read: read.scalar(select(func.count()).select_from(Consent))) == 0
    (proof,) = desk.ask(lambda read: read.scalars(select(Proof)).all())
    assert proof.facts["decided_on"] == TODAY.isoformat()
    assert signature not in decrypted_pages(folder, vault_key(folder))
