"""What changed between two versions of a notice, or between one and the register of today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.differences import Change
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notice import PartChange, SentenceChange
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.notice import VersionRow, compare_notices
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.tokens import Tone
from gdprdesk_ui.widgets import Card, Choice, FormField, Label, Pill, clear, column, holder, row

NOW = None
"""In place of a newer version: the notice as the register writes it today."""

_WORDS: dict[Change, tuple[Tone, str]] = {
    Change.ADDED: ("accent", N_("New")),
    Change.GONE: ("danger", N_("Gone")),
    Change.CHANGED: ("warn", N_("Changed")),
}


def compare_versions(
    context: PageContext, versions: Sequence[VersionRow]
) -> NoticeDifferenceDialog:
    """Show what changed between versions, the newest of which stands first."""
    dialog = NoticeDifferenceDialog(context, versions)
    dialog.show()
    return dialog


class NoticeDifferenceDialog(FormDialog):
    """Two versions to choose, and the sentences that differ beside each other.

    Attributes:
        older: The older of the two.
        newer: The newer one, or the register of today.
        changes: What changed, as it is shown.
        summary: How much that is.
    """

    def __init__(self, context: PageContext, versions: Sequence[VersionRow]) -> None:
        super().__init__(
            context,
            _("What has changed in the notice"),
            _("The sentences that went stand at the left, those that came at the right."),
            verb=_("Close"),
            width=WIDE,
        )
        named: list[tuple[EditionRef | None, str]] = [
            (one.ref, _name(one, context)) for one in versions
        ]
        self.older = Choice(named)
        self.newer = Choice([(NOW, _("The register of today")), *named])
        self.older.set_value(versions[0].ref)
        self.changes: tuple[PartChange, ...] = ()
        self.summary = Label("", "strong", wrap=True)
        self._shown = column(spacing=12)
        fields = row(
            FormField(_("Older version"), self.older),
            FormField(_("Newer version"), self.newer),
            spacing=16,
        )
        self.body.addLayout(fields)
        self.body.addWidget(self.summary)
        self.body.addWidget(holder(self._shown))
        self.cancel_button.hide()
        self.verb_button.clicked.connect(self.accept)
        self.older.picked.connect(self._compare)
        self.newer.picked.connect(self._compare)
        self._compare()

    def _compare(self) -> None:
        older, newer = self.older.value(), self.newer.value()
        self.changes = ()
        try:
            if older is not None:
                found = self.context.desk.ask(compare_notices, older=older, newer=newer)
                self.changes = found.parts
            said = "" if self.changes else _("Nothing: they say the same, word for word.")
        except DomainError as refusal:
            said = str(refusal)
        self.summary.setText(said)
        self.summary.setVisible(bool(said))
        clear(self._shown)
        for part in self.changes:
            self._shown.addWidget(_card(part))


def _name(one: VersionRow, context: PageContext) -> str:
    day = format_day(one.made_on, short=True, today=context.today)
    return _("Version {number}, {day}").format(number=one.number, day=day)


def _card(part: PartChange) -> Card:
    tone, words = _WORDS[part.change]
    heading = part.heading or _("The beginning")
    head = row(Label(heading, "card", wrap=True), Pill(_(words), tone), spacing=12)
    head.setStretch(0, 1)
    return Card(head, *(_sentence(one) for one in part.sentences), spacing=10)


def _sentence(one: SentenceChange) -> QWidget:
    nothing = "\N{EN DASH}"
    before = Label(one.before or nothing, "body", "muted", wrap=True)
    after = Label(one.after or nothing, "body", wrap=True)
    before.setAccessibleName(_("Before: {text}").format(text=one.before or _("Nothing")))
    after.setAccessibleName(_("Now: {text}").format(text=one.after or _("Nothing")))
    line = row(before, after, spacing=20)
    line.setStretch(0, 1)
    line.setStretch(1, 1)
    return holder(line)
