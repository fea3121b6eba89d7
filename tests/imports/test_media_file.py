"""Pictures and recordings: only what they show and sound like is kept, whatever is in the file."""

from __future__ import annotations

import struct
import wave
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.domain.terms import MediaKind
from gdprdesk.imports.media_file import read_media, take_media
from gdprdesk.imports.recordings import without_traces
from tests.photos import TELLING, photo, photo_file

TELLS = TELLING.encode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_when_where_and_with_what_it_was_taken(kind: str) -> None:
    content = photo(kind)
    assert TELLS in content
    taken = take_media(content)
    assert taken.kind is MediaKind.PHOTO
    for kept in (taken.content, taken.preview):
        assert kept is not None
        assert TELLS not in kept
        with Image.open(BytesIO(kept)) as picture:
            assert not picture.getexif()
            assert not {"comment", "xmp", "exif", "icc_profile", "XML:com.adobe.xmp"} & set(
                picture.info
            )


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    taken = take_media(photo(turn=6))  # to be turned a quarter to the right
    with Image.open(BytesIO(taken.content)) as picture:
        assert picture.size == (80, 120)
        red, _green, blue = picture.getpixel((40, 10))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)


def test_what_is_clear_stays_clear_and_the_preview_is_small() -> None:
    written = BytesIO()
    Image.new("RGBA", (3000, 1500), (0, 0, 0, 0)).save(written, "PNG")
    taken = take_media(written.getvalue())
    assert (taken.media_type, taken.suffix) == ("image/png", ".png")
    assert taken.preview is not None
    with Image.open(BytesIO(taken.preview)) as preview:
        assert (preview.format, preview.size) == ("JPEG", (1024, 512))


def test_a_profile_of_colours_goes_and_the_colours_stay() -> None:
    from PIL import ImageCms  # noqa: PLC0415

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    written = BytesIO()
    Image.new("RGB", (20, 20), (200, 100, 50)).save(written, "PNG", icc_profile=profile)
    taken = take_media(written.getvalue())
    with Image.open(BytesIO(taken.content)) as picture:
        assert "icc_profile" not in picture.info
        red, green, blue = picture.getpixel((10, 10))  # type: ignore[misc]
    assert max(abs(red - 200), abs(green - 100), abs(blue - 50)) < 4


def huge_png(width: int, height: int) -> bytes:
    """Return a small file that says it is so large a picture."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (head, b"IDAT" + zlib.compress(bytes(1000)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", b"", "The file is empty"),
        ("a.jpg", b"no picture at all", "This is no picture or recording"),
        ("a.jpg", b"%PDF-1.7\n", "This is a PDF"),
        ("a.jpg", b"PK\x03\x04rest", "This is a packed folder"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        ("a.jpg", photo()[:400], "This picture is damaged"),
        ("a.png", huge_png(20_000, 20_000), "more than 80 million dots"),
        ("a.png", huge_png(2**31 - 1, 2**31 - 1), "more than 80 million dots"),
        ("a.wav", b"RIFF\0\0\0\0WAVE", "This recording is damaged"),
        ("a.mp3", b"ID3\x04\0\0\xff\xff\xff\xff", "This recording is damaged"),
    ],
)
def test_a_file_that_cannot_be_kept_ends_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=said) as refused:
        read_media(file)
    assert "Nothing was taken in." in str(refused.value)


def test_a_file_is_what_is_in_it_and_not_what_it_is_called(tmp_path: Path) -> None:
    taken = read_media(photo_file(tmp_path, "film.mp4"))
    assert (taken.kind, taken.suffix) == (MediaKind.PHOTO, ".jpg")


def mp3() -> bytes:
    sound = b"\xff\xfb\x90\x00" + b"\0" * 413
    tag = b"ID3\x04\0\0" + bytes([0, 0, 0, len(TELLING)]) + TELLS
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(TELLS), 1, 0) + bytes(8)
    return tag + sound + TELLS + ape + b"TAG" + TELLS.ljust(125, b"\0")


def wav() -> bytes:
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\1\2" * 500)
    said = b"LIST" + struct.pack("<I", len(TELLS) + 1) + TELLS + b"\0"
    return written.getvalue() + said


def flac() -> bytes:
    stream = b"\0" + (34).to_bytes(3, "big") + bytes(34)
    said = b"\x84" + len(TELLS).to_bytes(3, "big") + TELLS
    return b"fLaC" + stream + said + b"\xff\xf8sound"


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4() -> bytes:
    times = bytes(4) + struct.pack(">II", 3_800_000_000, 3_800_000_000) + bytes(8)
    handler = box(b"hdlr", bytes(8), b"vide", bytes(13))
    track = box(b"trak", box(b"tkhd", times), box(b"mdia", box(b"mdhd", times), handler))
    told = box(b"udta", box(b"\xa9xyz", TELLS)), box(b"meta", bytes(4), TELLS)
    return (
        box(b"ftyp", b"mp42", bytes(4))
        + box(b"mdat", b"picture")
        + box(b"moov", box(b"mvhd", times), track, *told)
    )


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(mp3(), "audio/mpeg"), (wav(), "audio/wav"), (flac(), "audio/flac"), (mp4(), "video/mp4")],
    ids=["mp3", "wav", "flac", "mp4"],
)
def test_a_recording_says_nothing_beside_its_sound(content: bytes, media_type: str) -> None:
    assert TELLS in content
    taken = take_media(content)
    assert taken.media_type == media_type
    assert TELLS not in taken.content
    assert taken.preview is None


def test_what_is_heard_and_seen_is_the_same() -> None:
    with wave.open(BytesIO(take_media(wav()).content)) as sound:
        assert sound.readframes(1000) == b"\1\2" * 500
    film = take_media(mp4()).content
    assert len(film) == len(mp4())
    assert film.index(b"picture") == mp4().index(b"picture")
    assert struct.pack(">I", 3_800_000_000) not in film
    assert take_media(flac()).content == b"fLaC\x80\0\0\x22" + bytes(34) + b"\xff\xf8sound"
    assert take_media(mp3()).content == b"\xff\xfb\x90\x00" + b"\0" * 413


@given(
    st.sampled_from(["audio/mpeg", "audio/wav", "audio/flac", "video/mp4"]),
    st.sampled_from([mp3(), wav(), flac(), mp4()]),
    st.integers(0, 600),
    st.binary(max_size=12),
)
def test_whatever_is_in_a_recording_it_ends(
    media_type: str, content: bytes, place: int, other: bytes
) -> None:
    try:
        without_traces(content[:place] + other + content[place + len(other) :], media_type)
    except (ValueError, IndexError):
        return
