"""The page on which a person is erased."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.journal import DestructionDecision
from gdprdesk.domain.terms import ErasureState
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.erasure import erase_consented, erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_cases import ErasureReceipt, complete_outside_task, show_receipt
from gdprdesk.services.erasure_preview import (
    ErasurePreview,
    list_outside_tasks,
    preview_erasure,
)
from gdprdesk.services.files import FileFormat, export_receipt
from gdprdesk.services.traces import TraceSearch, list_traces
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.journal_decision import decide_on_journal
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.pages.erase.preview import Decided, ErasurePreviewView
from gdprdesk_ui.pages.erase.receipt import ErasureReceiptView
from gdprdesk_ui.pages.page import Breadth, Page
from gdprdesk_ui.widgets import PageHeading, clear, column

_OVER = frozenset({ErasureState.UNDONE})


class ErasePage(Page):
    """Shows what would be erased; once that is decided, how far it has come.

    Attributes:
        preview: The decision, while nothing has been done.
        receipt: The proof, afterwards.
    """

    changed_kinds = frozenset({ErasureCase, DestructionDecision})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref = SubjectRef("")
        self._request: RecordRef | None = None
        self.preview: ErasurePreviewView | None = None
        self.receipt: ErasureReceiptView | None = None
        self._sheet = column(spacing=14, margins=(28, 16, 28, 20))
        self.setLayout(self._sheet)

    def arrive(self, **arguments: Any) -> None:
        """Take whom to erase, and the request in which she asked for it if there is one."""
        self._ref = arguments["subject_ref"]
        self._request = arguments.get("request_ref")

    def refresh(self) -> None:
        """Show the decision, or how far it has come."""
        receipt = self._known()
        shown = self._preview_view() if receipt is None else self._receipt_view(receipt)
        clear(self._sheet)
        for part in shown:
            self._sheet.addWidget(part)
        self._sheet.addStretch(1)
        self.set_breadth(self.breadth)

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        view = self.preview or self.receipt
        if view is not None:
            view.set_breadth(breadth)

    def first_focus(self) -> QWidget | None:
        """Begin where nothing is done by Enter."""
        if self.preview is not None:
            return self.preview.cancel_button
        return self.receipt.save_button if self.receipt is not None else None

    def _known(self) -> ErasureReceipt | None:
        try:
            receipt = self.context.desk.ask(show_receipt, subject_ref=self._ref)
        except NotFoundError:
            return None
        return None if receipt.state in _OVER else receipt

    def _preview_view(self) -> tuple[QWidget, QWidget]:
        preview = self.context.desk.ask(preview_erasure, subject_ref=self._ref)
        view = ErasurePreviewView(preview, self.context.today)
        view.decided.connect(partial(self._decide, preview))
        view.cancelled.connect(self.context.go_back)
        view.wrong_person.connect(partial(self._somebody_else, preview))
        view.consent_alone.connect(self._erase_consented)
        view.journal_wanted.connect(partial(decide_on_journal, self.context, preview))
        self.preview, self.receipt = view, None
        self.context.perform(
            lambda progress: self.context.desk.ask(
                list_traces, subject_ref=preview.ref, progress=progress
            ),
            partial(self._show_traces, view),
            doing=_("Looking for traces …"),
        )
        heading = PageHeading(
            _("Erase {name}").format(name=preview.name),
            _("This is how it will be. Nothing has been erased yet."),
            back=(preview.name, self.context.go_back),
        )
        return heading, view

    def _show_traces(self, view: ErasurePreviewView, search: TraceSearch) -> None:
        if self.preview is view:  # the page may have been built again meanwhile
            view.show_traces(search)

    def _receipt_view(self, receipt: ErasureReceipt) -> tuple[QWidget, QWidget]:
        view = ErasureReceiptView(receipt, self._look_for(receipt))
        view.undo_wanted.connect(self._undo)
        view.carry_out_wanted.connect(self._carry_out)
        view.save_wanted.connect(partial(self._save, with_name=False))
        view.hers_wanted.connect(partial(self._save, with_name=True))
        view.task_done.connect(self._task_done)
        self.preview, self.receipt = None, view
        heading = PageHeading(
            _("Erasure"),
            _("Number {ref}. The receipt names nobody.").format(ref=receipt.ref[:8]),
            back=(self.context.names.people, lambda: self.context.open_page("people")),
        )
        return heading, view

    def _look_for(self, receipt: ErasureReceipt) -> dict[str, str]:
        """Return what to copy for each task, as long as it is known."""
        if receipt.state not in {ErasureState.STAGED, ErasureState.WAITING}:
            return {}
        tasks = self.context.desk.ask(list_outside_tasks, subject_ref=self._ref)
        return {one.key: one.look_for[0] for one in tasks if one.look_for}

    def _somebody_else(self, preview: ErasurePreview, ref: str) -> None:
        if ref:
            self.context.open_page("person", subject_ref=SubjectRef(ref))
        else:
            self.context.open_page("people", search=preview.name.split()[0])

    def _decide(self, preview: ErasurePreview, decided: Decided) -> None:
        button = self.preview.erase_button if self.preview else None
        if not decided.at_once:
            self.context.perform(
                partial(self._stage, decided),
                partial(self._staged, preview.name),
                doing=_("Hiding …"),
                button=button,
            )
            return
        if self._sure(preview.name):
            self.context.perform(
                partial(self._stage_and_erase, decided), doing=_("Erasing …"), button=button
            )

    def _stage(self, decided: Decided, progress: Operation[ErasureReceipt]) -> ErasureReceipt:
        return self.context.desk.run(
            stage_erasure,
            subject_ref=self._ref,
            ground=decided.ground,
            checked=decided.checked,
            masks=decided.masks,
            request_ref=self._request,
            acknowledge_journal=decided.acknowledged,
            at_once=decided.at_once,
            progress=progress,
        )

    def _stage_and_erase(self, decided: Decided, progress: Operation[Any]) -> None:
        self._stage(decided, progress)
        self._erase(progress)

    def _erase_consented(self, purpose: str) -> None:
        acknowledged = self.preview is not None and self.preview.acknowledged.isChecked()
        sure = ask.confirm_irreversible(
            self.context.window,
            _("Erase only what rests on this consent"),
            _("That is erased now and for good. All else stays. There is no undo."),
            _("Erase only that"),
        )
        if sure:
            self.context.perform(
                partial(self._carry_out_consented, purpose, acknowledged),
                self._consented_erased,
                doing=_("Erasing …"),
            )

    def _carry_out_consented(
        self, purpose: str, acknowledged: bool, progress: Operation[ErasureReceipt]
    ) -> ErasureReceipt:
        desk = self.context.desk
        receipt = desk.run(
            erase_consented,
            subject_ref=self._ref,
            purpose=purpose,
            acknowledge_journal=acknowledged,
            progress=progress,
        )
        desk.finish(progress)
        return receipt

    def _consented_erased(self, receipt: ErasureReceipt) -> None:
        count = sum(number for _kind, number in receipt.erased)
        said = ngettext("{count} record is erased", "{count} records are erased", count)
        self.context.toast(said.format(count=count))

    def _sure(self, name: str) -> bool:
        return ask.confirm_irreversible(
            self.context.window,
            _("Erase at once"),
            _("{name} is erased now and for good. There is no undo.").format(name=name),
            _("Erase at once"),
        )

    def _erase(self, progress: Operation[Any]) -> None:
        self.context.desk.run(erase_subject, subject_ref=self._ref, progress=progress)
        self.context.desk.finish(progress)

    def _staged(self, name: str, receipt: ErasureReceipt) -> None:
        said = (
            _("{name} is erased when the order is finished")
            if receipt.state is ErasureState.WAITING
            else _("{name} is hidden and will be erased")
        )
        self.context.toast(
            said.format(name=name),
            verb=_("Undo"),
            do=self._undo,
            deletion=True,
        )
        self.context.open_page("people")

    def _undo(self) -> None:
        self.context.perform(
            lambda _progress: self.context.desk.run(undo_erasure, subject_ref=self._ref),
            lambda _none: self.context.open_page("person", subject_ref=self._ref),
        )

    def _carry_out(self) -> None:
        if self._sure(_("The person")):
            self.context.perform(self._erase, doing=_("Erasing …"))

    def _task_done(self, recipient: str) -> None:
        self.context.perform(
            lambda _progress: self.context.desk.run(
                complete_outside_task, subject_ref=self._ref, recipient=recipient
            )
        )

    def _save(self, *, with_name: bool) -> None:
        save_report(
            self.context,
            _("Receipt of erasure {ref}").format(ref=self._ref[:8]),
            export_receipt,
            FileFormat.PDF,
            subject_ref=self._ref,
            with_name=with_name,
        )
