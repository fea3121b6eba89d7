"""What is kept about a person beside her records: the stop list, and proofs of an earlier erasure.

Neither says a name. They are found by the addresses and numbers she has today: Article 15 asks for
them too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.subjects import ContactDetail
from gdprdesk.services.finding import today_of
from gdprdesk.services.stop_list import digest_of, stopped

STOPPED = "stop_entry"


def proofs_about(read: Session, records: Iterable[PersonalRecord]) -> list[dict[str, Any]]:
    """Return what the stop list and the proofs know of her addresses and numbers.

    Args:
        read: The open register.
        records: All of hers.
    """
    normals = [
        (one.kind, one.normal) for one in records if isinstance(one, ContactDetail) and one.normal
    ]
    entries = [
        {
            "kind": STOPPED,
            "facts": {"contact": row.contact.value, "reason": row.reason.value},
            "made_on": row.made_on.isoformat(),
            "until": row.until.isoformat(),
        }
        for rows in stopped(read, normals).values()
        for row in rows
    ]
    digests = {digest_of(read, *one) for one in normals}
    proofs = read.scalars(
        select(Proof).where(Proof.until >= today_of(read)).order_by(Proof.made_on, Proof.id)
    )
    return [
        *entries,
        *(
            {
                "kind": one.kind,
                "facts": one.facts,
                "made_on": one.made_on.isoformat(),
                "until": one.until.isoformat(),
            }
            for one in proofs
            if digests & set(one.digests)
        ),
    ]
