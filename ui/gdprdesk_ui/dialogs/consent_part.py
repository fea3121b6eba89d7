"""Taking back a yes for some places only."""

from __future__ import annotations

from collections.abc import Sequence

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.consents import withdraw_consent
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.channel_boxes import ChannelBoxes
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Button, FormField, all_right


class ConsentPartForm(FormDialog):
    """The places of a yes, of which some are taken back.

    Attributes:
        channels: A box for each place she says yes to now.
        all_button: Takes it back for all of them.
    """

    def __init__(
        self,
        context: PageContext,
        subject_ref: SubjectRef,
        purpose: tuple[str, str],
        channels: Sequence[str],
    ) -> None:
        key, self._name = purpose
        super().__init__(
            context,
            _("Take back a place"),
            _("She goes on saying yes to the others. What was said before stays as proof."),
            verb=_("Take back"),
        )
        self.channels = ChannelBoxes()
        self.channels.offer(channels)
        self._field = FormField(_("No longer to be seen here"), self.channels, check=self._problem)
        self.body.addWidget(self._field)
        self._ref, self._purpose = subject_ref, key
        self.all_button = Button(_("Take back all of it"), on_click=lambda: self._take_back(()))
        self.verbs.insertWidget(0, self.all_button)
        self.verb_button.clicked.connect(self._save)

    def _problem(self) -> str | None:
        return None if self.channels.ticked() else _("Tick at least one place.")

    def _save(self) -> None:
        if all_right([self._field]):
            self._take_back(self.channels.ticked())

    def _take_back(self, channels: tuple[str, ...]) -> None:
        desk, ref, purpose = self.context.desk, self._ref, self._purpose
        self.context.save(
            lambda _progress: desk.run(
                withdraw_consent, subject_ref=ref, purpose=purpose, channels=channels
            ),
            self._end,
            self.verb_button,
        )

    def _end(self, _ref: RecordRef) -> None:
        self.accept()
        words = _("{purpose}: the yes is taken back").format(purpose=self._name)
        self.context.toast(words, undoable=True)


def take_back_part(
    context: PageContext,
    subject_ref: SubjectRef,
    purpose: tuple[str, str],
    channels: Sequence[str],
) -> ConsentPartForm:
    """Ask for which places a yes is taken back.

    Args:
        context: The open register.
        subject_ref: Whose yes it is.
        purpose: What it was given for: its key, and what it is called.
        channels: The places it counts for now.
    """
    form = ConsentPartForm(context, subject_ref, purpose, channels)
    form.open()
    return form
