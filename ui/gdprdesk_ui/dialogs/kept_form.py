"""A form over a page that loses nothing: its draft is kept, and a refusal stands above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.entered import Controls, listen, read_entered, show_entered
from gdprdesk_ui.dialogs.form_dialog import NARROW, FormDialog
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.widgets import Banner

R = TypeVar("R")


class KeptForm(FormDialog):
    """Shows what was entered last, keeps what is entered now, and forgets it when it is over.

    Args:
        context: The open register.
        title: What is filled in.
        sentence: What it is for.
        draft: The name its draft is kept under.
        verb: What the primary button does.
        width: How wide it is.

    Attributes:
        problem: What the register refused, and what to do about it.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        sentence: str = "",
        *,
        draft: str,
        verb: str,
        width: int = NARROW,
    ) -> None:
        super().__init__(context, title, sentence, verb=verb, width=width)
        self.problem = Banner("danger", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self._controls: Controls = {}
        self._before: dict[str, Any] = {}
        self._draft = DraftKeeper(context, draft, self._entered, self)
        self.rejected.connect(self._draft.forget)

    def begin(self, controls: Controls, known: Mapping[str, Any]) -> None:
        """Show what is known, or what was entered before it was interrupted."""
        self._controls = controls
        show_entered(controls, known)
        self._before = read_entered(controls)
        show_entered(controls, self._draft.follow(None))
        listen(controls, self._draft.touch)

    def keep(self, call: Callable[[Operation[R]], R], then: Callable[[R], object]) -> None:
        """Save; what is refused is said above the fields, and everything stays as it was typed."""
        self.problem.hide()
        self.context.save(call, then, self.verb_button, self.tell_problem)

    def tell_problem(self, sentence: str) -> None:
        """Say above the fields what is wrong, until it is tried again."""
        self.problem.set_words(sentence)
        self.problem.show()
        self._area.verticalScrollBar().setValue(0)

    def end(self, words: str) -> None:
        """Close: it is saved. Say so, with a way to take it back."""
        self._draft.forget()
        self.accept()
        self.context.toast(words, undoable=True)

    def _entered(self) -> dict[str, Any]:
        """Return what differs from what is known: nothing, if nothing was entered."""
        filled = read_entered(self._controls)
        return filled if filled != self._before else {}
