"""The words of what people may ask for, and of what becomes of it."""

from __future__ import annotations

from enum import Enum, StrEnum

from gdprdesk.domain.terms.citing import cite
from gdprdesk.i18n import N_


class ErasureState(StrEnum):
    """How far the erasure of a person has come."""

    STAGED = "staged"
    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    UNDONE = "undone"


class RequestKind(StrEnum):
    """What a person asks for: Articles 15 to 21 and 77."""

    ACCESS = "access"
    RECTIFY = "rectify"
    ERASE = "erase"
    RESTRICT = "restrict"
    PORT = "port"
    OBJECT = "object"
    COMPLAINT = "complaint"

    @property
    def article(self) -> str:
        """Return where the regulation gives the right."""
        return cite(_RIGHTS[self])


_RIGHTS = {
    RequestKind.ACCESS: "15",
    RequestKind.RECTIFY: "16",
    RequestKind.ERASE: "17",
    RequestKind.RESTRICT: "18",
    RequestKind.PORT: "20",
    RequestKind.OBJECT: "21",
    RequestKind.COMPLAINT: "77",
}


class Requester(StrEnum):
    """Who asks: the person herself, or somebody who says to act for her."""

    SELF = "self"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    LAWYER = "lawyer"
    INSURER = "insurer"
    POLICE = "police"
    OTHER = "other"


class IdentityCheck(StrEnum):
    """How it was made sure who asks: Article 12(6). A copy of a passport is never the default."""

    KNOWN_PERSON = "known_person"
    KNOWN_ADDRESS = "known_address"
    CALLED_BACK = "called_back"
    ID_SHOWN = "id_shown"
    AUTHORITY_PAPER = "authority_paper"


class RequestDecision(StrEnum):
    """How a request ended."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NOTHING_HELD = "nothing_held"
    TAKEN_BACK = "taken_back"


class RefusalGround(StrEnum):
    """Why a request is refused, or a part of it."""

    STILL_NEEDED = "still_needed"
    LAW_OBLIGES = "law_obliges"
    CLAIM = "claim"
    OTHERS = "others"
    UNFOUNDED = "unfounded"
    IDENTITY = "identity"
    NO_AUTHORITY = "no_authority"
    COMPELLING = "compelling"

    @property
    def article(self) -> str:
        """Return where the regulation says so."""
        return cite(_REFUSALS[self])


_REFUSALS = {
    RefusalGround.STILL_NEEDED: "17(1)",
    RefusalGround.LAW_OBLIGES: "17(3)(b)",
    RefusalGround.CLAIM: "17(3)(e)",
    RefusalGround.OTHERS: "15(4)",
    RefusalGround.UNFOUNDED: "12(5)",
    RefusalGround.IDENTITY: "12(2)",
    RefusalGround.NO_AUTHORITY: "12(6)",
    RefusalGround.COMPELLING: "21(1)",
}


class ExtensionReason(StrEnum):
    """Why more time is needed: Article 12(3) knows only these two."""

    COMPLEX = "complex"
    NUMBER = "number"


class ErasureGround(StrEnum):
    """Why a person may ask for erasure: Article 17(1)."""

    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    UNLAWFUL = "unlawful"
    LAW = "law"
    CHILD = "child"

    @property
    def article(self) -> str:
        """Return where the regulation says so; the letters stand in the order of this list."""
        return cite(f"17(1)({'abcdef'[list(ErasureGround).index(self)]})")


class CaseStep(StrEnum):
    """Something that happened in a request."""

    OPENED = "opened"
    REFERS = "refers"
    CALL_BACK = "call_back"
    DOUBTED = "doubted"
    CHECKED = "checked"
    AUTHORITY = "authority"
    EXTENDED = "extended"
    SEARCHED = "searched"
    COPY = "copy"
    CORRECTED = "corrected"
    RESTRICTED = "restricted"
    LIFTED = "lifted"
    OBJECTED = "objected"
    WEIGHED = "weighed"
    ERASED = "erased"
    DISCLOSED = "disclosed"
    TOLD = "told"
    LETTER = "letter"
    DECIDED = "decided"
    ANSWERED = "answered"
    NOTE = "note"


class RequestTask(StrEnum):
    """What is to be done about a request, in the order in which it is done."""

    IDENTITY = "identity"
    AUTHORITY = "authority"
    COPY = "copy"
    TAKE_ALONG = "take_along"
    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECTION = "objection"
    COMPLAINT = "complaint"
    TELL = "tell"
    DECIDE = "decide"
    ANSWER = "answer"


class CallOutcome(StrEnum):
    """What is done with a wish while the person is on the phone."""

    KNOWN = "known"
    CALL_BACK = "call_back"
    LETTER = "letter"


class RestrictionGround(StrEnum):
    """Why data are only stored for a time: Article 18(1)."""

    ACCURACY = "accuracy"
    UNLAWFUL = "unlawful"
    CLAIM = "claim"
    OBJECTION = "objection"

    @property
    def article(self) -> str:
        """Return where the regulation says so; the letters stand in the order of this list."""
        return cite(f"18(1)({'abcd'[list(RestrictionGround).index(self)]})")


class LetterKind(StrEnum):
    """A letter that belongs to a request, from the first answer to the last."""

    RECEIVED = "received"
    WHO_ARE_YOU = "who_are_you"
    NO_AUTHORITY = "no_authority"
    EXTENSION = "extension"
    NOTHING_HELD = "nothing_held"
    COPY_ENCLOSED = "copy_enclosed"
    CORRECTED = "corrected"
    ERASED = "erased"
    RESTRICTED = "restricted"
    LIFTED = "lifted"
    OBJECTION_UPHELD = "objection_upheld"
    OBJECTION_REFUSED = "objection_refused"
    PARTLY = "partly"
    REFUSED = "refused"
    COMPLAINT_ANSWER = "complaint_answer"
    TAKEN_BACK = "taken_back"
    JOURNAL_TO_AUTHORITY = "journal_to_authority"
    JOURNAL_DESTROYED = "journal_destroyed"
    JOURNAL_KEPT = "journal_kept"


class StopReason(StrEnum):
    """Why an address or a number is not taken in again."""

    ERASED = "erased"
    UNSUBSCRIBED = "unsubscribed"


class BackupSchedule(StrEnum):
    """When a backup is made to a place."""

    BY_HAND = "by_hand"
    AT_LOCK = "at_lock"
    DAILY = "daily"


SAID: tuple[tuple[Enum, str], ...] = (
    (ErasureState.STAGED, N_("Can still be undone")),
    (ErasureState.WAITING, N_("Waits for an order to be finished")),
    (ErasureState.HELD, N_("Erased, what a law demands is kept")),
    (ErasureState.DONE, N_("Erased")),
    (ErasureState.UNDONE, N_("Undone")),
    (RequestKind.ACCESS, N_("See what you have: a copy of everything")),
    (RequestKind.RECTIFY, N_("Correct something")),
    (RequestKind.ERASE, N_("Erase")),
    (RequestKind.RESTRICT, N_("Restrict: only store it for now")),
    (RequestKind.PORT, N_("Take the data along")),
    (RequestKind.OBJECT, N_("Object")),
    (RequestKind.COMPLAINT, N_("Complaint")),
    (Requester.SELF, N_("The person herself")),
    (Requester.GUARDIAN, N_("A guardian")),
    (Requester.RELATIVE, N_("A relative")),
    (Requester.LAWYER, N_("A lawyer")),
    (Requester.INSURER, N_("An insurance company")),
    (Requester.POLICE, N_("The police or another authority")),
    (Requester.OTHER, N_("Somebody else")),
    (IdentityCheck.KNOWN_PERSON, N_("We know her")),
    (IdentityCheck.KNOWN_ADDRESS, N_("She wrote from an address we have")),
    (IdentityCheck.CALLED_BACK, N_("We called back a number we have")),
    (IdentityCheck.ID_SHOWN, N_("She showed proof of identity here")),
    (IdentityCheck.AUTHORITY_PAPER, N_("We saw the power of attorney or the decision")),
    (RequestDecision.GRANTED, N_("Done as asked")),
    (RequestDecision.PARTLY, N_("Done in part")),
    (RequestDecision.REFUSED, N_("Refused")),
    (RequestDecision.NOTHING_HELD, N_("We had nothing")),
    (RequestDecision.TAKEN_BACK, N_("Taken back")),
    (RefusalGround.STILL_NEEDED, N_("It is still needed for what was agreed")),
    (RefusalGround.LAW_OBLIGES, N_("A law says it must be kept")),
    (RefusalGround.CLAIM, N_("There is a claim, such as an unpaid invoice")),
    (RefusalGround.OTHERS, N_("It would show too much about somebody else")),
    (RefusalGround.UNFOUNDED, N_("It is clearly unfounded or asked again and again")),
    (RefusalGround.IDENTITY, N_("It could not be made sure who asks")),
    (RefusalGround.NO_AUTHORITY, N_("Whoever asks may not act for the person")),
    (RefusalGround.COMPELLING, N_("There are compelling reasons to go on")),
    (ExtensionReason.COMPLEX, N_("The request is complex")),
    (ExtensionReason.NUMBER, N_("There are many requests")),
    (ErasureGround.NOT_NEEDED, N_("It is no longer needed")),
    (ErasureGround.WITHDRAWN, N_("She has withdrawn her consent")),
    (ErasureGround.OBJECTED, N_("She objects")),
    (ErasureGround.UNLAWFUL, N_("It should never have been kept")),
    (ErasureGround.LAW, N_("A law says it must be erased")),
    (ErasureGround.CHILD, N_("It was collected from a child online")),
    (CaseStep.OPENED, N_("The request came")),
    (CaseStep.REFERS, N_("Goes back to an earlier request")),
    (CaseStep.CALL_BACK, N_("To call back the number we have")),
    (CaseStep.DOUBTED, N_("Asked for proof of who she is")),
    (CaseStep.CHECKED, N_("Made sure who asks")),
    (CaseStep.AUTHORITY, N_("Made sure that whoever asks may")),
    (CaseStep.EXTENDED, N_("Told that it takes longer")),
    (CaseStep.SEARCHED, N_("Searched everything")),
    (CaseStep.COPY, N_("Made the copy")),
    (CaseStep.CORRECTED, N_("Corrected")),
    (CaseStep.RESTRICTED, N_("Only stored from now on")),
    (CaseStep.LIFTED, N_("Used again as before")),
    (CaseStep.OBJECTED, N_("No advertising from now on")),
    (CaseStep.WEIGHED, N_("Weighed the objection")),
    (CaseStep.ERASED, N_("Erased")),
    (CaseStep.DISCLOSED, N_("Handed out")),
    (CaseStep.TOLD, N_("Told a recipient")),
    (CaseStep.LETTER, N_("Wrote a letter")),
    (CaseStep.DECIDED, N_("Decided")),
    (CaseStep.ANSWERED, N_("Answered")),
    (CaseStep.NOTE, N_("Remark")),
    (RequestTask.IDENTITY, N_("Make sure who asks")),
    (RequestTask.AUTHORITY, N_("Make sure that whoever asks may act for her")),
    (RequestTask.COPY, N_("Give her a copy of everything")),
    (RequestTask.TAKE_ALONG, N_("Give her the files to take along")),
    (RequestTask.CORRECT, N_("Correct what is wrong")),
    (RequestTask.ERASE, N_("Look at what would go, and erase")),
    (RequestTask.RESTRICT, N_("Only store her data for now")),
    (RequestTask.OBJECTION, N_("Stop the advertising, or weigh her reasons")),
    (RequestTask.COMPLAINT, N_("Look into what she complains about")),
    (RequestTask.TELL, N_("Tell those who got her data")),
    (RequestTask.DECIDE, N_("Decide")),
    (RequestTask.ANSWER, N_("Answer her")),
    (CallOutcome.KNOWN, N_("I know her")),
    (CallOutcome.CALL_BACK, N_("I call her back on the number we have")),
    (CallOutcome.LETTER, N_("I answer to the address we have")),
    (RestrictionGround.ACCURACY, N_("She says it is wrong, and we are looking into it")),
    (RestrictionGround.UNLAWFUL, N_("It should not be kept, but she wants it kept")),
    (RestrictionGround.CLAIM, N_("We no longer need it, but she does for a legal claim")),
    (RestrictionGround.OBJECTION, N_("She has objected, and we are weighing it")),
    (LetterKind.RECEIVED, N_("We have your request")),
    (LetterKind.WHO_ARE_YOU, N_("We have to know that it is you")),
    (LetterKind.NO_AUTHORITY, N_("We have to see that you may act for somebody else")),
    (LetterKind.EXTENSION, N_("It takes longer")),
    (LetterKind.NOTHING_HELD, N_("We have nothing about you")),
    (LetterKind.COPY_ENCLOSED, N_("Here is your copy")),
    (LetterKind.CORRECTED, N_("It is corrected")),
    (LetterKind.ERASED, N_("We have erased it")),
    (LetterKind.RESTRICTED, N_("We only store it for now")),
    (LetterKind.LIFTED, N_("We are about to use it again")),
    (LetterKind.OBJECTION_UPHELD, N_("We stop as you ask")),
    (LetterKind.OBJECTION_REFUSED, N_("We go on in spite of the objection")),
    (LetterKind.PARTLY, N_("We have done a part of it")),
    (LetterKind.REFUSED, N_("We cannot do it")),
    (LetterKind.COMPLAINT_ANSWER, N_("Answer to a complaint")),
    (LetterKind.TAKEN_BACK, N_("The request is closed")),
    (LetterKind.JOURNAL_TO_AUTHORITY, N_("IVO decides about your journal")),
    (LetterKind.JOURNAL_DESTROYED, N_("Your journal is destroyed, or a part of it")),
    (LetterKind.JOURNAL_KEPT, N_("Your journal is kept")),
    (StopReason.ERASED, N_("Erased at the person's request")),
    (StopReason.UNSUBSCRIBED, N_("Said no to newsletters")),
    (BackupSchedule.BY_HAND, N_("Only when I ask for it")),
    (BackupSchedule.AT_LOCK, N_("Each time the register is locked")),
    (BackupSchedule.DAILY, N_("Once a day")),
)
"""How each is said, in English."""
