"""What a row of the register says about itself, as rows of its sheet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.activities import Cookie
from gdprdesk.domain.terms import AtEnd, LegalBasis, Origin, say
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.activities import ActivityDetail
from gdprdesk_ui.pages.register.sheet_parts import (
    DOT,
    all_said,
    basis_said,
    pills,
    quietly,
    said,
    told,
)
from gdprdesk_ui.widgets import Described, ListRow, Pill


def purpose_rows(one: ActivityDetail) -> Iterator[QWidget]:
    """Return what it is for; with each further purpose its own basis and clock."""
    yield Described(_("Purpose"), said(one.purpose))
    yield Described(_("Legal basis"), *basis_said(one.row.legal_basis, one.basis_note))
    for further, period in zip(one.further_purposes, one.periods[1:], strict=True):
        basis = basis_said(LegalBasis(further["legal_basis"]), further["basis_note"])
        yield Described(_("Also for"), said(further["purpose"]), *basis, *quietly(period))


def people_rows(one: ActivityDetail) -> Iterator[QWidget]:
    """Return whose and which data, where from, and whether they must be given."""
    yield Described(_("Whose data"), pills((text, False) for text in one.subjects))
    which = [(kind["text"], kind["special"]) for kind in one.categories]
    yield Described(_("Which data"), pills(which), *quietly(_sensitive(one)))
    yield Described(_("Where from"), said(one.sources), *quietly(_origin(one)))
    yield from told(_("Must they be given"), one.duty)
    if one.fields:
        yield Described(_("Fields in forms"), pills((say(field), False) for field in one.fields))


def time_rows(one: ActivityDetail) -> Iterator[QWidget]:
    """Return how long, why so long, and what happens then."""
    yield Described(_("How long"), said(one.periods[0]), *quietly(one.rule.reason))
    yield Described(_("When the time is over"), said(_at_end(one.rule.at_end)))
    yield from told(_("Made less personal"), one.deidentification)


def protection_rows(one: ActivityDetail) -> Iterator[QWidget]:
    """Return the measures, and what is concluded or decided about people."""
    yield Described(_("Protection"), *all_said(one.measures))
    yield from told(_("Profiling"), one.profiling)
    yield from told(_("Automated decisions"), one.automated_decision)
    yield from told(_("How to object"), one.objection)


def place_rows(one: ActivityDetail) -> Iterator[QWidget]:
    """Return the cookies of a website and the cameras of a place."""
    if one.cookies:
        yield Described(_("Cookies"), *(_cookie(cookie) for cookie in one.cookies))
    if one.camera is not None:
        yield Described(_("Cameras"), *_camera(one))


def promise_rows(one: ActivityDetail) -> Iterator[QWidget]:
    """Return what else is promised, and which notices tell of it."""
    if one.statements:
        yield Described(_("You also promise"), *all_said(one.statements))
    told_to = [(say(audience), False) for audience in one.audiences]
    yield Described(_("Privacy notice for"), pills(told_to))


def _sensitive(one: ActivityDetail) -> str:
    if not any(kind["special"] for kind in one.categories):
        return ""
    if one.special_condition is None:
        return _("Sensitive data need a condition of Article 9.")
    return _("Sensitive data, allowed by: {condition}. Article 9.").format(
        condition=say(one.special_condition)
    )


def _origin(one: ActivityDetail) -> str:
    if one.collected_from is Origin.PERSON:
        return ""
    return _("From somebody else: each person is told of it within a month. Article 14.")


def _at_end(end: AtEnd) -> str:
    return {
        AtEnd.ERASE: _("It is erased"),
        AtEnd.ANONYMISE: _("Only figures without names are kept"),
        AtEnd.ASK: _("You are asked first"),
    }[end]


def _cookie(one: Cookie) -> QWidget:
    words = DOT.join(part for part in (one["purpose"], one["owner"], one["basis"]) if part)
    return ListRow(None, one["name"], words, Pill(one["life"], "neutral", "clock"), wrap=True)


def _camera(one: ActivityDetail) -> list[QWidget]:
    camera = one.camera
    if camera is None:
        return []
    number = ngettext("{count} camera", "{count} cameras", camera["number"])
    days = ngettext("recordings live {count} day", "recordings live {count} days", camera["days"])
    facts = (
        f"{number.format(count=camera['number'])}: {camera['places']}",
        days.format(count=camera["days"]),
    )
    sign = _("A sign tells of it") if camera["sign"] else _("No sign tells of it")
    sound = _("with sound") if camera["sound"] else _("without sound")
    return [said(DOT.join(facts)), *quietly(DOT.join((sign, sound)))]
