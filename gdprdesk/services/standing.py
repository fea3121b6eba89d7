"""Whose data may be used: not what is only stored (Art. 18), and no advertising to who objects."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.consents import ConsentText
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Audience
from gdprdesk.i18n import _


def in_use() -> ColumnElement[bool]:
    """Return what is so of everybody whose data are not only stored."""
    return DataSubject.restricted_on.is_(None)


def may_get_advertising() -> ColumnElement[bool]:
    """Return what is so of everybody who may be sent letters and offers, as far as she objects."""
    return in_use() & DataSubject.objected_on.is_(None)


def usable_for(read: Session, purpose: str) -> ColumnElement[bool]:
    """Return what is so of everybody whose consent to a purpose may be used now."""
    asked = (
        select(ProcessingActivity.audiences)
        .join(ConsentText, ConsentText.activity_id == ProcessingActivity.id)
        .where(ConsentText.purpose == purpose)
    )
    sends = any(Audience.NEWSLETTER in audiences for audiences in read.scalars(asked))
    return may_get_advertising() if sends else in_use()


def only_stored() -> str:
    """Return what stands in a list for others in the place of a name that may not be used."""
    return _("(only stored)")
