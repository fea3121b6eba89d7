"""The plain bytes of every page of a register, so that a test can search for what must be gone.

SQLCipher 4: pages of 4096 bytes whose last 80 are the vector (16) and the seal (64) of the page;
the first 16 of the file are salt; AES-256 in CBC with the vault key as it is. The write-ahead log
holds the same pages, each after a header of 24 bytes, the whole after one of 32.

No connection of SQLite may rely on its locks while this reads: closing a file lets go of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from Cryptodome.Cipher import AES

from gdprdesk.store.keys import Keys, Secret
from tests.builders import CHEAP, PASSWORD

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def vault_key(
    folder: Path,
    password: str = PASSWORD,
    staff: str = "owner",
) -> bytes:
    return Keys(folder / "keys.json", CHEAP).unlock(staff, Secret(password)).vault


def decrypted_pages(folder: Path, key: bytes) -> bytes:
    """Return all of the database and of its log: tables, free pages, gaps, old versions."""
    database, log = folder / "register.db", folder / "register.db-wal"
    plain = [*_pages(database.read_bytes(), key)]
    if log.exists():
        plain += _frames(log.read_bytes(), key)
    return b"".join(plain)


def _pages(database: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(0, len(database), PAGE):
        yield _plain(database[start : start + PAGE], key, is_first=start == 0)


def _frames(wal: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(WAL_HEADER, len(wal), FRAME_HEADER + PAGE):
        number = int.from_bytes(wal[start : start + 4], "big")
        page = wal[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
        yield _plain(page, key, is_first=number == 1)


def _plain(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    content = page[SALT if is_first else 0 : PAGE - RESERVED]
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    return AES.new(key, AES.MODE_CBC, vector).decrypt(content)
