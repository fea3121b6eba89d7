"""Systems that are ready to pick as recipients, with what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_country
from gdprdesk.services.catalogue import CatalogueRow, add_from_catalogue, list_catalogue
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Banner, EntryList, Label, SearchField

_WIDTH, _HEIGHT = 620, 320
_BETWEEN = "  \N{MIDDLE DOT}  "


class RecipientCatalogue(FormDialog):
    """A search and a list; Enter adds the one that is chosen.

    Attributes:
        search: Finds by name or service.
        systems: What is found; what is in the register already says so.
        problem: What the register refused.
    """

    def __init__(self, context: PageContext, then: Callable[[RecipientRef], object]) -> None:
        super().__init__(
            context,
            _("Add from the list"),
            _("What is known of each comes with it. Look it through afterwards."),
            verb=_("Add"),
            width=_WIDTH,
        )
        self._then = then
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.search = SearchField(_("Name or what it does …"))
        self.systems = EntryList(_("Known systems"))
        self.systems.setMinimumHeight(scaled(_HEIGHT))
        self._said = Label("", "small", "muted", wrap=True)
        for part in (self.problem, self.search, self.systems, self._said):
            self.body.addWidget(part)
        self.search.searched.connect(lambda _words: self._show_found())
        self.search.left_down.connect(self.systems.setFocus)
        self.systems.entry_chosen.connect(self._tell)
        self.verb_button.clicked.connect(self._add)
        self._show_found()
        self.search.setFocus()

    def _show_found(self) -> None:
        found = self.context.desk.ask(list_catalogue, search=self.search.text())
        self.systems.show_sections([Section("", tuple(_entry(one) for one in found))])
        if self.systems.current() is None:
            self.systems.choose_first()
        self._tell(self.systems.current())

    def _tell(self, chosen: Entry | None) -> None:
        one: CatalogueRow | None = chosen.key if chosen else None
        self.verb_button.setEnabled(one is not None and not one.known)
        if one is None:
            self._said.setText(_("Nothing is found. Add it as another one, with your own words."))
        elif one.known:
            self._said.setText(_("{name} is in the register already.").format(name=one.name))
        else:
            parts = (say(one.role), format_country(one.country), one.gets)
            self._said.setText(_BETWEEN.join(part for part in parts if part))

    def _add(self) -> None:
        chosen = self.systems.current()
        if chosen is None:
            return
        one: CatalogueRow = chosen.key
        desk = self.context.desk
        self.problem.hide()
        self.context.save(
            lambda _progress: desk.run(add_from_catalogue, key=one.key),
            lambda ref: self._end(one, ref),
            self.verb_button,
            self._tell_problem,
        )

    def _tell_problem(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self, one: CatalogueRow, ref: RecipientRef) -> None:
        self.accept()
        self.context.toast(_("{name} is added").format(name=one.name), undoable=True)
        self._then(ref)


def _entry(one: CatalogueRow) -> Entry:
    entry = Entry(one.name, one.service, key=one)
    return replace(entry, end_icon=("circle-check", "accent")) if one.known else entry


def pick_recipient(
    context: PageContext, then: Callable[[RecipientRef], object]
) -> RecipientCatalogue:
    """Pick a recipient from the list of known systems."""
    form = RecipientCatalogue(context, then)
    form.open()
    return form
