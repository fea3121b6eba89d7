"""What is kept when somebody is erased: that she was asked, that she asked, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, SubjectRef, kind_name
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.proofs import Proof, StopEntry
from gdprdesk.domain.subjects import ContactDetail
from gdprdesk.i18n import _
from gdprdesk.services.finding import find_activity_for, rules_of, today_of
from gdprdesk.services.stop_list import digest_of
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class ProofRow:
    """What would be left of a record, without saying who.

    Attributes:
        said: Of what it is left: "Proof of 2 consents".
        until: The last day it is kept.
    """

    kind: str
    said: str
    until: date


def proofs_of(session: Session, records: Iterable[PersonalRecord]) -> tuple[ProofRow, ...]:
    """Return what would be left of records that go, a line for each kind."""
    until = last_day_of(session, Proof)
    counts: dict[type[PersonalRecord], int] = {}
    for record in records:
        if record.proof() is not None:
            counts[type(record)] = counts.get(type(record), 0) + 1
    if until is None:
        return ()
    return tuple(
        ProofRow(
            kind_name(kind),
            _("Proof of {count} {records}").format(
                count=count, records=_(kind.called[0 if count == 1 else 1])
            ),
            until,
        )
        for kind, count in counts.items()
    )


def keep_proofs(
    work: UnitOfWork,
    ref: SubjectRef,
    records: Iterable[PersonalRecord],
    contacts: Iterable[ContactDetail],
) -> None:
    """Leave a proof of each record that has one, found again by the addresses she had.

    Without a row of the register that says why it is kept, none is.
    """
    activity, until = find_activity_for(work.session, Proof), last_day_of(work.session, Proof)
    if activity is None or until is None:
        return
    digests = sorted(
        {digest_of(work.session, one.kind, one.normal) for one in contacts if one.normal}
    )
    for record in records:
        if record.proof() is not None:
            proof = Proof(
                activity_id=activity.id,
                subject_ref=ref,
                kind=kind_name(type(record)),
                facts=dict(_facts(work.session, record)),
                made_on=work.today,
                until=until,
                digests=digests,
            )
            work.session.add(proof)


def last_day_of(session: Session, kind: type[Proof | StopEntry]) -> date | None:
    """Return until when what is made today is kept; nothing if the register has no row for it."""
    activity = find_activity_for(session, kind)
    if activity is None:
        return None
    today = today_of(session)
    return max(rule.after(today) for rule in rules_of(session)[activity.id])


def list_expired_proofs(session: Session) -> list[Proof | ErasureCase]:
    """Return the proofs and the cases whose last day has passed."""
    today = today_of(session)
    return [
        *session.scalars(select(Proof).where(Proof.until < today)),
        *session.scalars(select(ErasureCase).where(ErasureCase.until < today)),
    ]


def _facts(session: Session, record: PersonalRecord) -> Iterator[tuple[str, str | None]]:
    """Walk what stays: of a consent also which words she was asked with, which name nobody."""
    yield from (record.proof() or {}).items()
    if isinstance(record, Consent):
        text = session.get_one(ConsentText, record.text_id)
        yield from (
            ("purpose", text.purpose),
            ("version", text.version),
            ("language", text.language),
        )
