"""Files that open with a password only: workbooks, letters in Word, PDFs, and anything in a zip.

A file is protected in memory and opened again there before a byte of it reaches the disk, so that
nothing is ever written in clear and nobody gets a file that its own password does not open.

- `.xlsx` and `.docx`: ECMA-376 Agile Encryption with AES-256, as Office itself does it.
- `.pdf`: the standard security handler of PDF 2.0 with AES-256.
- everything else, or if these are not installed: a zip with AES-256.
"""

from __future__ import annotations

import io
from datetime import datetime

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports.zip_file import pack, safe_names
from gdprdesk.i18n import _

LEAST_LETTERS = 10
ZIP = ".zip"
_OFFICE = {".xlsx", ".docx"}


def check_file_password(password: str | None) -> None:
    """Refuse a password that is soon guessed.

    Raises:
        DomainError: It is too short.
    """
    if password is not None and len(password) < LEAST_LETTERS:
        raise DomainError(_("The password of the file needs at least 10 letters or digits."))


def protected(content: bytes, name: str, suffix: str, password: str, *, made_at: datetime) -> bytes:
    """Return a file that opens with the password only.

    Args:
        content: The file in clear.
        name: What the file is to be called; one that ends in `.zip` becomes a zip that holds it.
        suffix: What kind of file it is in clear, with the dot.
        password: With at least `LEAST_LETTERS`.
        made_at: The date of a file in a zip.

    Raises:
        DomainError: The password is too short, or such a file can have none of its own.
    """
    check_file_password(password)
    ending = name[-len(ZIP) :].casefold()
    if ending == ZIP:
        inside = safe_names([name[: -len(ZIP)] + suffix])[0]
        sealed = pack([(inside, content)], password=password, made_at=made_at)
        opened = _unpacked(sealed, inside, password)
    elif suffix in _OFFICE:
        sealed = _sealed_office(content, password)
        opened = _opened_office(sealed, password)
    elif suffix == ".pdf":
        return _sealed_pdf(content, password)
    else:
        raise DomainError(
            _(
                "A file of this kind cannot have a password of its own. Nothing was saved. Let its "
                "name end in .zip instead: then it is packed and protected."
            )
        )
    _check_same(opened == content)
    return sealed


def _unpacked(sealed: bytes, inside: str, password: str) -> bytes:
    import pyzipper  # noqa: PLC0415  (heavy, seldom)

    with pyzipper.AESZipFile(io.BytesIO(sealed)) as archive:
        archive.setpassword(password.encode())
        content: bytes = archive.read(inside)
        return content


def _sealed_office(content: bytes, password: str) -> bytes:
    try:
        from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415  (an extra, seldom)
    except ImportError:
        raise _not_installed() from None
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, sealed)
    return sealed.getvalue()


def _opened_office(sealed: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    file, opened = OOXMLFile(io.BytesIO(sealed)), io.BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(opened, verify_integrity=True)
    return opened.getvalue()


def _sealed_pdf(content: bytes, password: str) -> bytes:
    try:
        from pypdf import PdfReader, PdfWriter  # noqa: PLC0415  (an extra, seldom)
    except ImportError:
        raise _not_installed() from None
    reader, sealed = PdfReader(io.BytesIO(content)), io.BytesIO()
    writer = PdfWriter(clone_from=reader)
    writer.encrypt(password, algorithm="AES-256")
    writer.write(sealed)
    again = PdfReader(io.BytesIO(sealed.getvalue()), password=password)
    texts = [[page.extract_text() for page in one.pages] for one in (reader, again)]
    _check_same(again.is_encrypted and texts[0] == texts[1])
    return sealed.getvalue()


def _check_same(same: bool) -> None:
    if not same:
        raise DomainError(
            _(
                "The file could not be protected so that its password opens it again. Nothing was "
                "saved. Let its name end in .zip instead: then it is packed and protected."
            )
        )


def _not_installed() -> DomainError:
    return DomainError(
        _(
            "What puts a password on such a file is not installed with this copy of the program. "
            "Nothing was saved. Let its name end in .zip instead: then it is packed and protected."
        )
    )
