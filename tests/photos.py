"""Photos as a telephone writes them: with the day, the place and the owner beside the picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

TELLING = "ZetaKompis7"
"""Stands in whatever a camera or a program may write beside a picture."""


def photo(
    kind: str = "JPEG",
    size: tuple[int, int] = (120, 80),
    *,
    with_traces: bool = True,
    turn: int = 1,
) -> bytes:
    """Return a picture, red on the left and blue on the right.

    Args:
        kind: JPEG, PNG or WEBP.
        size: Its width and height in dots.
        with_traces: Whether it says when, where and with what it was taken.
        turn: How it is to be turned to be upright, as EXIF says it.
    """
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    given: dict[str, object] = {}
    if with_traces:
        exif = Image.Exif()
        exif[0x010F] = TELLING  # the maker of the camera
        exif[0x0112] = turn
        exif[0x9003] = f"2026:05:12 {TELLING}"
        place = exif.get_ifd(0x8825)
        place[1], place[2] = "N", (56.0, 52.0, 37.0)
        place[29] = TELLING
        given["exif"] = exif
        if kind == "PNG":
            said = PngInfo()
            said.add_text("Author", TELLING)
            said.add_itxt("XML:com.adobe.xmp", f"<x>{TELLING}</x>")
            given["pnginfo"] = said
        if kind == "WEBP":
            given["xmp"] = f"<x>{TELLING}</x>".encode()
        if kind == "JPEG":
            given["comment"] = TELLING
    written = BytesIO()
    picture.save(written, kind, **given)
    return written.getvalue()


def photo_file(folder: Path, name: str = "IMG_0412.jpg", **known: object) -> Path:
    """Return a file with such a picture."""
    file = folder / name
    file.write_bytes(photo(**known))  # type: ignore[arg-type]
    return file
