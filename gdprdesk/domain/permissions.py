"""Roles, and what they are made of."""

from __future__ import annotations

from gdprdesk.domain.base import (
    Entity,
    Mapped,
    NotPersonal,
    NotPersonalJson,
    RoleRef,
    mapped_column,
    new_ref,
)
from gdprdesk.domain.terms import BuiltInRole, Permission


class Role(Entity):
    """A role that the owner made of permissions herself.

    Attributes:
        name: What she calls it.
        permissions: What whoever has it may see and do.
    """

    __tablename__ = "role"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    ref: Mapped[NotPersonal[RoleRef]] = mapped_column(
        init=False, default_factory=lambda: RoleRef(new_ref()), unique=True
    )
    name: Mapped[NotPersonal[str]]
    permissions: Mapped[NotPersonalJson[list[str]]] = mapped_column(default_factory=list)


EVERYTHING = frozenset(Permission)
JOURNAL = frozenset({Permission.JOURNAL_READ, Permission.JOURNAL_WRITE})
"""What the journal key is for: whoever has one of them holds it."""

_DAILY = frozenset({Permission.PEOPLE, Permission.ORDERS, Permission.CONSENTS})
_CLOSER = frozenset({Permission.NOTES, Permission.HEALTH})


def built_in(role: BuiltInRole, *, has_journal: bool) -> frozenset[Permission]:
    """Return what a built-in role may see and do.

    Args:
        role: The role.
        has_journal: Whether a journal is kept: then an assistant sees neither notes nor health,
            which a cafe's assistant needs to bake a cake without nuts.
    """
    match role:
        case BuiltInRole.OWNER:
            return EVERYTHING
        case BuiltInRole.PRACTITIONER:
            own = frozenset({Permission.NUMBERS, Permission.EXPORT_ONE, Permission.INVOICES})
            return _DAILY | _CLOSER | JOURNAL | own
        case BuiltInRole.ASSISTANT:
            return _DAILY if has_journal else _DAILY | _CLOSER
        case BuiltInRole.ACCOUNTANT:
            return frozenset({Permission.INVOICES})
