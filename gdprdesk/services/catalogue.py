"""Outside systems ready to pick as recipients: resources/templates/systems.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import Permission, RecipientRole
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.templates import OWN, in_language, systems
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CatalogueRow:
    """A system that can be picked, in the language of the register.

    Attributes:
        known: It is in the register already.
    """

    key: str
    name: str
    role: RecipientRole
    service: str
    gets: str
    country: str
    mechanism: str
    task: str
    deletes_after: str
    known: bool


@query("catalogue.list", needs=Permission.REGISTER)
def list_catalogue(read: Session, *, search: str = "") -> tuple[CatalogueRow, ...]:
    """Return the systems whose name or service has every word of a search, by name."""
    words = fold(search).split()
    controller = controller_of(read)
    known = read.execute(select(Recipient.key, Recipient.name)).all()
    taken = {said for pair in known for said in pair}
    rows = sorted((_row(one, controller, taken) for one in systems()), key=_folded)
    return tuple(row for row in rows if all(word in _folded(row) for word in words))


@action("catalogue.add", N_("New recipient"), needs=Permission.REGISTER)
def add_from_catalogue(work: UnitOfWork, *, key: str) -> RecipientRef:
    """Add a system of the catalogue to the recipients.

    Raises:
        DomainError: There is no such system, or it is in the register already.
    """
    row = next((one for one in list_catalogue(work.session) if one.key == key), None)
    if row is None:
        raise NotFoundError(_("The catalogue has no such system. Nothing was saved."))
    if row.known:
        said = _("{name} is in the register already. Nothing was saved.")
        raise DomainError(said.format(name=row.name))
    recipient = Recipient(
        name=row.name,
        role=row.role,
        service=row.service,
        gets=row.gets,
        country=row.country,
        mechanism=row.mechanism,
        task=row.task,
        deletes_after=row.deletes_after,
        key=row.key,
    )
    work.session.add(recipient)
    return recipient.ref


def _row(system: Mapping[str, Any], controller: Organisation, taken: set[str]) -> CatalogueRow:
    said = in_language(system, controller.language)
    return CatalogueRow(
        key=said["key"],
        name=said["name"],
        role=RecipientRole(said["role"]),
        service=said["service"],
        gets=said["gets"],
        country=controller.country if said["country"] == OWN else said["country"],
        mechanism=said.get("mechanism", ""),
        task=said.get("task", ""),
        deletes_after=said.get("deletes_after", ""),
        known=bool({said["key"], said["name"]} & taken),
    )


def _folded(row: CatalogueRow) -> str:
    return fold(f"{row.name} {row.service}")
