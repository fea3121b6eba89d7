"""What is kept about a person beside her records: what stays after an erasure, the stop list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.subjects import DataSubject


def proofs_about(read: Session, subject: DataSubject) -> list[dict[str, Any]]:
    """Return the proofs that are left of an earlier erasure of hers, the oldest first."""
    rows = read.scalars(
        select(Proof).where(Proof.subject_ref == subject.ref).order_by(Proof.made_on, Proof.id)
    )
    return [
        {
            "kind": one.kind,
            "facts": one.facts,
            "made_on": one.made_on.isoformat(),
            "until": one.until.isoformat(),
        }
        for one in rows
    ]
