"""New keys for the whole register, when somebody has left or a copy of it is in wrong hands."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext


def change_keys(context: PageContext) -> None:
    """Change the keys, after asking; the program locks itself when it is done."""
    wanted = ask.confirm_irreversible(
        context.window,
        _("Change the keys of the register?"),
        _(
            "Do this when somebody has left, or when a computer or stick with the register on it "
            "is gone. The register is written anew, so that nobody gets at it with an old key. "
            "Meanwhile you can look at everything, but save nothing. Then it locks, and everybody "
            "who may open it does so with the same password as before.\n\n"
            "Older backups still open with the passwords of their time. Make a new one afterwards, "
            "and destroy the old ones that somebody else could have. If somebody who has left has "
            "seen the recovery key on paper, make a new one of that too."
        ),
        _("Change the keys"),
    )
    if wanted:
        context.perform(
            context.desk.change_keys,
            lambda _done: context.lock(),
            doing=_("Changing the keys …"),
            refused=lambda sentence: _refuse(context, sentence),
        )


def _refuse(context: PageContext, sentence: str) -> None:
    ask.tell_error(context.window, sentence)
    if context.desk.is_locked:  # it is finished when the register is opened again
        context.lock()
