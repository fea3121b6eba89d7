"""Where other people's records speak of whom is to be erased; each place to be masked or left."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from gdprdesk.domain.base import kind_name, label_of, personal_kinds
from gdprdesk.i18n import _
from gdprdesk.services.traces import Trace, TraceSearch
from gdprdesk_ui.pages.erase.lists import small
from gdprdesk_ui.widgets import Card, CountHeading, Line, ListRow, Pill


class TracesCard(Card):
    """The traces, once they have been looked for; what is sure is ticked.

    Attributes:
        ticks: A box for each trace that may be masked, by its ref.
        searched: Whether they have been looked for.
    """

    def __init__(self) -> None:
        self._heading = CountHeading(
            "file-search", "info", _("Named elsewhere"), _("In other people's records"), count=0
        )
        self._note = small(_("Looking through what is written about others …"))
        super().__init__(self._heading, Line(), self._note, spacing=12)
        self.ticks: dict[str, QCheckBox] = {}
        self.searched = False

    def show_found(self, search: TraceSearch) -> None:
        """List what was found."""
        self.searched = True
        self._heading.count.setText(str(len(search.traces)))
        self._note.setText(
            _("What is ticked becomes [erased] there, with the erasure. Files are not looked into.")
            if search.traces
            else _("Nobody else's records name her. What files and pictures show is not searched.")
        )
        advised = set(search.advised)
        self.add(*(self._row(one, ticked=one.ref in advised) for one in search.traces))

    def masks(self) -> tuple[str, ...]:
        """Return the traces that are to be masked."""
        return tuple(ref for ref, box in self.ticks.items() if box.isChecked())

    def _row(self, trace: Trace, *, ticked: bool) -> ListRow:
        kinds = {kind_name(kind): kind for kind in personal_kinds()}
        kind = kinds[trace.kind]
        words = " ".join(trace.around.split())
        record, part = _(kind.called[0]).capitalize(), _(label_of(kind, trace.column))
        where = part if part.startswith(record) else f"{record}, {part}"
        title = f"{trace.whose}: {where}" if trace.whose else where
        said = f"… {words} …"
        if trace.held:
            return ListRow("lock", title, said, Pill(_("Stays as it is"), "info"), wrap=True)
        box = self.ticks[trace.ref] = QCheckBox()
        box.setAccessibleName(words)
        box.setChecked(ticked)
        pills = [] if trace.sure else [Pill(_("Perhaps"), "warn")]
        return ListRow(box, title, said, *pills, wrap=True)
