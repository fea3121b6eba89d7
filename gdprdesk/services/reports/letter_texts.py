"""What the answers to a request say, and which letter says what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from gdprdesk.domain.terms import (
    LetterKind,
    RefusalGround,
    RequestDecision,
    RequestKind,
    RestrictionGround,
    cite,
)
from gdprdesk.exports.document import Paragraph, Points
from gdprdesk.i18n import N_, _, format_day, ngettext
from gdprdesk.services.letter_case import LetterCase, counted_kinds
from gdprdesk.services.reports.letter_erasure import erasure_text, kept_text
from gdprdesk.services.reports.letter_journal import (
    destroyed_text,
    kept_journal_text,
    to_authority_text,
)
from gdprdesk.services.reports.letter_questions import (
    Blocks,
    extension_text,
    no_authority_text,
    note_text,
    received_text,
    who_are_you_text,
)
from gdprdesk.services.reports.letter_stops import stop_text

Write = Callable[[LetterCase], Blocks]

_GROUNDS: Final = {
    RefusalGround.STILL_NEEDED: N_(
        "We still need it for what we have agreed on with you, such as an order that is not "
        "finished."
    ),
    RefusalGround.LAW_OBLIGES: N_("A law says that we must keep it."),
    RefusalGround.CLAIM: N_(
        "There is a claim between us that is not settled, such as an unpaid invoice, and we need "
        "it for that."
    ),
    RefusalGround.OTHERS: N_("It would show too much about somebody else."),
    RefusalGround.UNFOUNDED: N_(
        "The request is clearly unfounded, or the same has been asked again and again."
    ),
    RefusalGround.IDENTITY: N_("We could not make sure that it is you who asks."),
    RefusalGround.NO_AUTHORITY: N_("We have not seen that you may act for the person you ask for."),
    RefusalGround.COMPELLING: N_(
        "We have compelling reasons to go on, and they weigh more than yours."
    ),
}
_ARTICLES: Final = {
    (RequestKind.PORT, RefusalGround.OTHERS): "20(4)",
    (RequestKind.OBJECT, RefusalGround.CLAIM): "21(1)",
}
"""Where another article than that of `RefusalGround.article` gives the ground."""

_RESTRICTED: Final = {
    RestrictionGround.ACCURACY: N_(
        "You say that something is wrong. This lasts until we have found out what is right."
    ),
    RestrictionGround.UNLAWFUL: N_(
        "You would rather have them kept than erased. This lasts as long as you wish."
    ),
    RestrictionGround.CLAIM: N_(
        "We no longer need them, but you do for a legal claim. This lasts as long as you need them."
    ),
    RestrictionGround.OBJECTION: N_(
        "You have objected. This lasts until it is clear whose reasons weigh more."
    ),
}
_LIFTED: Final = {
    RestrictionGround.ACCURACY: N_("We have now found out what is right."),
    RestrictionGround.UNLAWFUL: N_("There is no longer a reason to keep them only stored."),
    RestrictionGround.CLAIM: N_("As far as we know, you no longer need them for your claim."),
    RestrictionGround.OBJECTION: N_("We have now weighed your reasons against ours."),
}


def _nothing_held(case: LetterCase) -> Blocks:
    yield Paragraph(_("We have looked, and we have nothing about you."), strong=True)
    searched = counted_kinds(case.request.searched.items())
    if searched:
        yield Paragraph(_("This is what we searched in our register:"))
        yield Points(searched)
    else:
        yield Paragraph(_("We searched our register, in every kind of record."))
    yield Paragraph(
        _(
            "If you have been in touch with us under another name, address or number, tell us, and "
            "we look again."
        )
    )
    yield from stop_text(case)
    yield Paragraph(
        _(
            "Your request and this answer are kept until {day}, so that we can show that you were "
            "answered. After that they are erased."
        ).format(day=format_day(case.kept_until()))
    )


def _copy_enclosed(case: LetterCase) -> Blocks:
    if case.request.kind is RequestKind.PORT:
        yield Paragraph(
            _("Enclosed are your data, in files that you can read and that other programs can use.")
        )
    else:
        yield Paragraph(
            _(
                "Enclosed is a copy of everything we have about you. In it you see why we have it, "
                "where it came from, who else gets it and how long we keep it."
            )
        )
    count = len(case.request.masked)
    if count:
        said = ngettext(
            "In {count} place we have taken out words that are about somebody else (Article "
            "{article} of the GDPR).",
            "In {count} places we have taken out words that are about somebody else (Article "
            "{article} of the GDPR).",
            count,
        )
        yield Paragraph(said.format(count=count, article=cite("15(4)")))
    yield Paragraph(
        _("If the files are locked with a password, you get the password from us in another way.")
    )
    yield Paragraph(
        _(
            "If something is wrong, tell us and we correct it. You can also ask us to erase it or "
            "only to store it, and you can object to what we do with it."
        )
    )


def _corrected(case: LetterCase) -> Blocks:
    corrected = case.corrected()
    if corrected:
        yield Paragraph(_("We have corrected this:"))
        yield Points(corrected)
    else:
        yield Paragraph(_("We have corrected what you told us about."))
    yield from told_text(case)


def told_text(case: LetterCase) -> Blocks:
    """Yield who else was told, and who is to be: Article 19."""
    told = [
        _("{recipient}, told on {day}").format(
            recipient=one["recipient"], day=format_day(date.fromisoformat(one["told_on"]))
        )
        if one["told_on"]
        else _("{recipient}, to be told by us").format(recipient=one["recipient"])
        for one in case.request.told
    ]
    if told:
        yield Paragraph(_("We have given your data to these, and tell them about it:"))
        yield Points(told)


def _restricted(case: LetterCase) -> Blocks:
    since = case.subject.restricted_on if case.subject else None
    said = _(
        "From {day} your data are only stored with us. We do nothing else with them unless you say "
        "yes, or a legal claim or the protection of somebody else asks for it."
    )
    yield Paragraph(said.format(day=format_day(since or case.today)), strong=True)
    if case.subject and case.subject.restriction:
        yield Paragraph(_(_RESTRICTED[case.subject.restriction]))
    yield from told_text(case)
    yield Paragraph(_("We tell you before we use them again."))


def _lifted(case: LetterCase) -> Blocks:
    subject = case.subject
    if subject and subject.restricted_on:
        said = _("Since {day} your data have only been stored with us.")
        yield Paragraph(said.format(day=format_day(subject.restricted_on)))
    if subject and subject.restriction:
        yield Paragraph(_(_LIFTED[subject.restriction]))
    yield Paragraph(
        _(
            "After this letter we begin to use them again as our privacy notice says. If you do "
            "not agree, tell us right away."
        ),
        strong=True,
    )


def _objection_upheld(case: LetterCase) -> Blocks:
    since = case.subject.objected_on if case.subject else None
    if since:
        said = _("From {day} you get no advertising from us.")
        yield Paragraph(said.format(day=format_day(since)), strong=True)
        yield Paragraph(
            _("So that it stays like that, we keep a note that you do not want any advertising.")
        )
    else:
        yield Paragraph(_("We stop using your data in the way you objected to."), strong=True)
    yield from told_text(case)


def _objection_refused(case: LetterCase) -> Blocks:
    yield Paragraph(_("We have weighed your reasons against ours, and cannot stop."), strong=True)
    yield from refusal_text(case)
    yield Paragraph(
        _("Advertising is another matter: you can say no to it at any time, without any reason.")
    )


def _partly(case: LetterCase) -> Blocks:
    yield Paragraph(_("We have done a part of what you asked for."), strong=True)
    yield from _DONE[case.request.kind](case)
    yield Paragraph(_("This is why we could not do all of it:"), strong=True)
    yield from refusal_text(case)


def _refused(case: LetterCase) -> Blocks:
    yield Paragraph(_("We cannot do what you ask for. This is why:"), strong=True)
    yield from refusal_text(case)
    if case.request.kind is RequestKind.ERASE and case.is_trusted:
        yield from kept_text(case)


def refusal_text(case: LetterCase) -> Blocks:
    """Yield why something is refused, by which article, and when the reason is over."""
    request = case.request
    if request.refusal:
        yield Paragraph(_ground(request.kind, request.refusal))
    yield from note_text(request.refusal_note)
    if request.refusal is RefusalGround.IDENTITY:
        yield Paragraph(_("As soon as we know that it is you, we take up your request again."))
    if request.refusal is RefusalGround.NO_AUTHORITY:
        yield Paragraph(_("As soon as we have seen it, we take up your request again."))
    if request.erasable_on:
        said = _("From {day} the reason is gone, and it can be erased.")
        yield Paragraph(said.format(day=format_day(request.erasable_on)), strong=True)


def _ground(kind: RequestKind, refusal: RefusalGround) -> str:
    """Return a ground in plain words, with the article that gives it for this right."""
    if (kind, refusal) == (RequestKind.RECTIFY, RefusalGround.LAW_OBLIGES):
        return _("A law says that it must stay as it was written.")
    article = _ARTICLES.get((kind, refusal))
    cited = cite(article) if article else refusal.article
    return _("{ground} This follows from Article {article} of the GDPR.").format(
        ground=_(_GROUNDS[refusal]), article=cited
    )


def _complaint_answer(case: LetterCase) -> Blocks:
    yield Paragraph(_("We have looked into it."))
    decision = case.request.decision
    if decision is RequestDecision.REFUSED:
        yield Paragraph(_("We have found that your data are handled as they should be."))
        yield from refusal_text(case)
    elif decision is RequestDecision.PARTLY:
        yield Paragraph(_("You are right in part, and there we have put it right."))
        yield from refusal_text(case)
    elif decision is RequestDecision.GRANTED:
        yield Paragraph(_("You are right, and we have put it right. We are sorry."))


def _taken_back(_case: LetterCase) -> Blocks:
    yield Paragraph(
        _("You have told us that you take it back. We have closed the case and do nothing more.")
    )
    yield Paragraph(_("You can ask again at any time. It costs you nothing."))


_DONE: Final[Mapping[RequestKind, Write]] = {
    RequestKind.ACCESS: _copy_enclosed,
    RequestKind.RECTIFY: _corrected,
    RequestKind.ERASE: erasure_text,
    RequestKind.RESTRICT: _restricted,
    RequestKind.PORT: _copy_enclosed,
    RequestKind.OBJECT: _objection_upheld,
    RequestKind.COMPLAINT: _complaint_answer,
}

BODIES: Final[Mapping[LetterKind, Write]] = {
    LetterKind.RECEIVED: received_text,
    LetterKind.WHO_ARE_YOU: who_are_you_text,
    LetterKind.NO_AUTHORITY: no_authority_text,
    LetterKind.EXTENSION: extension_text,
    LetterKind.NOTHING_HELD: _nothing_held,
    LetterKind.COPY_ENCLOSED: _copy_enclosed,
    LetterKind.CORRECTED: _corrected,
    LetterKind.ERASED: erasure_text,
    LetterKind.RESTRICTED: _restricted,
    LetterKind.LIFTED: _lifted,
    LetterKind.OBJECTION_UPHELD: _objection_upheld,
    LetterKind.OBJECTION_REFUSED: _objection_refused,
    LetterKind.PARTLY: _partly,
    LetterKind.REFUSED: _refused,
    LetterKind.COMPLAINT_ANSWER: _complaint_answer,
    LetterKind.TAKEN_BACK: _taken_back,
    LetterKind.JOURNAL_TO_AUTHORITY: to_authority_text,
    LetterKind.JOURNAL_DESTROYED: destroyed_text,
    LetterKind.JOURNAL_KEPT: kept_journal_text,
}
