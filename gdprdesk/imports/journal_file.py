"""What a journal takes in beside words: photos, recordings and PDF, told by what is in them.

A camera writes into a photo where and when it was taken and with which phone. A photo is therefore
written anew from its picture alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.imports.source import refusal

_LARGEST_PICTURE = 100_000_000  # dots; what unpacks to more is no photo of any camera sold
_QUALITY = 92
_BEGINNING = 1024
_MODES_OF_PNG = {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}


@dataclass(frozen=True, repr=False)
class TakenFile:
    """A file as the journal keeps it; `suffix` is how its name ends: ".jpg"."""

    content: bytes
    media_type: str
    suffix: str


def take_file(content: bytes) -> TakenFile:
    """Return a file as the journal keeps it; of a photo the picture alone.

    Raises:
        DomainError: It is neither a photo, a recording nor a PDF, or a damaged photo.
    """
    for is_it, media_type, suffix in _KNOWN:
        if is_it(content):
            return TakenFile(content, media_type, suffix)
    return _photo(content)


def _photo(content: bytes) -> TakenFile:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (heavy, seldom)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_OPENED) as picture:
                if picture.width * picture.height > _LARGEST_PICTURE:
                    raise _too_large()
                media_type, suffix, kept = _PHOTOS[picture.format or ""]
                upright = ImageOps.exif_transpose(picture)
                upright.info = {}
                written = BytesIO()
                if kept == "JPEG" or upright.mode not in _MODES_OF_PNG:
                    upright = upright.convert("RGB")
                upright.save(written, kept, quality=_QUALITY)
    except UnidentifiedImageError:
        raise _not_taken() from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise _damaged() from None
    return TakenFile(written.getvalue(), media_type, suffix)


def _is_sound_in_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and b"soun" in content and b"vide" not in content


def _is_mp3(content: bytes) -> bool:
    return content.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"))


_PHOTOS: Mapping[str, tuple[str, str, str]] = {
    "JPEG": ("image/jpeg", ".jpg", "JPEG"),
    "MPO": ("image/jpeg", ".jpg", "JPEG"),
    "PNG": ("image/png", ".png", "PNG"),
    "WEBP": ("image/png", ".png", "PNG"),
    "TIFF": ("image/png", ".png", "PNG"),
    "BMP": ("image/png", ".png", "PNG"),
    "GIF": ("image/png", ".png", "PNG"),
}
"""By the format that comes in: media type, ending and format of what is kept."""
_OPENED = [one for one in _PHOTOS if one != "MPO"]  # two pictures in a JPEG, opened as one
_KNOWN: tuple[tuple[Callable[[bytes], bool], str, str], ...] = (
    (lambda content: b"%PDF-" in content[:_BEGINNING], "application/pdf", ".pdf"),
    (_is_mp3, "audio/mpeg", ".mp3"),
    (_is_sound_in_mp4, "audio/mp4", ".m4a"),
    (lambda content: content.startswith(b"OggS"), "audio/ogg", ".ogg"),
    (lambda content: content.startswith(b"fLaC"), "audio/flac", ".flac"),
    (lambda content: content[:4] + content[8:12] == b"RIFFWAVE", "audio/wav", ".wav"),
)


def _not_taken() -> DomainError:
    return refusal(
        _("The journal takes photos (JPEG, PNG, WebP), recordings (MP3, M4A, WAV, Ogg) and PDF."),
        _("Save it as one of these, and choose that file."),
    )


def _damaged() -> DomainError:
    return refusal(
        _("This photo is damaged and cannot be read."), _("Take it from the phone once more.")
    )


def _too_large() -> DomainError:
    return refusal(_("This photo has more dots than the journal can take."), _("Save it smaller."))
