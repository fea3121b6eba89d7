"""What can be asked of the folder of a register before it is opened."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.store.faults import in_plain_words
from gdprdesk.store.files import finish_replacing
from gdprdesk.store.keys.content import FILE, Content, Slot

REGISTER_FILE = "register.db"


def staff_in(folder: Path) -> tuple[Slot, ...]:
    """Return who may open the register in a folder, in the order they were added.

    Raises:
        DomainError: There is no register, or its key file is damaged.
    """
    with in_plain_words(OSError):
        finish_replacing(folder)
    must_be_register(folder)
    return Content.read(folder / FILE).shown()


def must_be_register(folder: Path) -> None:
    """Refuse a folder in which there is no register; nothing is made there.

    Raises:
        DomainError: There is none.
    """
    parts = [folder / REGISTER_FILE, folder / FILE]
    if not any(part.is_file() for part in parts):
        raise DomainError(
            _(
                "There is no register here: {place}. Choose the folder whose name ends in "
                ".gdprdesk."
            ).format(place=folder)
        )
