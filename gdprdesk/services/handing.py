"""What happens to every file that leaves the register: its password, its line in the log."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.text import fold
from gdprdesk.exports.target import write_file
from gdprdesk.i18n import _
from gdprdesk.services.finding import now_of
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import UnitOfWork

LEFT_OUT = "…"
_LONGEST_NAME = 120
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*@\S*")
_NUMBER = re.compile(r"\+?\d(?:[\s\-/]?\d){8,}")  # a phone or identity number; a day has eight


@dataclass(frozen=True, repr=False)
class ExportReceipt:
    """A file that was written.

    Attributes:
        rows: How many rows, or records of a person, are in it.
        sha256: Of the whole file, so that it can be shown to be this very one.
        protected: Whether it opens with a password only.
        remarks: What whoever saved it should know, in sentences.
    """

    path: Path
    format: str
    rows: int
    sha256: str
    protected: bool = False
    remarks: tuple[str, ...] = ()


def hand_out(
    work: UnitOfWork | Reading,
    content: bytes,
    to: Path,
    kind: str,
    rows: int,
    *,
    overwrite: bool,
    guarded: bool = False,
    remarks: tuple[str, ...] = (),
) -> ExportReceipt:
    """Write a file as it was chosen, with its password, and let the log name it.

    Args:
        work: The action or reading that writes it.
        content: The file in clear.
        to: Where.
        kind: What the receipt calls its format.
        rows: How many rows are in it.
        overwrite: Whether a file of that name may be replaced.
        guarded: Whether it holds what nobody else may read, so that one without a password is
            remarked upon.
        remarks: What else is to be told.

    Raises:
        DomainError: It cannot be protected or not written there; then nothing is.
    """
    password = work.handing.password
    if password is not None:
        from gdprdesk.exports.protect import protected  # noqa: PLC0415  (heavy, seldom)

        is_packed = to.suffix.casefold() == ".zip"
        suffix = (f".{kind}" if kind else "") if is_packed else to.suffix.casefold()
        content = protected(content, to.name, suffix, password, made_at=now_of(work.session))
    elif guarded:
        remarks = (*remarks, unguarded())
    return _written(work, content, to, kind, rows, overwrite=overwrite, remarks=remarks)


def hand_out_files(
    work: UnitOfWork,
    files: Sequence[tuple[str, bytes]],
    to: Path,
    rows: int,
    *,
    overwrite: bool,
    guarded: bool = False,
    remarks: tuple[str, ...] = (),
    alone: bool = False,
) -> ExportReceipt:
    """Write files packed in a zip as it was chosen; the zip itself has the password.

    Args:
        work: The action that writes it.
        files: Names that name nobody, and contents.
        to: Where.
        rows: How many rows are in it.
        overwrite: Whether a file of that name may be replaced.
        guarded: Whether it holds what nobody else may read.
        remarks: What else is to be told.
        alone: Whether it is the first file itself that is written, and no zip.

    Raises:
        DomainError: It cannot be protected or not written there; then nothing is.
    """
    if alone:
        kind = to.suffix.casefold().removeprefix(".")
        return hand_out(work, files[0][1], to, kind, rows, overwrite=overwrite, remarks=remarks)
    from gdprdesk.exports.protect import check_file_password  # noqa: PLC0415  (heavy, seldom)
    from gdprdesk.exports.zip_file import pack  # noqa: PLC0415

    if to.suffix.casefold() != ".zip":
        said = _("The name of the file must end in {suffix}. Nothing was saved.")
        raise DomainError(said.format(suffix=".zip"))
    password = work.handing.password
    check_file_password(password)
    if guarded and password is None:
        remarks = (*remarks, unguarded())
    content = pack(files, password=password, made_at=now_of(work.session))
    return _written(work, content, to, "zip", rows, overwrite=overwrite, remarks=remarks)


def _written(
    work: UnitOfWork | Reading,
    content: bytes,
    to: Path,
    kind: str,
    rows: int,
    *,
    overwrite: bool,
    remarks: tuple[str, ...],
) -> ExportReceipt:
    write_file(to, content, overwrite=overwrite)
    work.note_file(name_for_log(work.session, to.name))
    digest = hashlib.sha256(content).hexdigest()
    is_protected = work.handing.password is not None
    return ExportReceipt(to.resolve(), kind, rows, digest, is_protected, remarks)


def unguarded() -> str:
    """Return what is said of a guarded file that anybody can open."""
    return _("The file has no password: whoever gets hold of it can read it.")


def name_for_log(read: Session, name: str) -> str:
    """Return the name of a file without what may be somebody's name, address or number.

    Words of the names in the register are left out, addresses, and long numbers. So the log,
    which names nobody, can say which file was written.
    """
    bare = _NUMBER.sub(LEFT_OUT, _ADDRESS.sub(LEFT_OUT, name))
    people = set[str]()
    wanted = set(_WORD.findall(fold(bare)))
    for one in map(fold, read.scalars(select(DataSubject.name))):
        if any(word in one for word in wanted):
            people |= wanted & set(_WORD.findall(one))
    said = _WORD.sub(lambda found: LEFT_OUT if fold(found[0]) in people else found[0], bare)
    return said[:_LONGEST_NAME]
