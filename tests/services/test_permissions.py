"""Who may do what: every function of the program with the permission it needs.

A new function is written down here, and a changed permission is changed here: so that somebody
looks at who may call it.
"""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from gdprdesk import services
from gdprdesk.domain.base import personal_kinds
from gdprdesk.domain.permissions import EVERYTHING, built_in
from gdprdesk.domain.terms import BuiltInRole, Permission
from gdprdesk.services.registry import ACTIONS, QUERIES, READINGS, needed_for

# Without any: what a form has to know, what anybody may see of herself, and what everybody has to
# be able to tell at once.
NEEDS: dict[Permission | None, str] = {
    None: """
        activity.allowed_fields activity.diet_period
        breach.answer breach.cases breach.start
        contact.check
        draft.load draft.save
        org_number.check
        organisation.missing organisation.page_names organisation.show
        request.open
        staff.log_notice staff.self
        today.show
        words.own words.warning
    """,
    Permission.PEOPLE: """
        figures.people
        company.add company.list company.update
        call.match call.set_person
        contact.add contact.update
        duplicate.list duplicate.merge duplicate.preview duplicate.tell_apart
        erasure.say_on_phone
        gift_card.set_buyer
        export.source_letter
        objection.to_interest
        report.source_letter
        request.by_phone request.call_back_number
        restriction.place restriction.show
        source.add source.contacted source.exception source.list source.reopen source.told
        source.usual
        stop_list.check
        subject.duplicates subject.end_relation subject.list subject.register subject.show
        subject.update
    """,
    Permission.ORDERS: """
        export.calendar export.day_sheet export.slip export.week_sheet
        figures.orders
        orders.calendar
        report.day_sheet report.slip report.week_sheet
        call.add call.link call.list call.make_order call.remove call.update
        gift_card.extend gift_card.list gift_card.outstanding gift_card.pay_order
        gift_card.sell gift_card.show
        gift_card.take_back gift_card.use gift_card.void
        booking.add booking.clashes booking.join_person booking.list booking.owed booking.pay_ways
        booking.plan_repeats booking.repeat booking.repeat_series booking.set_paid
        booking.set_state booking.show booking.update booking.visit_choices
        today.days_with_orders
    """,
    Permission.CONSENTS: """
        consent.attach consent.confirm consent.list consent.of_form consent.of_person
        consent.prove consent.record consent.record_form consent.signed consent.unsubscribe
        consent.withdraw
        consent_text.list
        existing_customer.add existing_customer.is_used existing_customer.list
        existing_customer.opt_out
        figures.consents
        export.consent export.consent_form export.signed_form
        guardian.add guardian.change guardian.end_consents guardian.list guardian.of_age
        guardian.remove
        export.media export.media_to_change export.shown
        media.add media.add_person media.ask_down media.leave_out media.list media.preview
        media.publish media.purposes media.remove media.remove_person media.replace
        media.request_down media.show media.shown media.take_down media.take_downs media.update
        objection.to_advertising
        report.consent report.shown report.consent_form
        stop_list.add stop_list.explain stop_list.list stop_list.show
    """,
    Permission.NOTES: """
        attachment.add attachment.list attachment.read attachment.remove
        export.attachment
        note.add note.update
    """,
    Permission.NUMBERS: """
        number.add number.change number.list number.read number.remove number.same
    """,
    Permission.JOURNAL_READ: """
        journal.clients journal.drafts journal.events journal.export journal.export_file
        journal.list journal.others journal.read journal.read_file journal.read_note
        journal.readers journal.report journal.search journal.traces journal.whose
    """,
    Permission.JOURNAL_WRITE: """
        journal.add journal.add_file journal.add_template journal.change_template
        journal.correct journal.discard journal.link journal.remove_file journal.remove_template
        journal.sign journal.templates journal.usual_templates journal.write
    """,
    Permission.INVOICES: """
        accounts.show accounts.update accounts.years
        export.accountant_pack
        report.accountant_pack
        export.accountant export.invoice
        invoice.issue invoice.list invoice.set_paid invoice.show invoice.suggest invoice.system
        figures.income
        report.accountant report.invoice
    """,
    Permission.EXPORT_ONE: """
        export.person
        person.copy person.others
        report.person
    """,
    Permission.EXPORT_ALL: """
        export.comparison export.existing_customers export.labels export.mailing export.newsletter
        export.people
        import.batches import.copy import.delete_mapping import.mappings import.people
        import.preview_take_back import.rename_mapping import.review import.review_copy
        import.save_mapping import.suggest import.take_back
        newsletter.compare newsletter.preview newsletter.readers newsletter.take_over
        newsletter.tool
        voucher.names
        report.comparison report.labels report.newsletter report.people
    """,
    Permission.ERASE: """
        clean_up.carry_out clean_up.count clean_up.list clean_up.protocol clean_up.show
        erasure.carry_out erasure.confirm_clean erasure.consented erasure.list erasure.outside
        erasure.preview erasure.receipt erasure.stage erasure.task_done erasure.traces
        erasure.undo
        expiry.carry_out
        export.clean_up export.receipt
        hold.lift hold.list hold.place_on_person hold.place_on_records hold.renew
        hold.review_days
        journal.decide journal.decisions journal.destroy journal.parts journal.record_order
        log.shorten
        report.clean_up report.receipt
    """,
    Permission.REGISTER: """
        activity.assessments activity.list activity.register activity.remove activity.review
        activity.screen activity.screening_advice activity.screenings activity.show
        activity.update activity.weigh
        breach.activities breach.choose_people breach.close breach.concern
        breach.controller_letter breach.controllers breach.form breach.leave_out breach.letter
        breach.list breach.named breach.need_not_tell breach.not_reported breach.note
        breach.people breach.proposed breach.reopen breach.report breach.show breach.supplement
        breach.tell_controller breach.tell_people breach.tell_publicly breach.tick
        catalogue.add catalogue.list
        clip.cameras clip.keep clip.list clip.prolong clip.release
        closing.show closing.tick closing.untick
        consent_text.replace
        disclosure.add disclosure.list disclosure.remove
        export.agreement export.agreement_file export.breach export.breach_letter
        export.breach_letters export.breaches export.closing export.difference export.disclosures
        export.instruction_answer export.instructions export.letter export.notice export.papers
        export.processor_register export.processors export.public export.read_log
        export.recipients export.register export.retention export.settlement export.shredding
        export.snapshot export.year
        export.overview
        figures.requests
        import.register import.register_review
        instruction.answer_text instruction.answered instruction.done instruction.list
        instruction.postpone instruction.reopen instruction.show instruction.take
        letter.list letter.nothing_held letter.search letter.show
        log.readings log.verify_anchor
        notice.audiences notice.compare notice.due notice.people notice.publish notice.show
        notice.told notice.version
        objection.weigh
        organisation.update
        paper.add paper.list paper.places paper.remove paper.shred paper.shredded paper.update
        paper.usual_row
        patient_law.answer patient_law.effects patient_law.show patient_law.to_answer
        policy.check
        recipient.add recipient.add_agreement recipient.due recipient.list
        recipient.read_agreement recipient.remove recipient.remove_agreement recipient.review
        recipient.see_evidence recipient.show recipient.update
        report.overview
        report.agreement report.breach report.breach_letter report.breaches report.closing
        report.difference report.disclosures report.instruction_answer report.instructions
        report.notice report.papers report.policy report.processor_register report.processors
        report.public report.read_log report.recipients report.register report.retention
        report.settlement report.shredding report.snapshot report.year
        request.answer request.check_authority request.check_identity request.correct
        request.correct_name request.correctable request.decide request.doubt_identity
        request.due request.extend request.list request.note request.search request.show
        request.tell
        restriction.lift
        served.add served.defaults served.end served.list served.settle served.show
        served.to_settle served.unsettle served.update
        snapshot.compare snapshot.list snapshot.show snapshot.take
        stop_list.remove
        words.set_own
    """,
    Permission.STAFF: """
        example.live
        export.audit
        keys.change keys.journal_waits
        log.accept log.list log.seal
        register.fill
        report.log
        role.add role.change role.list role.remove
        sample.draw sample.due sample.judge sample.list sample.show sample.sign
        staff.end staff.invite staff.is_unsettled staff.leaving staff.link staff.list
        staff.list_leaving staff.rename staff.renew staff.set_role staff.settle staff.tell
        staff.tick_leaving staff.untick_leaving staff.view_as
    """,
    Permission.BACKUPS: """
        backup.add_place backup.change_place backup.copies backup.erased backup.last backup.note
        backup.overdue backup.places backup.remove_place backup.reopen backup.restored
        backup.standing backup.to_connect
    """,
}
KINDS: dict[Permission, str] = {
    Permission.PEOPLE: """
        ContactDetail Draft Hold SourceNotice ToldApart
    """,
    Permission.ORDERS: """
        Booking Call GiftCard
    """,
    Permission.CONSENTS: """
        Appearance Consent ExistingCustomer Guardian Media
    """,
    Permission.NOTES: """
        Attachment WorkingNote
    """,
    Permission.HEALTH: """
        DietNote
    """,
    Permission.NUMBERS: """
        IdentityNumber
    """,
    Permission.JOURNAL_READ: """
        DestructionDecision JournalFile JournalNote
    """,
    Permission.INVOICES: """
        Invoice
    """,
    Permission.REGISTER: """
        BreachNotice CameraClip DataSubjectRequest Disclosure Instruction PaperFile
    """,
    Permission.STAFF: """
        StaffMember
    """,
}
P = Permission


def test_every_function_needs_what_was_decided_for_it() -> None:
    for module in pkgutil.walk_packages(services.__path__, "gdprdesk.services."):
        importlib.import_module(module.name)
    decided = {name: needed for needed, names in NEEDS.items() for name in names.split()}
    functions = {**ACTIONS, **QUERIES, **READINGS}
    assert {name: needed_for(one) for name, one in functions.items()} == decided


def test_every_kind_of_record_belongs_to_the_area_that_was_decided_for_it() -> None:
    decided = {name: needed for needed, names in KINDS.items() for name in names.split()}
    assert {kind.__name__: kind.needs for kind in personal_kinds()} == decided


@pytest.mark.parametrize("has_journal", [True, False])
def test_the_built_in_roles_are_what_the_design_says(has_journal: bool) -> None:
    roles = {one: built_in(one, has_journal=has_journal) for one in BuiltInRole}
    assert roles[BuiltInRole.OWNER] == EVERYTHING
    assert roles[BuiltInRole.ACCOUNTANT] == {P.INVOICES}
    daily = {P.PEOPLE, P.ORDERS, P.CONSENTS}
    closer = set() if has_journal else {P.NOTES, P.HEALTH}
    assert roles[BuiltInRole.ASSISTANT] == daily | closer
    never = {P.ERASE, P.EXPORT_ALL, P.REGISTER, P.STAFF, P.BACKUPS}
    assert not roles[BuiltInRole.PRACTITIONER] & never
    assert {P.JOURNAL_READ, P.JOURNAL_WRITE, P.EXPORT_ONE} <= roles[BuiltInRole.PRACTITIONER]
