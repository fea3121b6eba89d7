"""Taking out of sound and film what a telephone writes beside them: when, where, with what.

Only what can be taken out for certain is: the sound and the picture stay as they are, byte for
byte. What a file holds beyond that, nobody promises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

_ID3, _ID3_SHORT, _APE = b"ID3", b"TAG", b"APETAGEX"
_ID3_HEADER, _ID3_SHORT_SIZE, _APE_SIZE = 10, 128, 32
_FOOTER = 0x10
_HAS_HEADER = 1 << 31
_KEPT_OF_WAV = {b"fmt ", b"fact", b"data"}
_STREAM, _SEEK, _LAST = 0, 3, 0x80
_TELLING = {b"udta", b"meta", b"uuid", b"ID32", b"XMP_"}
_HOLDING = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"moof", b"traf"}
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
_DEEPEST = 12


def without_traces(content: bytes, media_type: str) -> bytes:
    """Return a recording without what is known to stand beside it; another kind as it is.

    Raises:
        ValueError: It is damaged.
    """
    clean = _CLEANED.get(media_type)
    return clean(content) if clean else content


def _mp3(content: bytes) -> bytes:
    start = 0
    while content[start : start + 3] == _ID3:
        size = _syncsafe(content[start + 6 : start + _ID3_HEADER])
        footer = _ID3_HEADER if content[start + 5] & _FOOTER else 0
        start += _ID3_HEADER + size + footer
    sound = content[start:]
    while tail := _tail(sound):
        sound = sound[: max(len(sound) - tail, 0)]
    if not sound:
        raise ValueError("nothing but tags")
    return sound


def _tail(sound: bytes) -> int:
    """Return how many bytes at the end tell something; 0 if it ends with the sound."""
    if sound[-_ID3_SHORT_SIZE:].startswith(_ID3_SHORT):
        return _ID3_SHORT_SIZE
    footer = sound[-_APE_SIZE:]
    if not footer.startswith(_APE):
        return 0
    size, flags = (int.from_bytes(footer[at : at + 4], "little") for at in (12, 20))
    return max(size, _APE_SIZE) + (_APE_SIZE if flags & _HAS_HEADER else 0)


def _syncsafe(four: bytes) -> int:
    first, second, third, last = four  # anything else is cut off, and refused
    return first << 21 | second << 14 | third << 7 | last


def _wav(content: bytes) -> bytes:
    parts: list[bytes] = []
    place = 12
    while place + 8 <= len(content):
        name, size = (
            content[place : place + 4],
            int.from_bytes(content[place + 4 : place + 8], "little"),
        )
        body = content[place + 8 : place + 8 + size]
        if name in _KEPT_OF_WAV:
            parts.append(name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
        place += 8 + size + size % 2
    if not any(one.startswith(b"data") for one in parts):
        raise ValueError("no sound")
    kept = b"WAVE" + b"".join(parts)
    return b"RIFF" + len(kept).to_bytes(4, "little") + kept


def _flac(content: bytes) -> bytes:
    kept: list[tuple[int, bytes]] = []
    place, last = 4, False
    while not last:
        if place + 4 > len(content):
            raise ValueError("cut off")
        kind, last = content[place] & ~_LAST, bool(content[place] & _LAST)
        size = int.from_bytes(content[place + 1 : place + 4], "big")
        if kind in {_STREAM, _SEEK}:
            kept.append((kind, content[place + 4 : place + 4 + size]))
        place += 4 + size
    blocks = [
        bytes([kind | (_LAST if number == len(kept) else 0)]) + len(body).to_bytes(3, "big") + body
        for number, (kind, body) in enumerate(kept, 1)
    ]
    return content[:4] + b"".join(blocks) + content[place:]


def _mp4(content: bytes) -> bytes:
    """Blank the boxes that tell, each in its place: nothing moves, so all else still fits."""
    blanked = bytearray(content)
    for name, start, body, end in list(_boxes(content, 0, len(content))):
        if name in _TELLING:
            blanked[start + 4 : start + 8] = b"free"
            blanked[body:end] = bytes(end - body)
        elif name in _TIMED:
            wide = 8 if content[body : body + 1] == b"\1" else 4
            times = body + 4, min(body + 4 + 2 * wide, end)
            blanked[times[0] : times[1]] = bytes(max(times[1] - times[0], 0))
    return bytes(blanked)


def _boxes(
    content: bytes, place: int, end: int, depth: int = 0
) -> Iterator[tuple[bytes, int, int, int]]:
    """Walk the boxes of a film: name, where it begins, where its body begins, where it ends."""
    while place + 8 <= end:
        size, name, body = (
            int.from_bytes(content[place : place + 4], "big"),
            content[place + 4 : place + 8],
            place + 8,
        )
        if size == 1:
            size, body = int.from_bytes(content[place + 8 : place + 16], "big"), place + 16
        ends = end if size == 0 else place + size
        if ends < body or ends > end:
            raise ValueError("a box that does not fit")
        yield name, place, body, ends
        if name in _HOLDING and depth < _DEEPEST:
            yield from _boxes(content, body, ends, depth + 1)
        place = ends


_CLEANED: Mapping[str, Callable[[bytes], bytes]] = {
    "audio/mpeg": _mp3,
    "audio/wav": _wav,
    "audio/flac": _flac,
    "audio/mp4": _mp4,
    "video/mp4": _mp4,
    "video/quicktime": _mp4,
}
