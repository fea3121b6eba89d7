"""Where the log stood, printed on papers, so that an old paper proves what came before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_moment
from gdprdesk.services.registry import query
from gdprdesk.store.audit_chain import digest_of_line, follow_chain, head_of

ANCHOR_LENGTH = 12
_MISTAKEN = str.maketrans({"o": "0", "l": "1", "i": "1"})
_HEXADECIMAL = frozenset("0123456789abcdef")


@dataclass(frozen=True, repr=False)
class AnchorAnswer:
    """What an old paper proves.

    Attributes:
        fits: Whether the register is the one it was printed from, and whole up to there.
        sentence: What that means.
        at: When the line was written; nothing if it is not known any more.
    """

    fits: bool
    sentence: str
    at: datetime | None


def log_anchor(read: Session) -> str:
    """Return where the log stands, for the foot of a paper; nothing in an empty register."""
    head = head_of(read.connection().exec_driver_sql)
    if not head.line:
        return ""
    return _("Log {number}: {digest}").format(number=head.line, digest=head.head[:ANCHOR_LENGTH])


@query("log.verify_anchor", needs=Permission.REGISTER)
def verify_anchor(read: Session, *, number: int, characters: str) -> AnchorAnswer:
    """Compare the foot of an old paper with the log.

    Args:
        read: The register.
        number: The number of the line.
        characters: The twelve characters after it, in any way of typing them.

    Raises:
        DomainError: These are not twelve characters of a log.
    """
    typed = _typed(characters)
    ask = read.connection().exec_driver_sql
    state = read.scalars(select(RegisterState)).one()
    if 0 < number < state.log_from:
        return AnchorAnswer(fits=False, sentence=_let_go(state.log_from), at=None)
    known = digest_of_line(ask, number)
    if known is None or known[:ANCHOR_LENGTH] != typed:
        return AnchorAnswer(fits=False, sentence=_foreign(), at=None)
    line = read.get(AuditEntry, number)
    at = datetime.fromisoformat(line.at) if line else None
    broken = [one for one in follow_chain(ask, state.audit_key).findings if one.line <= number]
    if broken:
        return AnchorAnswer(fits=False, sentence=_changed(broken[0].line), at=at)
    return AnchorAnswer(fits=True, sentence=_proven(at), at=at)


def _typed(characters: str) -> str:
    typed = "".join(characters.split()).replace("-", "").casefold().translate(_MISTAKEN)
    if len(typed) != ANCHOR_LENGTH or not set(typed) <= _HEXADECIMAL:
        raise DomainError(
            _(
                "At the foot of a paper stands “Log”, a number and 12 characters, made of 0 to 9 "
                "and a to f. Type them as they stand there."
            )
        )
    return typed


def _proven(at: datetime | None) -> str:
    if at is None:
        return _("This paper was printed from this register. The lines before it are gone by now.")
    return _(
        "This paper was printed from this register after {moment}, and nothing that the log says "
        "of the time before was changed since."
    ).format(moment=format_moment(at))


def _changed(line: int) -> str:
    return _(
        "This paper was printed from this register, but the log was changed since, outside the "
        "program: line {line}. Keep the paper, and let the register be checked."
    ).format(line=line)


def _foreign() -> str:
    return _(
        "This paper does not belong to this register as it is now. It was printed from another "
        "one, or from this one before its log was changed or an older file was put in its place. "
        "Look whether you have typed it as it stands there, and keep the paper."
    )


def _let_go(line: int) -> str:
    return _(
        "The log of that time is gone, since its time was over: it begins after line {line}. So "
        "this paper cannot be compared any more."
    ).format(line=line)
