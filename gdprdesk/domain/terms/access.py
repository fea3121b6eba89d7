"""The words of who may see what, of the journal and of what is guarded more than the rest."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.i18n import N_


class Permission(StrEnum):
    """One thing that a member of staff may see or do.

    Whether notes in the journal can be read is decided by a key that only those hold who may; the
    others are what the program shows and does for whoever has unlocked it.
    """

    PEOPLE = "people"
    ORDERS = "orders"
    CONSENTS = "consents"
    NOTES = "notes"
    HEALTH = "health"
    NUMBERS = "numbers"
    JOURNAL_READ = "journal_read"
    JOURNAL_WRITE = "journal_write"
    INVOICES = "invoices"
    EXPORT_ONE = "export_one"
    EXPORT_ALL = "export_all"
    ERASE = "erase"
    REGISTER = "register"
    STAFF = "staff"
    BACKUPS = "backups"


class BuiltInRole(StrEnum):
    """The roles that every register has."""

    OWNER = "owner"
    PRACTITIONER = "practitioner"
    ASSISTANT = "assistant"
    ACCOUNTANT = "accountant"


class FactorKind(StrEnum):
    """What must be there beside the password."""

    KEY_FILE = "key_file"
    SECURITY_KEY = "security_key"


class Area(StrEnum):
    """What is sealed once more inside the encrypted file, and so with which key."""

    JOURNAL = "journal"
    GUARDED = "guarded"


class PatientLaw(StrEnum):
    """Whether the law on patients' records applies to the practice."""

    APPLIES = "applies"
    NOT = "not"
    UNSURE = "unsure"

    @property
    def binds(self) -> bool:
        """Whether to act as if it applied: whoever is unsure does."""
        return self is not PatientLaw.NOT


class NoteKind(StrEnum):
    """What an entry in a journal is."""

    NOTE = "note"
    ADDENDUM = "addendum"
    CORRECTION = "correction"


class DestructionAsker(StrEnum):
    """Who wants something in a journal destroyed."""

    CLIENT = "client"
    MENTIONED = "mentioned"
    PRACTICE = "practice"


class NumberKind(StrEnum):
    """What sort of personal identity number it is."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    FODSELSNUMMER = "fodselsnummer"
    D_NUMMER = "d_nummer"


class ReadReason(StrEnum):
    """Why something guarded is read. A choice, since words written freely could name somebody."""

    CARE = "care"
    BOOKING = "booking"
    REQUEST = "request"
    BOOKKEEPING = "bookkeeping"
    IDENTITY = "identity"
    CLAIM = "claim"
    CHECK = "check"
    OTHER = "other"


class ExportPurpose(StrEnum):
    """What a file is for. A choice, since words written freely could name somebody."""

    OWN_WORK = "own_work"
    BOOKKEEPING = "bookkeeping"
    AUTHORITY = "authority"
    HERSELF = "herself"
    PROCESSOR = "processor"
    MAILING = "mailing"
    PUBLIC = "public"
    OTHER = "other"


class ReadHint(StrEnum):
    """Why somebody who checks the log looks at a reading more closely; it proves nothing."""

    NIGHT = "night"
    FAMILY_NAME = "family_name"
    STAFF = "staff"
    NO_VISIT = "no_visit"


class Verdict(StrEnum):
    """What somebody who checks the log thinks of a reading."""

    OK = "ok"
    ASK = "ask"
    NOT_OK = "not_ok"


SAID: tuple[tuple[Enum, str], ...] = (
    (Permission.PEOPLE, N_("See and change people")),
    (Permission.ORDERS, N_("Orders and bookings")),
    (Permission.CONSENTS, N_("Consents and newsletter")),
    (Permission.NOTES, N_("Notes and files about people")),
    (Permission.HEALTH, N_("Allergies and other health")),
    (Permission.NUMBERS, N_("Personal identity numbers")),
    (Permission.JOURNAL_READ, N_("Read the journal")),
    (Permission.JOURNAL_WRITE, N_("Write in the journal")),
    (Permission.INVOICES, N_("Invoices and accounts")),
    (Permission.EXPORT_ONE, N_("Give one person her copy")),
    (Permission.EXPORT_ALL, N_("Export many people at once")),
    (Permission.ERASE, N_("Erase and clean up")),
    (Permission.REGISTER, N_("Register, requests and breaches")),
    (Permission.STAFF, N_("Staff and roles")),
    (Permission.BACKUPS, N_("Backups")),
    (BuiltInRole.OWNER, N_("Owner")),
    (BuiltInRole.PRACTITIONER, N_("Practitioner")),
    (BuiltInRole.ASSISTANT, N_("Assistant")),
    (BuiltInRole.ACCOUNTANT, N_("Accountant")),
    (FactorKind.KEY_FILE, N_("Key file on a stick")),
    (FactorKind.SECURITY_KEY, N_("Security key")),
    (Area.JOURNAL, N_("Journal")),
    (Area.GUARDED, N_("Personal identity numbers")),
    (PatientLaw.APPLIES, N_("Yes, it applies to us")),
    (PatientLaw.NOT, N_("No, it does not apply to us")),
    (PatientLaw.UNSURE, N_("We are unsure")),
    (NoteKind.NOTE, N_("Note")),
    (NoteKind.ADDENDUM, N_("Addendum")),
    (NoteKind.CORRECTION, N_("Correction")),
    (DestructionAsker.CLIENT, N_("The client herself")),
    (DestructionAsker.MENTIONED, N_("Somebody else who is mentioned in it")),
    (DestructionAsker.PRACTICE, N_("We ourselves")),
    (ExportPurpose.OWN_WORK, N_("For our own work")),
    (ExportPurpose.BOOKKEEPING, N_("For the accounts")),
    (ExportPurpose.AUTHORITY, N_("For an authority")),
    (ExportPurpose.HERSELF, N_("For whom it is about")),
    (ExportPurpose.PROCESSOR, N_("For a business that works for us, or that we work for")),
    (ExportPurpose.MAILING, N_("For letters and mailings")),
    (ExportPurpose.PUBLIC, N_("For everybody")),
    (ExportPurpose.OTHER, N_("For something else")),
    (ReadReason.CARE, N_("To help the client")),
    (ReadReason.BOOKING, N_("For a booking")),
    (ReadReason.REQUEST, N_("She has asked for it")),
    (ReadReason.BOOKKEEPING, N_("For an invoice or the accounts")),
    (ReadReason.IDENTITY, N_("To be sure who she is")),
    (ReadReason.CLAIM, N_("A claim, or the defence against one")),
    (ReadReason.CHECK, N_("To check that all is as it should be")),
    (ReadReason.OTHER, N_("Another reason")),
    (ReadHint.NIGHT, N_("at night")),
    (ReadHint.FAMILY_NAME, N_("the same family name")),
    (ReadHint.STAFF, N_("she works here")),
    (ReadHint.NO_VISIT, N_("no visit near that day")),
    (Verdict.OK, N_("As it should be")),
    (Verdict.ASK, N_("To ask about")),
    (Verdict.NOT_OK, N_("Not right")),
    (NumberKind.PERSONNUMMER, "Personnummer"),
    (NumberKind.SAMORDNINGSNUMMER, "Samordningsnummer"),
    (NumberKind.FODSELSNUMMER, "Fødselsnummer"),
    (NumberKind.D_NUMMER, "D-nummer"),
)
