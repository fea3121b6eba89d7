"""For which place a picture is saved: what was agreed to is asked of that very place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Choice, FormField, all_right


class PlaceForm(FormDialog):
    """Where a picture is to be published; none of the places is chosen beforehand.

    Attributes:
        place: The places where everybody in it says yes.
    """

    def __init__(
        self, context: PageContext, places: Sequence[str], then: Callable[[str], None]
    ) -> None:
        super().__init__(
            context,
            _("Save to publish"),
            _("Only the places that everybody in it has said yes to."),
            verb=_("Save…"),
        )
        self._then = then
        self.place = Choice([("", ""), *((one, one) for one in places)])
        self._field = FormField(_("Where"), self.place, check=self._problem)
        self.body.addWidget(self._field)
        self.verb_button.clicked.connect(self._save)
        self.place.setFocus()

    def _problem(self) -> str | None:
        return None if self.place.value() else _("Choose where it is to be published.")

    def _save(self) -> None:
        if all_right([self._field]):
            self.accept()
            self._then(self.place.value())


def ask_place(
    context: PageContext, places: Sequence[str], then: Callable[[str], None]
) -> PlaceForm | None:
    """Ask for which place a picture is saved, unless there is only one."""
    if len(places) == 1:
        then(places[0])
        return None
    form = PlaceForm(context, places, then)
    form.open()
    return form
