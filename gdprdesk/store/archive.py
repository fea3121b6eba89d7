"""A backup as one file: the register as it lies in its folder, encrypted as it is, in one zip.

Nothing in it is packed: what is encrypted grows no smaller, and no entry can be larger than the
file that it came in.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Self

import gdprdesk
from gdprdesk.domain.errors import DamagedError, DomainError, NewerVersionError
from gdprdesk.i18n import _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.store import keys as key_file
from gdprdesk.store import ledger as ledger_file
from gdprdesk.store.files import PRIVATE_NEW
from gdprdesk.store.keys import derive

SUFFIX = ".gdprdesk-backup"
MANIFEST = "manifest.json"
PARTS = (key_file.REGISTER_FILE, key_file.FILE, ledger_file.FILE)  # the ledger if anybody is in it

_FORMAT = 1
_MOST_BYTES = 1 << 20  # of the parts that are read at once: keys and manifest
_CHUNK = 1 << 20
_BEGINS = b"PK\x03\x04"


@dataclass(frozen=True)
class Facts:
    """What a register holds, in figures, so that a copy can be compared with what it should be.

    Attributes:
        schema: Which change of the tables it has seen last.
        counts: How many rows each table has.
        log_lines: The number of the newest line of its log when the copy was first made.
        log_head: The digest of that line.
        erased_lines: How many lines of the ledger of the erased are carried out in it.
    """

    schema: int
    counts: Mapping[str, int]
    log_lines: int
    log_head: str
    erased_lines: int


@dataclass(frozen=True)
class Manifest:
    """What a copy says of itself; nothing about anybody.

    Attributes:
        made_at: When the register was as it is in the copy, in UTC.
        program: The version that wrote the file.
        parts: SHA-256 of each part, by its name.
        mac: Seals all of it with the vault key; empty in the copy of an early version, which
            had no manifest.
    """

    register_id: str
    made_at: datetime
    program: str
    facts: Facts
    parts: Mapping[str, str]
    mac: str = ""

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return what a copy says of itself.

        Raises:
            NewerVersionError: A newer program wrote it.
            ValueError: It is damaged. (So may KeyError and TypeError say.)
        """
        stored = json.loads(text)
        if stored["format"] > _FORMAT:
            raise newer_copy()
        facts = Facts(**stored["facts"])
        made_at = datetime.fromisoformat(stored["made_at"])
        named = {name: stored[name] for name in ("register_id", "program", "parts", "mac")}
        return cls(facts=facts, made_at=made_at.astimezone(UTC), **named)

    def stored(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return {"format": _FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}

    def sealed(self, key: bytes) -> Self:
        """Return it sealed with the vault key."""
        return replace(self, mac=self._seal(key))

    def is_sealed_with(self, key: bytes) -> bool:
        """Return whether the holder of the vault key wrote it."""
        return self.mac == self._seal(key)

    def _seal(self, key: bytes) -> str:
        body = json.dumps({**self.stored(), "mac": ""}, sort_keys=True).encode()
        return hashlib.blake2b(body, key=derive(key, "backup"), digest_size=32).hexdigest()


class Archive:
    """A backup that is there to be read.

    Attributes:
        path: Where it is.
        manifest: What it says of itself; not to be trusted before the vault key has confirmed it.
    """

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.path = path
        self._opened = opened
        self._infos = {info.filename: info for info in opened.infolist()}
        self._must_be_ours()
        self.manifest = self._manifest()

    def keys(self) -> bytes:
        """Return the key file."""
        return self._opened.read(key_file.FILE)

    def ledger(self) -> bytes:
        """Return the ledger of the erased; empty if nobody was."""
        return self._opened.read(ledger_file.FILE) if ledger_file.FILE in self._infos else b""

    def unpack(self, folder: Path, progress: Progress = SILENT) -> None:
        """Write the parts into an empty folder, encrypted as they are.

        Raises:
            DamagedError: A part is not as it was written.
        """
        parts = [name for name in PARTS if name in self._infos]
        total = sum(self._infos[name].file_size for name in parts)
        done = 0
        for name in parts:
            digest = hashlib.sha256()
            with self._opened.open(name) as source, _create(folder / name) as target:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    target.write(chunk)
                    done += len(chunk)
                    progress.step(done, total)
                target.flush()
                os.fsync(target.fileno())
            if self.manifest.parts.get(name, digest.hexdigest()) != digest.hexdigest():
                raise damaged_copy(self.path)

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of each part as it is read now."""
        return {name: self._digest(name) for name in PARTS if name in self._infos}

    def _digest(self, name: str) -> str:
        with self._opened.open(name) as source:
            return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]

    def _must_be_ours(self) -> None:
        infos = self._opened.infolist()
        known = {*PARTS, MANIFEST}
        packed = any(info.compress_type != zipfile.ZIP_STORED for info in infos)
        needed = {key_file.REGISTER_FILE, key_file.FILE}
        if len(infos) != len(self._infos) or packed or not needed <= set(self._infos) <= known:
            raise no_copy(self.path)
        small = [name for name in (key_file.FILE, MANIFEST) if name in self._infos]
        if any(self._infos[name].file_size > _MOST_BYTES for name in small):
            raise damaged_copy(self.path)

    def _manifest(self) -> Manifest:
        try:
            if MANIFEST in self._infos:
                manifest = Manifest.read(self._opened.read(MANIFEST))
                if set(manifest.parts) != set(self._infos) - {MANIFEST}:
                    raise damaged_copy(self.path)
                return manifest
            return self._of_early_version()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise damaged_copy(self.path) from None

    def _of_early_version(self) -> Manifest:
        """Return what can be known of a copy that an early version made before a change."""
        register_id = json.loads(self.keys())["register_id"]
        written = datetime(*self._infos[key_file.REGISTER_FILE].date_time).astimezone(UTC)
        return Manifest(str(register_id), written, "", Facts(0, {}, 0, "", 0), {})


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a backup to read it.

    Raises:
        DamagedError: It is damaged, only half there, or no backup at all.
        NewerVersionError: A newer program wrote it.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        begins = file.read(len(_BEGINS))
        try:
            opened = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError):
            raise (half_copy(path) if begins == _BEGINS else no_copy(path)) from None
        with opened:
            try:
                yield Archive(path, opened)
            except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
                raise damaged_copy(path) from None


def write_archive(
    target: Path,
    folder: Path,
    describe: Callable[[Mapping[str, str]], Manifest],
    progress: Progress,
) -> Manifest:
    """Put the parts that lie in a folder in one file, safe on the disk on return.

    Args:
        target: The file to make.
        folder: A register that nobody writes in.
        describe: Returns what the copy says of itself, from the SHA-256 of each part.
        progress: Is told how many bytes are written.
    """
    names = [name for name in PARTS if (folder / name).is_file()]
    total = sum((folder / name).stat().st_size for name in names)
    done, digests = 0, {}
    with _create(target) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name in names:
                digest = hashlib.sha256()
                with (folder / name).open("rb") as source, _entry(archive, name) as entry:
                    while chunk := source.read(_CHUNK):
                        digest.update(chunk)
                        entry.write(chunk)
                        done += len(chunk)
                        progress.step(done, total)
                digests[name] = digest.hexdigest()
            manifest = describe(digests)
            with _entry(archive, MANIFEST) as entry:
                entry.write(json.dumps(manifest.stored(), indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
        _forget_what_was_read(file)
    return manifest


def describe(
    key: bytes, register_id: str, made_at: datetime, facts: Facts, parts: Mapping[str, str]
) -> Manifest:
    """Return what a copy that this program writes says of itself, sealed with the vault key."""
    manifest = Manifest(register_id, made_at.astimezone(UTC), gdprdesk.__version__, facts, parts)
    return manifest.sealed(key)


def no_copy(path: Path) -> DamagedError:
    """Return that a file is no backup."""
    said = _(
        "“{name}” is no backup of this program. Nothing was changed. Choose a file whose name ends "
        "in .gdprdesk-backup."
    )
    return DamagedError(said.format(name=path.name))


def half_copy(path: Path) -> DamagedError:
    """Return that only the beginning of a backup is there."""
    said = _(
        "Only a part of “{name}” is there: it was copied or fetched only half. Nothing was "
        "changed. Copy the whole file once more, or choose another backup."
    )
    return DamagedError(said.format(name=path.name))


def damaged_copy(path: Path) -> DamagedError:
    """Return that a backup is not as it was written."""
    said = _(
        "“{name}” is damaged: it is not as it was written. Nothing was changed. Choose another "
        "backup."
    )
    return DamagedError(said.format(name=path.name))


def newer_copy() -> DomainError:
    """Return that this program does not know all that a backup holds."""
    return NewerVersionError(
        _(
            "A newer version of this program made the backup. Nothing was changed. Install the "
            "newest version to use it."
        )
    )


def _create(path: Path) -> IO[bytes]:
    return open(os.open(path, PRIVATE_NEW, 0o600), "wb")  # noqa: PTH123


def _entry(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    return archive.open(zipfile.ZipInfo(name), "w", force_zip64=True)


def _forget_what_was_read(file: IO[bytes]) -> None:
    """Let the next reader get what is on the stick, and not what this computer remembers of it."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
