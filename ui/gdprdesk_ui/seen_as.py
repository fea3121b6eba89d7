"""Looking at the register as somebody else: the strip that says so, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gdprdesk.desk import Desk
from gdprdesk.i18n import _
from gdprdesk.services.staff import SeenAs
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.layout import holder, row
from gdprdesk_ui.widgets.messages import Banner


def own_view_button(desk: Desk) -> Button | None:
    """Return what leads back to one's own view; nothing if one looks at it as oneself."""
    if desk.seen_as is None:
        return None
    return Button(_("Back to my own view"), size="small", on_click=desk.look_as_myself)


def seen_as_banner(seen_as: SeenAs, back: Button) -> QWidget:
    """Say all the time as whom the register is looked at, and that nothing can be changed."""
    who = f"{seen_as.name} ({seen_as.role_name})" if seen_as.name else seen_as.role_name
    banner = Banner(
        "info",
        _("You see this as {who}").format(who=who),
        _("What is missing here is not there for her. Nothing can be changed meanwhile."),
        [back],
        icon_name="eye",
    )
    return holder(row(banner, margins=(16, 12, 16, 0)))
