"""The imports of the last year, and taking the whole of one back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.import_batches import (
    BatchRow,
    TakeBackPlan,
    list_imports,
    preview_take_back,
    take_back_import,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.widgets import Banner, Button, GroupHeading, Label, ListRow, clear, column, holder

_BETWEEN = "  \N{MIDDLE DOT}  "
_MOST_SHOWN = 12


class ImportBatches(FormDialog):
    """A line for each import; first what would go and what stays is shown, then it is done.

    Attributes:
        buttons: Of each import, the latest first.
        plan: What would go with the chosen one.
        problem: Says why it cannot be taken back.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Earlier imports"),
            _("What an import made can be taken back for a year, but for what was used since."),
            verb=_("Take it back"),
            width=WIDE,
        )
        self.cancel_button.setText(_("Close"))
        self._chosen: BatchRow | None = None
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.plan = column(spacing=6)
        self.verb_button.setEnabled(False)
        self.verb_button.clicked.connect(self._take_back)
        self.buttons: list[Button] = []
        rows = context.desk.ask(list_imports)
        for one in rows:
            look = Button(_("Look at it"), size="small", on_click=partial(self._look, one))
            look.setAccessibleName(_("Look at {file}").format(file=_called(one)))
            self.buttons.append(look)
            self.body.addWidget(ListRow("file-spreadsheet", _called(one), _counts(one), look))
        if not rows:
            self.body.addWidget(Label(_("Nothing was imported in the last year."), "body", "muted"))
        self.body.addWidget(self.problem)
        self.body.addWidget(holder(self.plan))

    def _look(self, one: BatchRow) -> None:
        self.problem.hide()
        clear(self.plan)
        self._chosen = None
        try:
            found = self.context.desk.ask(preview_take_back, ref=one.ref)
        except DomainError as error:
            self._tell(str(error))
            self.verb_button.setEnabled(False)
            return
        self._chosen = one
        self.plan.addWidget(GroupHeading(_called(one)))
        for words in _said(found):
            self.plan.addWidget(Label(words, "body", wrap=True))
        for staying in found.stays[:_MOST_SHOWN]:
            whose = f"{staying.name}: " if staying.name else ""
            self.plan.addWidget(Label(whose + staying.why, "small", "muted", wrap=True))
        goes = found.people + found.records + found.companies
        self.verb_button.setEnabled(goes > 0)

    def _take_back(self) -> None:
        one, desk = self._chosen, self.context.desk
        if one is not None:
            self.context.save(
                lambda _progress: desk.run(take_back_import, ref=one.ref),
                self._end,
                self.verb_button,
                refused=self._tell,
            )

    def _tell(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self, done: TakeBackPlan) -> None:
        self.accept()
        words = ngettext("{count} person is out again", "{count} people are out again", done.people)
        self.context.toast(words.format(count=format_number(done.people)), undoable=True)


def _called(one: BatchRow) -> str:
    return one.file or _("A list")


def _counts(one: BatchRow) -> str:
    said = [
        (one.added, ngettext("{count} person added", "{count} people added", one.added)),
        (one.merged, ngettext("{count} person got more", "{count} people got more", one.merged)),
        (one.orders, ngettext("{count} order", "{count} orders", one.orders)),
    ]
    counted = (words.format(count=format_number(count)) for count, words in said if count)
    return _BETWEEN.join((format_day(one.made_on), *counted))


def _said(found: TakeBackPlan) -> Iterator[str]:
    if found.people:
        people = ngettext(
            "{count} person goes, with what the import wrote about her.",
            "{count} people go, with what the import wrote about them.",
            found.people,
        )
        yield people.format(count=format_number(found.people))
    if found.records:
        beside = ngettext(
            "{count} entry about somebody else goes.",
            "{count} entries about others go.",
            found.records,
        )
        yield beside.format(count=format_number(found.records))
    if found.companies:
        firms = ngettext("{count} company goes.", "{count} companies go.", found.companies)
        yield firms.format(count=format_number(found.companies))
    if found.stays:
        stays = ngettext(
            "{count} stays, since it was changed or used:",
            "{count} stay, since they were changed or used:",
            len(found.stays),
        )
        yield stays.format(count=format_number(len(found.stays)))


def show_imports(context: PageContext) -> ImportBatches:
    """Show the imports of the last year."""
    form = ImportBatches(context)
    form.open()
    return form
