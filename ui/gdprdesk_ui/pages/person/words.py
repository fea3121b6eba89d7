"""How the records of a person are said and shown."""

from __future__ import annotations

from itertools import groupby

from gdprdesk.domain.terms import BookingState, Decision, LegalBasis, say
from gdprdesk.i18n import _, format_day, format_money, format_month, format_number
from gdprdesk.services.organisation import PageNames
from gdprdesk.services.persons import HistoryRow, PersonFile, WhyRow
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.tokens import Tone

ICONS = {
    "call": "phone",
    "gift_card": "gift",
    "invoice": "receipt-text",
    "consent": "signature",
    "working_note": "notebook-pen",
    "attachment": "paperclip",
    "paper_file": "archive",
    "disclosure": "send",
    "camera_clip": "video",
}
_STATE_TONES: dict[BookingState, Tone] = {
    BookingState.ENQUIRY: "info",
    BookingState.CONFIRMED: "info",
    BookingState.COMPLETED: "accent",
    BookingState.CANCELLED: "neutral",
    BookingState.NO_SHOW: "warn",
}
_BETWEEN = "  \N{MIDDLE DOT}  "
_KILO = 1024


def since_words(person: PersonFile) -> str:
    """Return what a person is to the business and since when: "Customer since March 2021"."""
    return _("{kind} since {month}").format(
        kind=say(person.kind), month=format_month(person.registered_on)
    )


def until_words(why: WhyRow) -> str:
    """Return until when something is kept."""
    if why.until is not None:
        return format_day(why.until, short=True)
    if why.by_decision:
        return _("Until you decide")
    if why.legal_basis is LegalBasis.CONSENT:
        return _("Until taken back")
    return _("Still needed")


def size_words(size: int) -> str:
    """Return how large a file is, from bytes."""
    if size < _KILO:
        return _("{count} bytes").format(count=format_number(size))
    if size < _KILO**2:
        return f"{format_number(round(size / _KILO))} kB"
    return f"{format_number(round(size / _KILO**2))} MB"


def history_title(row: HistoryRow, names: PageNames) -> str:
    """Return what happened, in one line."""
    if row.kind == "booking":
        named = names.either(_("Order {number}: {what}"), _("Booking {number}: {what}"))
        return named.format(number=row.number, what=row.title)
    if row.kind == "invoice":
        return _("Invoice {number}").format(number=row.number)
    if row.kind == "consent":
        return _("Consent: {purpose}").format(purpose=row.title)
    if row.kind == "gift_card":
        return _("Gift card {number}").format(number=row.number)
    title = row.title.partition("\n")[0]
    said = {
        "paper_file": _("On paper: {what}"),
        "disclosure": _("Handed out to {what}"),
        "camera_clip": _("Camera clip: {what}"),
    }
    return said.get(row.kind, "{what}").format(what=title)


def history_sections(
    rows: tuple[HistoryRow, ...], currency: str, names: PageNames
) -> list[Section]:
    """Return the history of a person under the months it happened in, the newest first."""
    return [
        Section(month[:1].upper() + month[1:], tuple(_entry(row, currency, names) for row in group))
        for month, group in groupby(rows, key=lambda row: format_month(row.on))
    ]


def _entry(row: HistoryRow, currency: str, names: PageNames) -> Entry:
    pill = _pill(row)
    return Entry(
        title=history_title(row, names),
        detail=_detail(row, currency),
        icon=names.orders_icon if row.kind == "booking" else ICONS.get(row.kind, "circle"),
        tone="warn" if row.is_unpaid else "neutral",
        pill=pill,
        end=format_day(row.on, short=True).rsplit(" ", 1)[0],
        key=row.ref,
    )


def _pill(row: HistoryRow) -> tuple[str, Tone] | None:
    if row.is_unpaid:
        return _("Unpaid"), "warn"
    if row.kind == "invoice":
        return _("Paid"), "accent"
    if row.state is not None:
        return say(row.state), _STATE_TONES[row.state]
    if row.decision is not None:
        return say(row.decision), "accent" if row.decision is Decision.GIVEN else "neutral"
    return None


def _detail(row: HistoryRow, currency: str) -> str:
    parts = []
    if row.total:
        parts.append(format_money(row.total, currency))
    if row.kind == "invoice":
        parts.append(row.title)
        if row.paid_on is not None:
            parts.append(_("paid {day}").format(day=format_day(row.paid_on, short=True)))
        elif row.due_on is not None:
            parts.append(_("due {day}").format(day=format_day(row.due_on, short=True)))
    if row.channel is not None:
        parts.append(say(row.channel))
    if row.method is not None:
        parts.append(say(row.method))
    if row.size:
        parts.append(size_words(row.size))
    return _BETWEEN.join(parts)
