"""Something has happened: told by whoever saw it, also when she does not decide what follows."""

from __future__ import annotations

from gdprdesk.domain.base import BreachRef
from gdprdesk.domain.terms import Permission, say
from gdprdesk.i18n import _
from gdprdesk.services.breach_log import list_breach_cases
from gdprdesk.services.breaches import BreachAnswers, answer_breach, start_breach
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.moment_field import MomentField
from gdprdesk_ui.widgets import Choice, FormField, TextArea, all_right, required


class BreachTold(KeptForm):
    """What has happened and when it became known, in one form.

    Attributes:
        kind: What is most like it.
        known: When whoever tells it learnt of it.
        what: What happened, in own words.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Something has happened"),
            _("Write it down at once: the time to tell the authority may be 72 hours. The owner "
              "sees it on Today, and decides what is done."),
            draft="breach.tell",
            verb=_("Write down"),
        )  # fmt: skip
        cases = context.desk.ask(list_breach_cases)
        self.kind = Choice([(one.kind, say(one.kind)) for one in cases])
        self.known, self.what = MomentField(), TextArea(lines=4)
        self.known.set_moment(context.desk.now)
        missing = _("Write what has happened.")
        self._fields = [
            FormField(_("What is it most like?"), self.kind),
            FormField(_("When did you learn of it?"), self.known, check=self.known.problem),
            FormField(
                _("What has happened?"),
                self.what,
                check=required(self.what.toPlainText, missing),
            ),
        ]
        for field in self._fields:
            self.body.addWidget(field)
        self.begin({"kind": self.kind, "what": self.what}, {})
        self.verb_button.clicked.connect(self._save)
        self.kind.setFocus()

    def _save(self) -> None:
        if all_right(self._fields):
            self.keep(
                lambda _progress: self._write_down(),
                lambda _ref: self.end(_("It is written down")),
            )

    def _write_down(self) -> BreachRef:
        run = self.context.desk.run
        ref = run(start_breach, kind=self.kind.value(), known_at=self.known.moment())
        run(answer_breach, breach_ref=ref, answers=BreachAnswers(what=text_of(self.what)))
        return ref


def tell_of_breach(context: PageContext) -> None:
    """Let anybody tell what has happened; whoever decides about it is led through it."""
    if context.may(Permission.REGISTER):
        context.open_page("breaches", new=True)
    else:
        BreachTold(context).open()
