"""What speaks for a small risk and for a great one."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk_ui.widgets import Card, CardHeading, Icon, Label, clear, column, holder, row


class ReasonsCard(Card):
    """The reasons behind the risk that is proposed."""

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._rows = column(spacing=8)
        self.add(self._rows)

    def show_breach(self, one: BreachDetail) -> None:
        """Show the reasons of a breach."""
        clear(self._rows)
        for lowers, heading in ((True, _("For a small risk")), (False, _("For a great risk"))):
            reasons = [reason for reason in one.proposal.reasons if reason.lowers is lowers]
            if reasons:
                self._rows.addWidget(CardHeading(heading))
            for reason in reasons:
                icon = (
                    Icon("check", "accent_text") if lowers else Icon("triangle-alert", "warn_text")
                )
                line = row(icon, Label(reason.words, "body", wrap=True), spacing=10)
                line.setStretch(1, 1)
                self._rows.addWidget(holder(line))
        self.setVisible(bool(one.proposal.reasons))
