"""The password once more, before what opens the register is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from gdprdesk.domain.terms import FactorKind
from gdprdesk.door import AtHand
from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.factor_fields import FactorFields
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.stick_prompt import StickPrompt
from gdprdesk_ui.widgets import Banner, FormField, PasswordField, hide_unless, required

R = TypeVar("R")


class ProofForm(FormDialog, Generic[R]):
    """Asks for the password, and for what is needed beside it, and does one thing.

    Args:
        context: The open register.
        title: What is about to be done.
        sentence: What that means.
        verb: What the button says.
        do: Does it, on the worker, with the password and what is at hand.
        then: What follows, once the form is closed.
        warning: What speaks against it.
        asks_stick: Whether a security key is asked although none is needed today.

    Attributes:
        password: That of whoever has unlocked the register.
        factors: What is needed beside it.
        prompt: What a security key waits for that is needed from now on.
        warning: What speaks against it.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        sentence: str,
        *,
        verb: str,
        do: Callable[[str, AtHand], R],
        then: Callable[[R], object],
        warning: str | None = None,
        asks_stick: bool = False,
    ) -> None:
        super().__init__(context, title, sentence, verb=verb)
        self._do, self._then = do, then
        self.password = PasswordField()
        self._field = FormField(
            _("Password"),
            self.password,
            check=required(self.password.text, _("Write the password you use now.")),
        )
        self.warning = Banner(
            "warn", _("Better elsewhere"), warning or "", icon_name="triangle-alert"
        )
        hide_unless(warning, self.warning)
        kinds = context.desk.own_access.factors().kinds
        self.factors = FactorFields(context.preferences.settings.key_file)
        self.prompt: StickPrompt | None = None
        for part in (self.warning, self._field, self.factors):
            self.body.addWidget(part)
        self.factors.need(kinds)
        if asks_stick and FactorKind.SECURITY_KEY not in kinds:
            self.prompt = StickPrompt()
            self.body.addWidget(self.prompt)
        self.verb_button.clicked.connect(self._begin)
        self.password.setFocus()

    def reject(self) -> None:
        """Leave; while it is being done, only give up waiting for a security key."""
        if self.verb_button.isEnabled():
            super().reject()
        else:
            for prompt in self._prompts():
                prompt.stop()

    def _prompts(self) -> Iterator[StickPrompt]:
        yield self.factors.prompt
        if self.prompt is not None:
            yield self.prompt

    def _begin(self) -> None:
        if not self._field.is_right() or not self.verb_button.isEnabled():
            return
        password, at_hand, do = self.password.text(), self.factors.at_hand(), self._do
        if self.prompt is not None:
            at_hand = AtHand(at_hand.key_file, self.prompt.asking())
        self.context.save(
            lambda _progress: do(password, at_hand),
            self._end,
            self.verb_button,
            refused=self._field.show_error,
        ).finished.connect(self._rest)

    def _end(self, result: R) -> None:
        self.accept()
        self._then(result)

    def _rest(self) -> None:
        for prompt in self._prompts():
            prompt.rest()
