"""From a ref to a breach."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.i18n import _


def find_breach(session: Session, ref: BreachRef) -> Breach:
    """Return a breach."""
    found = session.scalar(select(Breach).where(Breach.ref == ref))
    if found is None:
        raise NotFoundError(_("This breach is not in the register."))
    return found


def find_open_breach(session: Session, ref: BreachRef) -> Breach:
    """Return a breach that may still be changed.

    Raises:
        DomainError: It is closed.
    """
    found = find_breach(session, ref)
    if found.closed_on is not None:
        raise DomainError(
            _("This breach is closed. Nothing was changed. Open it again first, if it must be.")
        )
    return found
