"""A picture or a recording as the register keeps it: told by what is in it, without its traces.

A camera writes into a photo where and when it was taken and with which telephone. A picture is
therefore drawn anew, dot by dot, by a process of its own: whatever the file does to that, the
program lives on.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.domain.terms import MediaKind
from gdprdesk.i18n import N_, _
from gdprdesk.imports.apart import Advice, read_apart
from gdprdesk.imports.child import send
from gdprdesk.imports.recordings import without_traces
from gdprdesk.imports.source import Limits, refusal
from gdprdesk.jobs import SILENT, Progress

if TYPE_CHECKING:
    from PIL import Image

MEDIA_LIMITS: Final = Limits(file_bytes=50 * 1024 * 1024, seconds=60)
_SAVE_AS = N_("Save it as JPEG or PNG, and choose that file.")
_OF_MEDIA = Advice(
    choose=N_("Choose the picture or the recording itself."),
    divide=N_("Save it smaller or shorter, and try again."),
    slow=(N_("The file takes too long to read."), _SAVE_AS),
    died=(
        N_("The file is damaged, or needs more memory than this computer can give."),
        _SAVE_AS,
    ),
)
_MOST_DOTS = 80_000_000
_QUALITY, _PREVIEW, _PREVIEW_QUALITY = 92, 1024, 80
_PICTURES = {"JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"}
_SOUND, _FILM = MediaKind.AUDIO, MediaKind.VIDEO
_APPLE = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("This is a PDF, not a picture or a recording.")),
    (b"PK\x03\x04", N_("This is a packed folder or a document, not a picture or a recording.")),
    (b"\xd0\xcf\x11\xe0", N_("This is a document, not a picture or a recording.")),
)


@dataclass(frozen=True, repr=False)
class TakenMedia:
    """A picture or a recording as it is kept.

    Attributes:
        preview: A small JPEG of a picture; nothing of a recording.
        suffix: How its name ends: ".jpg".
    """

    content: bytes
    preview: bytes | None
    kind: MediaKind
    media_type: str
    suffix: str


def read_media(
    path: Path, *, limits: Limits = MEDIA_LIMITS, progress: Progress = SILENT
) -> TakenMedia:
    """Return what is kept of a file, whatever its name says.

    Args:
        path: The file the user chose.
        limits: How large it may be.
        progress: Asked ten times a second whether to go on.

    Raises:
        UnreadableFileError: Why it cannot be read, and what to do, in a sentence.
        Cancelled: The user stopped it.
    """
    said: Mapping[str, Any] = read_apart(
        read_and_send_media, path, limits=limits, progress=progress, advice=_OF_MEDIA
    )
    preview = said["preview"]
    return TakenMedia(
        content=base64.b64decode(said["content"]),
        preview=None if preview is None else base64.b64decode(preview),
        kind=MediaKind(said["kind"]),
        media_type=said["media_type"],
        suffix=said["suffix"],
    )


def read_and_send_media(connection: Connection, path: str, limits: Limits, language: str) -> None:
    """Read a file and send what is kept, or the sentence that refuses it, through the pipe."""

    def read(_progress: Progress) -> dict[str, Any]:
        taken = take_media(Path(path).read_bytes())
        preview = taken.preview
        return {
            "content": base64.b64encode(taken.content).decode(),
            "preview": None if preview is None else base64.b64encode(preview).decode(),
            "kind": taken.kind.value,
            "media_type": taken.media_type,
            "suffix": taken.suffix,
        }

    send(connection, read, limits, language)


def take_media(content: bytes) -> TakenMedia:
    """Return what is kept of a file, read here and now.

    Raises:
        UnreadableFileError: It is none that can be kept, is damaged, or has too many dots.
    """
    for is_it, kind, media_type, suffix in _RECORDINGS:
        if is_it(content):
            try:
                kept = without_traces(content, media_type)
            except (ValueError, IndexError):
                raise refusal(
                    _("This recording is damaged and cannot be read."),
                    _("Take it from the telephone or the camera once more."),
                ) from None
            return TakenMedia(kept, None, kind, media_type, suffix)
    _refuse_others(content)
    return _picture(content)


def _refuse_others(content: bytes) -> None:
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE:
        raise refusal(
            _("This picture is in the format HEIC or AVIF, which cannot be read here."),
            _(
                "Open it and save it as JPEG. An iPhone takes JPEG at once if you choose “Most "
                "compatible” under Settings, Camera, Formats."
            ),
        )
    for beginning, sentence in _OTHERS:
        if content.startswith(beginning):
            raise refusal(_(sentence), _(_SAVE_AS))


def _picture(content: bytes) -> TakenMedia:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (heavy, seldom)

    try:
        with Image.open(BytesIO(content), formats=sorted(_PICTURES)) as opened:
            if opened.width * opened.height > _MOST_DOTS:
                raise _too_large()
            upright = ImageOps.exif_transpose(opened)
            drawn = _drawn_anew(_in_usual_colours(upright))
    except UnidentifiedImageError:
        raise refusal(
            _("This is no picture or recording that can be read."),
            _(
                "Choose a picture as JPEG, PNG or WebP, sound as MP3, M4A, WAV, FLAC or Ogg, or "
                "film as MP4, MOV or WebM."
            ),
        ) from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError):
        raise refusal(
            _("This picture is damaged and cannot be read."),
            _("Take it from the telephone or the camera once more."),
        ) from None
    if "A" in drawn.getbands():
        return TakenMedia(_written(drawn, "PNG"), _preview(drawn), *_AS_PNG)
    return TakenMedia(_written(drawn, "JPEG"), _preview(drawn), *_AS_JPEG)


def _in_usual_colours(picture: Image.Image) -> Image.Image:
    """Return a picture in the colours that every screen knows, so that its profile can go.

    A profile names the telephone or the screen that it was made for.
    """
    from PIL import ImageCms  # noqa: PLC0415

    profile = picture.info.get("icc_profile")
    clear = picture.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or "transparency" in picture.info
    if not profile or clear:
        return picture.convert("RGBA" if clear else "RGB")
    try:
        usual = ImageCms.createProfile("sRGB")
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, own, usual, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        turned = None
    return turned or picture.convert("RGB")


def _drawn_anew(picture: Image.Image) -> Image.Image:
    """Return the dots of a picture and nothing else of it."""
    from PIL import Image  # noqa: PLC0415

    drawn = Image.new(picture.mode, picture.size)
    drawn.paste(picture)
    return drawn


def _preview(picture: Image.Image) -> bytes:
    from PIL import Image  # noqa: PLC0415

    small = picture.copy()
    small.thumbnail((_PREVIEW, _PREVIEW))
    if "A" in small.getbands():
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    return _written(small, "JPEG", _PREVIEW_QUALITY)


def _written(picture: Image.Image, kind: str, quality: int = _QUALITY) -> bytes:
    file = BytesIO()
    picture.save(file, kind, quality=quality)
    return file.getvalue()


def _too_large() -> UnreadableFileError:
    return refusal(
        _("This picture has more than 80 million dots, which no camera of yours has taken."),
        _("Save it smaller, and try again."),
    )


def _is_mp3(content: bytes) -> bool:
    return content.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"))


def _is_riff(content: bytes, kind: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == kind


def _is_mp4(content: bytes, *, film: bool) -> bool:
    is_film = b"vide" in content
    known = content[4:8] == b"ftyp" and content[8:12] not in _APPLE
    return known and is_film is film and content[8:12] != b"qt  "


_RECORDINGS: tuple[tuple[Callable[[bytes], bool], MediaKind, str, str], ...] = (
    (_is_mp3, _SOUND, "audio/mpeg", ".mp3"),
    (lambda content: _is_riff(content, b"WAVE"), _SOUND, "audio/wav", ".wav"),
    (lambda content: content.startswith(b"fLaC"), _SOUND, "audio/flac", ".flac"),
    (lambda content: content.startswith(b"OggS"), _SOUND, "audio/ogg", ".ogg"),
    (lambda content: content[4:12] == b"ftypqt  ", _FILM, "video/quicktime", ".mov"),
    (lambda content: _is_mp4(content, film=True), _FILM, "video/mp4", ".mp4"),
    (lambda content: _is_mp4(content, film=False), _SOUND, "audio/mp4", ".m4a"),
    (lambda content: content.startswith(b"\x1a\x45\xdf\xa3"), _FILM, "video/webm", ".webm"),
)
_AS_PNG = (MediaKind.PHOTO, "image/png", ".png")
_AS_JPEG = (MediaKind.PHOTO, "image/jpeg", ".jpg")
