"""The page on which a person is erased."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import ErasureState
from gdprdesk.i18n import _
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_cases import ErasureReceipt, complete_outside_task, show_receipt
from gdprdesk.services.erasure_preview import ErasurePreview, preview_erasure
from gdprdesk.services.files import ExportReceipt, export_receipt
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.operations import Operation
from gdprdesk_ui.pages.erase.preview import ErasurePreviewView
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

    changed_kinds = frozenset({ErasureCase})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref = SubjectRef("")
        self.preview: ErasurePreviewView | None = None
        self.receipt: ErasureReceiptView | None = None
        self._sheet = column(spacing=14, margins=(28, 16, 28, 20))
        self.setLayout(self._sheet)

    def arrive(self, **arguments: Any) -> None:
        """Take whom to erase."""
        self._ref = arguments["subject_ref"]

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
        view.wrong_person.connect(
            lambda: self.context.open_page("people", search=preview.name.split()[0])
        )
        self.preview, self.receipt = view, None
        heading = PageHeading(
            _("Erase {name}").format(name=preview.name),
            _("This is how it will be. Nothing has been erased yet."),
            back=(preview.name, self.context.go_back),
        )
        return heading, view

    def _receipt_view(self, receipt: ErasureReceipt) -> tuple[QWidget, QWidget]:
        view = ErasureReceiptView(receipt)
        view.undo_wanted.connect(self._undo)
        view.carry_out_wanted.connect(self._carry_out)
        view.save_wanted.connect(self._save)
        view.task_done.connect(self._task_done)
        self.preview, self.receipt = None, view
        heading = PageHeading(
            _("Erasure"),
            _("Number {ref}. The receipt names nobody.").format(ref=receipt.ref[:8]),
            back=(self.context.names.people, lambda: self.context.open_page("people")),
        )
        return heading, view

    def _decide(self, preview: ErasurePreview, at_once: bool) -> None:
        button = self.preview.erase_button if self.preview else None
        if not at_once:
            self.context.perform(
                lambda _progress: self.context.desk.run(stage_erasure, subject_ref=self._ref),
                partial(self._staged, preview.name),
                doing=_("Hiding …"),
                button=button,
            )
            return
        if self._sure(preview.name):
            self.context.perform(self._erase, doing=_("Erasing …"), button=button)

    def _sure(self, name: str) -> bool:
        return ask.confirm_irreversible(
            self.context.window,
            _("Erase at once"),
            _("{name} is erased now and for good. There is no undo.").format(name=name),
            _("Erase at once"),
        )

    def _erase(self, progress: Operation[None]) -> None:
        self.context.desk.run(erase_subject, subject_ref=self._ref, progress=progress)
        self.context.desk.finish()

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

    def _save(self) -> None:
        suggestion = _("Receipt of erasure {ref}.pdf").format(ref=self._ref[:8])
        path = ask.choose_file_to_save(
            self.context.window, _("Save the receipt"), suggestion, [(_("PDF"), ["pdf"])]
        )
        if path is not None:
            self.context.save(
                lambda _progress: self.context.desk.run(
                    export_receipt, subject_ref=self._ref, to=path, overwrite=True
                ),
                self._saved,
            )

    def _saved(self, saved: ExportReceipt) -> None:
        self.context.toast(_("{name} is saved").format(name=saved.path.name))
