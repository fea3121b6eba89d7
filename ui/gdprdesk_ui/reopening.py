"""Open a form again by the name of its draft, as it was when the register was locked.

Every form with a draft is listed here; a test finds those that are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar

from gdprdesk.domain.base import (
    ActivityRef,
    BreachRef,
    CompanyRef,
    ControllerRef,
    RecipientRef,
    RecordRef,
    SubjectRef,
)
from gdprdesk.domain.errors import DomainError
from gdprdesk.services.activities import show_activity
from gdprdesk.services.backup_places import list_backup_places
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.breach_log import show_breach
from gdprdesk.services.calls import list_calls
from gdprdesk.services.clips import list_clips
from gdprdesk.services.closing import show_closing
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.instructions import show_instruction
from gdprdesk.services.papers import list_papers
from gdprdesk.services.persons import show_subject
from gdprdesk.services.recipients import show_recipient
from gdprdesk.services.requests import list_requests
from gdprdesk.services.served import show_controller
from gdprdesk.services.staff_leaving import show_leaving
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.activity_form import edit_activity
from gdprdesk_ui.dialogs.activity_new import new_activity
from gdprdesk_ui.dialogs.assessment import weigh
from gdprdesk_ui.dialogs.backup_place import change_place
from gdprdesk_ui.dialogs.breach_people import ToldForm, ask_public_notice, ask_why_untold
from gdprdesk_ui.dialogs.breach_report import ReportForm, ask_why_unreported
from gdprdesk_ui.dialogs.call_form import change_call, log_call
from gdprdesk_ui.dialogs.closing_step import do_step
from gdprdesk_ui.dialogs.company_form import edit_company, new_company
from gdprdesk_ui.dialogs.consent import ask_consent
from gdprdesk_ui.dialogs.consent_words import change_words
from gdprdesk_ui.dialogs.controller_form import edit_controller, end_service, new_controller
from gdprdesk_ui.dialogs.disclosure_form import new_clip, prolong, write_disclosure
from gdprdesk_ui.dialogs.evidence_form import see_something
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.gift_card_form import sell_card
from gdprdesk_ui.dialogs.guardian_form import reopen_guardian
from gdprdesk_ui.dialogs.instruction_form import go_on_with, take
from gdprdesk_ui.dialogs.invoice_form import make_invoice
from gdprdesk_ui.dialogs.journal_decision import decide_on_journal
from gdprdesk_ui.dialogs.leaving_step import LeavingStepForm
from gdprdesk_ui.dialogs.media_form import add_somebody, new_media, publish
from gdprdesk_ui.dialogs.note import edit_note
from gdprdesk_ui.dialogs.order_form import change_order, new_order
from gdprdesk_ui.dialogs.paper_form import edit_paper, new_paper, shred_paper
from gdprdesk_ui.dialogs.person_form import new_person
from gdprdesk_ui.dialogs.recipient_form import edit_recipient, new_recipient
from gdprdesk_ui.dialogs.request_form import new_request
from gdprdesk_ui.dialogs.request_steps import (
    AnswerForm,
    AuthorityForm,
    DecisionForm,
    DoubtForm,
    ExtensionForm,
    IdentityForm,
    RemarkForm,
    open_step,
)
from gdprdesk_ui.dialogs.request_work import (
    CorrectionForm,
    ObjectionForm,
    RestrictionForm,
    WeighingForm,
)
from gdprdesk_ui.dialogs.screening import judge
from gdprdesk_ui.dialogs.settle_form import settle
from gdprdesk_ui.dialogs.snapshot_new import freeze
from gdprdesk_ui.pages.breach.steps import FORMS as BREACH_FORMS

Open = Callable[[PageContext, str, SubjectRef | None], object]
"""Opens a form: given the register, what the form is about by its ref, and which person."""


class _Row(Protocol):
    @property
    def ref(self) -> str: ...


W = TypeVar("W", bound=_Row)


def _nothing(_ref: Any) -> None:
    """Do nothing more when it is saved: the page shows it."""


def _by_ref(rows: Iterable[W], ref: str) -> W:
    """Return the row of a ref.

    Raises:
        LookupError: It is gone.
    """
    for row in rows:
        if row.ref == ref:
            return row
    raise LookupError(ref)


def _invoice(context: PageContext, ref: str, _about: SubjectRef | None) -> object:
    order = context.desk.ask(show_booking, ref=RecordRef(ref))
    return make_invoice(context, order.row, _nothing)


def _note(context: PageContext, ref: str, about: SubjectRef | None) -> object:
    if about is None:
        return None
    history = context.desk.ask(show_subject, subject_ref=about).history
    return edit_note(context, about, _by_ref(history, ref))


def _words(context: PageContext, which: str, _about: SubjectRef | None) -> object:
    purpose, _colon, language = which.rpartition(":")
    texts = context.desk.ask(list_consent_texts, language=language)
    return change_words(context, next(one for one in texts if one.purpose == purpose))


def _breach(context: PageContext, which: str, _about: SubjectRef | None) -> object:
    ref, _colon, step = which.partition(":")
    one = context.desk.ask(show_breach, breach_ref=BreachRef(ref))
    asked: dict[str, Callable[[], FormDialog]] = {
        question.value: partial(form, context, one, lambda: None)
        for question, form in BREACH_FORMS.items()
    }
    asked |= {"report": partial(ReportForm, context, one), "told": partial(ToldForm, context, one)}
    if step in asked:
        asked[step]().open()
        return None
    reasons = {
        "notice": ask_public_notice, "unreported": ask_why_unreported, "untold": ask_why_untold,
    }  # fmt: skip
    return reasons[step](context, one)


def _request(context: PageContext, which: str, _about: SubjectRef | None) -> object:
    """Open a step of a request; its draft is named by the number that people say."""
    step, _dot, number = which.partition(".")
    if step == "new":
        return new_request(context, lambda one: context.open_page("request", request_ref=one.ref))
    one = next(row for row in context.desk.ask(list_requests) if str(row.number) == number)
    plain = {
        "identity": IdentityForm,
        "doubt": DoubtForm,
        "authority": AuthorityForm,
        "extension": ExtensionForm,
        "decision": DecisionForm,
        "answer": AnswerForm,
        "remark": RemarkForm,
        "correction": CorrectionForm,
        "weighing": WeighingForm,
    }
    about_her = {"restriction": RestrictionForm, "objection": ObjectionForm}
    if step in plain:
        return open_step(plain[step](context, one))
    if one.subject_ref is None:
        return None
    return open_step(about_her[step](context, one, one.subject_ref))


def _served(context: PageContext, _ref: str, _about: SubjectRef | None) -> object:
    return new_controller(context, lambda ref: context.open_page("register", controller_ref=ref))


def _take(context: PageContext, ref: str, _about: SubjectRef | None) -> object:
    one = context.desk.ask(show_controller, controller_ref=ControllerRef(ref))
    return take(context, one.ref, one.name)


def _step(context: PageContext, key: str, _about: SubjectRef | None) -> object:
    groups = context.desk.ask(show_closing).groups
    return do_step(context, next(one for group in groups for one in group.rows if one.key == key))


def _leaving(context: PageContext, which: str, _about: SubjectRef | None) -> object:
    member, _colon, key = which.partition(":")
    view = context.desk.ask(show_leaving, staff_ref=RecordRef(member))
    step = next(one for one in view.rows if one.key == key)
    form = LeavingStepForm(context, view.ref, step)
    form.open()
    return form


def _decision(context: PageContext, ref: str, _about: SubjectRef | None) -> object:
    preview = context.desk.ask(preview_erasure, subject_ref=SubjectRef(ref))
    return decide_on_journal(context, preview)


_NEW: dict[str, Open] = {
    "activity": lambda context, *_: new_activity(
        context, lambda ref: context.open_page("register", activity_ref=ref)
    ),
    "call": lambda context, _ref, about: log_call(context, about),
    "clip": lambda context, *_: new_clip(context),
    "company": lambda context, *_: new_company(context, _nothing),
    "consent": lambda context, _ref, about: ask_consent(context, about),
    "disclosure": lambda context, *_: write_disclosure(context),
    "gift_card": lambda context, *_: sell_card(context),
    "media": lambda context, *_: new_media(context),
    "order": lambda context, _ref, about: new_order(context, _nothing, about),
    "paper": lambda context, *_: new_paper(context),
    "person": lambda context, *_: new_person(context),
    "recipient": lambda context, *_: new_recipient(context, _nothing),
    "served": _served,
    "shred": lambda context, *_: shred_paper(context),
    "snapshot": lambda context, *_: freeze(context, _nothing),
}
"""Forms for something new, by the name of their draft."""

_KNOWN: dict[str, Open] = {
    "activity": lambda context, ref, _about: edit_activity(context, ActivityRef(ref)),
    "assessment": lambda context, ref, _about: weigh(context, _activity(context, ref)),
    "backup": lambda context, ref, _about: change_place(
        context, _by_ref(context.desk.ask(list_backup_places), ref)
    ),
    "breach": _breach,
    "call": lambda context, ref, _about: change_call(context, _call(context, ref)),
    "clip_until": lambda context, ref, _about: prolong(context, _clip(context, ref)),
    "closing": _step,
    "company": lambda context, ref, _about: edit_company(context, CompanyRef(ref)),
    "consent_words": _words,
    "disclosure": lambda context, ref, _about: write_disclosure(context, _clip(context, ref)),
    "evidence": lambda context, ref, _about: see_something(context, _recipient(context, ref)),
    "guardian": lambda context, which, _about: reopen_guardian(context, which),
    "instruction": _take,
    "instruction_done": lambda context, ref, _about: go_on_with(
        context, context.desk.ask(show_instruction, ref=RecordRef(ref))
    ),
    "invoice": _invoice,
    "journal_decision": _decision,
    "leaving": _leaving,
    "media_person": lambda context, ref, _about: add_somebody(context, RecordRef(ref)),
    "media_published": lambda context, ref, _about: publish(context, RecordRef(ref)),
    "note": _note,
    "order": lambda context, ref, _about: change_order(context, RecordRef(ref)),
    "paper": lambda context, ref, _about: edit_paper(context, _paper(context, ref)),
    "recipient": lambda context, ref, _about: edit_recipient(context, _recipient(context, ref)),
    "request": _request,
    "screening": lambda context, ref, _about: judge(context, _activity(context, ref)),
    "served": lambda context, ref, _about: edit_controller(context, _controller(context, ref)),
    "served_end": lambda context, ref, _about: end_service(context, _controller(context, ref)),
    "settle": lambda context, ref, _about: settle(context, _controller(context, ref)),
    "shred": lambda context, ref, _about: shred_paper(context, _paper(context, ref)),
}
"""Forms about something that is there, by what comes before the ref in the name of their draft."""


def _activity(context: PageContext, ref: str) -> Any:
    return context.desk.ask(show_activity, activity_ref=ActivityRef(ref))


def _call(context: PageContext, ref: str) -> Any:
    return _by_ref(context.desk.ask(list_calls, limit=10_000).rows, ref)


def _clip(context: PageContext, ref: str) -> Any:
    return _by_ref(context.desk.ask(list_clips), ref)


def _controller(context: PageContext, ref: str) -> Any:
    return context.desk.ask(show_controller, controller_ref=ControllerRef(ref))


def _paper(context: PageContext, ref: str) -> Any:
    return _by_ref(context.desk.ask(list_papers), ref)


def _recipient(context: PageContext, ref: str) -> Any:
    return context.desk.ask(show_recipient, recipient_ref=RecipientRef(ref))


def reopen(context: PageContext, draft: str, about: SubjectRef | None) -> None:
    """Open the form of a draft; nothing if what it was about is gone meanwhile."""
    kind, ref = _parted(draft)
    open_form = (_KNOWN if ref else _NEW).get(kind)
    if open_form is not None:
        with suppress(DomainError, LookupError, StopIteration):
            open_form(context, ref, about)


def _parted(draft: str) -> tuple[str, str]:
    """Return the kind of a draft and what it is about: "order:REF", or "request.identity.12"."""
    kind, mark, ref = draft.partition(":" if ":" in draft else ".")
    return kind, ref if mark else ""
