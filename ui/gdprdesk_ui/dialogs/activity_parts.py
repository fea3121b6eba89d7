"""The things of which a row of the register may have several: further purposes, cookies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import LegalBasis, Start, Unit, say
from gdprdesk.i18n import _
from gdprdesk_ui.dialogs.part_list import PartField, PartList
from gdprdesk_ui.dialogs.rule_field import MOST, RuleField
from gdprdesk_ui.widgets import Choice


def purpose_list() -> PartList:
    """Return what else the same records are for, each with its own basis and clock."""
    return PartList(
        [
            [PartField("purpose", _("What else it is for"))],
            [
                PartField("legal_basis", _("Legal basis"), _basis, 2),
                PartField("basis_note", _("Why that basis"), share=3),
            ],
            [PartField("rule", _("Kept for"), _rule)],
        ],
        add=_("Another purpose"),
        remove=_("Take this purpose away"),
        check=_wrong_purpose,
    )


def cookie_list() -> PartList:
    """Return what a website leaves in the visitor's browser."""
    return PartList(
        [
            [
                PartField("name", _("Name of the cookie")),
                PartField("life", _("How long it lives")),
            ],
            [
                PartField("owner", _("Whose it is")),
                PartField("basis", _("Why it may be set")),
            ],
            [PartField("purpose", _("What it is for"))],
        ],
        add=_("Another cookie"),
        remove=_("Take this cookie away"),
        check=_wrong_cookie,
    )


def _basis() -> QWidget:
    return Choice([(one, say(one)) for one in LegalBasis])


def _rule() -> QWidget:
    field = RuleField(ranged=False)
    field.show_rule(Start.LAST_ACTIVITY, "24", Unit.MONTHS)
    return field


def _wrong_purpose(one: Mapping[str, Any]) -> str | None:
    count = one["rule"]["count"].strip()
    if one["purpose"].strip() and count.isdecimal() and int(count) <= MOST:
        return None
    return _("Say for each further purpose what it is and, with a number, how long it is needed.")


def _wrong_cookie(one: Mapping[str, Any]) -> str | None:
    if all(one[field].strip() for field in ("name", "life", "purpose")):
        return None
    return _("Say for each cookie what it is called, how long it lives and what it is for.")
