"""What the columns of a register that was kept elsewhere hold."""

from __future__ import annotations

from enum import StrEnum

from gdprdesk.i18n import N_, _


class RegisterField(StrEnum):
    """What a column of a record of processing holds; several columns may hold the same."""

    NAME = "name"
    PURPOSE = "purpose"
    FURTHER_PURPOSE = "further_purpose"
    LEGAL_BASIS = "legal_basis"
    BASIS_NOTE = "basis_note"
    SUBJECTS = "subjects"
    CATEGORIES = "categories"
    SPECIAL = "special"
    SPECIAL_CONDITION = "special_condition"
    SOURCES = "sources"
    RECIPIENTS = "recipients"
    TRANSFERS = "transfers"
    MECHANISM = "mechanism"
    PERIOD = "period"
    MEASURES = "measures"
    RESPONSIBLE = "responsible"
    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"
    JOINT_ARRANGEMENT = "joint_arrangement"
    SYSTEM_OF_RECORD = "system_of_record"
    AUTOMATED_DECISION = "automated_decision"
    PROFILING = "profiling"
    OBJECTION = "objection"
    DUTY = "duty"
    DEIDENTIFICATION = "deidentification"
    STATEMENTS = "statements"
    COLLECTED_FROM = "collected_from"
    AUDIENCES = "audiences"
    AT_END = "at_end"
    REASON = "reason"
    INTEREST = "interest"
    RISK = "risk"
    CAMERA = "camera"
    COOKIES = "cookies"
    REVIEWED_ON = "reviewed_on"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        """Return the name of the field in the language spoken."""
        return _(_LABELS[self])


_LABELS = {
    RegisterField.NAME: N_("Processing"),
    RegisterField.PURPOSE: N_("Purpose"),
    RegisterField.FURTHER_PURPOSE: N_("Further purposes"),
    RegisterField.LEGAL_BASIS: N_("Legal basis"),
    RegisterField.BASIS_NOTE: N_("Why this basis"),
    RegisterField.SUBJECTS: N_("Whose data"),
    RegisterField.CATEGORIES: N_("Which data"),
    RegisterField.SPECIAL: N_("Sensitive data"),
    RegisterField.SPECIAL_CONDITION: N_("Condition of Article 9"),
    RegisterField.SOURCES: N_("Source"),
    RegisterField.RECIPIENTS: N_("Recipients"),
    RegisterField.TRANSFERS: N_("Outside the EEA"),
    RegisterField.MECHANISM: N_("Safeguard outside the EEA"),
    RegisterField.PERIOD: N_("Kept for"),
    RegisterField.MEASURES: N_("Protection"),
    RegisterField.RESPONSIBLE: N_("Responsible"),
    RegisterField.CONTROLLER: N_("Controller"),
    RegisterField.JOINT_CONTROLLER: N_("Joint controller"),
    RegisterField.JOINT_ARRANGEMENT: N_("Arrangement with the joint controller"),
    RegisterField.SYSTEM_OF_RECORD: N_("Kept in"),
    RegisterField.AUTOMATED_DECISION: N_("Automated decision"),
    RegisterField.PROFILING: N_("Profiling"),
    RegisterField.OBJECTION: N_("How to object"),
    RegisterField.DUTY: N_("Must the data be given"),
    RegisterField.DEIDENTIFICATION: N_("Made less personal by"),
    RegisterField.STATEMENTS: N_("We also say"),
    RegisterField.COLLECTED_FROM: N_("Collected from"),
    RegisterField.AUDIENCES: N_("Told to"),
    RegisterField.AT_END: N_("When the time is over"),
    RegisterField.REASON: N_("Why so long"),
    RegisterField.INTEREST: N_("Legitimate interest weighed"),
    RegisterField.RISK: N_("Risk judged"),
    RegisterField.CAMERA: N_("Cameras"),
    RegisterField.COOKIES: N_("Cookies"),
    RegisterField.REVIEWED_ON: N_("Reviewed"),
    RegisterField.IGNORE: N_("Leave out"),
}
