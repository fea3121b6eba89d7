"""The tables of a new register: every kind of thing that the domain knows."""

from __future__ import annotations

from sqlalchemy import Connection

from gdprdesk.domain import (  # noqa: F401  (each declares its tables)
    activities,
    assessments,
    audit,
    backups,
    bookings,
    breaches,
    calls,
    clean_up,
    closing,
    consents,
    duplicates,
    editions,
    erasure,
    gift_cards,
    guardians,
    holds,
    identity,
    importing,
    invoices,
    journal,
    media,
    newsletters,
    notes,
    organisation,
    papers,
    permissions,
    proofs,
    recipients,
    register,
    requests,
    served,
    sources,
    staff,
    subjects,
)
from gdprdesk.domain.base import Entity
from gdprdesk.store.search import create_index

TABLES = Entity.metadata


def create_tables(connection: Connection) -> None:
    """Make every table and the word index."""
    TABLES.create_all(connection)
    create_index(connection)
