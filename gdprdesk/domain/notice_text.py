"""The sentences of a privacy notice, filled from the register: plain words first, the law last.

What the register does not say is not said here either; `notice.notice_lacks` tells what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gdprdesk.domain import notice_words as words
from gdprdesk.domain.activities import EEA, Cookie, FurtherPurpose, ProcessingActivity
from gdprdesk.domain.law import Authority
from gdprdesk.domain.notice import Form, Line, Part, Told
from gdprdesk.domain.notice_words import closed, listed, lower
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import (
    Audience,
    LegalBasis,
    Origin,
    cite,
    say,
)
from gdprdesk.i18n import _, format_country


@dataclass(frozen=True, eq=False)
class NoticeSource:
    """What a notice is written from.

    Attributes:
        rows: The rows of the register that tell the audience of themselves, in their order.
        phrase: How a text of the register is said in the language of the notice.
    """

    audience: Audience
    controller: Organisation
    rows: Sequence[Told]
    authority: Authority
    phrase: Callable[[str], str]


def write_notice(source: NoticeSource) -> tuple[Part, ...]:
    """Return a notice in the language spoken."""
    return tuple(_Writer(source).parts())


class _Writer:
    """Writes one notice."""

    def __init__(self, source: NoticeSource) -> None:
        self._source = source
        self._controller = source.controller
        self._phrase = source.phrase

    def parts(self) -> Iterator[Part]:
        """Walk the parts of the notice from top to bottom."""
        yield Part("", (_text(_(words.FOR[self._source.audience])), _text(self._promise())))
        yield self._who()
        lines = [_text(_("Each heading below is one thing that we use data about you for."))]
        yield Part(_("What we use your data for"), tuple(lines))
        yield from (self._purpose(one) for one in self._source.rows if not one.stays)
        yield from self._others()
        yield from self._afterwards()
        yield self._rights()
        yield self._complaint()
        yield Part(_("If something changes"), (_text(words.changes()),))

    def _promise(self) -> str:
        return _(
            "It says what we know about you, why, how long we keep it, who else gets it, and what "
            "you can ask of us."
        )

    def _who(self) -> Part:
        known = self._controller
        controller = _(
            "{name} is the controller of your data: we decide why and how they are used, and we "
            "answer for it."
        ).format(name=known.name)
        fields = (
            (_("Org. number"), known.org_number),
            (_("Address"), known.address),
            (_("Contact for privacy"), known.contact),
            (_("E-mail"), known.email),
            (_("Phone"), known.phone),
        )
        lines = [_text(controller), *_fields(fields)]
        if known.officer:
            lines.append(_text(closed(self._phrase(known.officer))))
        return Part(_("Who we are"), (*lines, _small("13(1)(a)", "13(1)(b)")))

    def _purpose(self, told: Told) -> Part:
        row = told.activity
        lines = [
            *_fields(self._what(told)),
            *(self._further(one, told, place) for place, one in _numbered(row)),
            *_fields(self._also(told)),
            *_cookies(row.cookies, self._phrase),
            *(_point(closed(self._phrase(one))) for one in row.statements),
        ]
        return Part(self._phrase(row.name), (*lines, _basis_in_law(row)), level=2)

    def _what(self, told: Told) -> Iterator[tuple[str, str]]:
        row, phrase = told.activity, self._phrase
        yield _("Used to"), closed(phrase(row.purpose))
        yield _("Which data"), closed(listed(phrase(one["text"]) for one in row.categories))
        yield from self._sensitive(row)
        interest = told.interest if row.legal_basis is LegalBasis.LEGITIMATE_INTEREST else ""
        yield _("Why we may"), self._because(row.legal_basis, interest, row.basis_note)
        yield _("Where they come from"), closed(phrase(row.sources))
        names = listed((phrase(one.name) for one in told.recipients), small=False)
        yield _("Who else gets them"), closed(names or _("Nobody else"))
        yield _("How long we keep them"), self._period(told)

    def _also(self, told: Told) -> Iterator[tuple[str, str]]:
        row, phrase = told.activity, self._phrase
        yield _("Must you give them"), closed(phrase(row.duty))
        yield _("What we conclude from them"), closed(phrase(row.profiling))
        yield _("Automated decisions"), closed(phrase(row.automated_decision))
        yield _("If you do not want it"), closed(phrase(row.objection))
        yield _("Made less personal"), closed(phrase(row.deidentification))
        yield _("Cameras"), words.cameras(row.camera, phrase)
        if row.joint_controller:
            yield _("Together with"), self._together(row)

    def _sensitive(self, row: ProcessingActivity) -> Iterator[tuple[str, str]]:
        special = [self._phrase(one["text"]) for one in row.categories if one["special"]]
        if special and row.special_condition:
            which = closed(listed(special)) if len(special) < len(row.categories) else ""
            ground = _(words.SENSITIVE[row.special_condition])
            yield _("Sensitive data"), f"{which} {ground}".strip()

    def _because(self, basis: LegalBasis, interest: str, note: str) -> str:
        said = (_(words.BECAUSE[basis]), self._phrase(interest), self._phrase(note))
        return " ".join(closed(one) for one in said if one)

    def _period(self, told: Told) -> str:
        rule = told.activity.rule
        said = (told.periods[0], self._phrase(rule.reason), _(words.THEN[rule.at_end]))
        return " ".join(closed(one) for one in said if one)

    def _further(self, purpose: FurtherPurpose, told: Told, place: int) -> Line:
        basis = LegalBasis(purpose["legal_basis"])
        interest = told.interest if basis is LegalBasis.LEGITIMATE_INTEREST else ""
        kept = _("They are kept for this purpose: {period}").format(period=told.periods[place])
        said = (
            closed(self._phrase(purpose["purpose"])),
            self._because(basis, interest, purpose["basis_note"]),
            closed(kept),
        )
        return _field(_("Also used to"), " ".join(said))

    def _together(self, row: ProcessingActivity) -> str:
        said = _("{name} and we decide this together. You can turn to either of us.")
        together = said.format(name=self._phrase(row.joint_controller))
        return f"{together} {closed(self._phrase(row.joint_arrangement))}".strip()

    def _others(self) -> Iterator[Part]:
        known = {one.ref: one for told in self._source.rows for one in told.recipients}
        heading = _("Who else gets your data")
        if not known:
            yield Part(heading, (_text(_("Nobody outside our business gets them.")),))
            return
        abroad = [*self._abroad(known.values())]
        lines = [
            _text(
                _(
                    "What each of them does, and which data it gets. The legal basis for it stands "
                    "above, under each purpose."
                )
            ),
            *(_field(self._phrase(one.name), self._given(one)) for one in known.values()),
        ]
        if not abroad:
            lines.append(_text(_("No recipient is outside the EU and the EEA.")))
        yield Part(heading, (*lines, _small("13(1)(e)", "13(1)(f)")))
        if abroad:
            ask = _text(_("Ask us, and we show you what protects your data there."))
            title = _("Outside the EU and the EEA")
            yield Part(title, (*abroad, ask, _small("13(1)(f)")), level=2)

    def _given(self, one: Recipient) -> str:
        phrase = self._phrase
        gets = _("Gets: {data}").format(data=lower(phrase(one.gets))) if one.gets else ""
        time = _("Deletes them after: {time}").format(time=lower(phrase(one.deletes_after)))
        said = (phrase(one.service), gets, _(words.AS[one.role]), one.deletes_after and time)
        return " ".join(closed(part) for part in said if part)

    def _abroad(self, recipients: Iterable[Recipient]) -> Iterator[Line]:
        for one in recipients:
            if one.country not in EEA:
                where = f"{format_country(one.country)}. {closed(self._phrase(one.mechanism))}"
                yield _field(self._phrase(one.name), where.strip())
            for part in one.sub_processors:
                if part["country"] not in EEA:
                    used = _("{country}. {recipient} uses it for: {service}").format(
                        country=format_country(part["country"]),
                        recipient=self._phrase(one.name),
                        service=lower(self._phrase(part["service"])),
                    )
                    yield _field(self._phrase(part["name"]), closed(used))

    def _afterwards(self) -> Iterator[Part]:
        rows = [one for one in self._source.rows if one.stays]
        if rows:
            said = _(
                "When you have been erased, or have asked us something, this stays for a while. It "
                "shows that we did what you asked for, and keeps it from being undone by mistake."
            )
            yield Part(_("What stays after an erasure"), (_text(said),))
            yield from (self._purpose(one) for one in rows)

    def _rights(self) -> Part:
        lines = [
            _text(_("You can ask us to:")),
            *(_point(one) for one in self._asked()),
            _text(self._how()),
            _text(words.answer(self._controller.answer_days)),
            _text(self._automation()),
        ]
        articles = ("12", "13(2)(b)", "13(2)(c)", "15", "16", "17", "18", "20", "21", "22")
        return Part(_("What you can ask of us"), (*lines, _small(*articles)))

    def _asked(self) -> Iterator[str]:
        yield _("Let you see which data we have about you, and give you a copy.")
        yield _("Correct what is wrong, and add what is missing.")
        yield _("Erase data, unless a law or a claim makes us keep them.")
        yield _("Restrict how we use them, such as while we look into whether they are right.")
        bases = {basis: self._names(basis) for basis in LegalBasis}
        if interests := bases[LegalBasis.LEGITIMATE_INTEREST]:
            said = _("Stop what rests on our legitimate interest: you object, and we weigh again.")
            about = _("It is about: {names}.").format(names=interests)
            yield f"{said} {about}"
        yield _("Stop all advertising. When you object to that, we always stop at once.")
        yield _(
            "Let you take along what you gave us with a yes or for an agreement, in a file that "
            "other programs can read."
        )
        if consents := bases[LegalBasis.CONSENT]:
            said = _("Take back your consent, as easily as you gave it. It is about: {names}.")
            before = _("What was done before stays lawful.")
            yield f"{said.format(names=consents)} {before}"

    def _names(self, basis: LegalBasis) -> str:
        rows = (one for one in self._source.rows if basis in one.bases)
        return listed(self._phrase(one.activity.name) for one in rows)

    def _how(self) -> str:
        known = self._controller
        ways = {
            (True, True): _("Write to {email} or call {phone}. It costs nothing."),
            (True, False): _("Write to {email}. It costs nothing."),
            (False, True): _("Call {phone}. It costs nothing."),
            (False, False): _("Get in touch with us. It costs nothing."),
        }
        said = ways[bool(known.email), bool(known.phone)]
        return said.format(email=known.email, phone=known.phone)

    def _automation(self) -> str:
        rows = [one.activity for one in self._source.rows]
        judging = [one.name for one in rows if one.profiling or one.automated_decision]
        if not judging:
            return _(
                "We make no automated decisions about you, and there is no profiling: we do not "
                "judge you by your data."
            )
        said = _(
            "What we conclude about you (profiling), and whether a program decides (automated "
            "decisions), stands under: {names}."
        )
        return said.format(names=listed(self._phrase(one) for one in judging))

    def _complaint(self) -> Part:
        to = self._source.authority
        said = _(
            "You can complain to {authority}, the authority that watches over data protection, "
            "whether you have talked to us first or not."
        ).format(authority=to.name)
        fields = (
            (_("Address"), to.address),
            (_("Website"), to.web),
            (_("E-mail"), to.email),
            (_("Phone"), to.phone),
        )
        lines = (_text(said), *_fields(fields), _small("13(2)(d)", "77"))
        return Part(_("If you are not content with us"), lines)


def _numbered(row: ProcessingActivity) -> Iterator[tuple[int, FurtherPurpose]]:
    return enumerate(row.further_purposes, start=1)


def _cookies(cookies: Sequence[Cookie], phrase: Callable[[str], str]) -> Iterator[Line]:
    if not cookies:
        return
    titles = (_("Cookie"), _("Whose"), _("What it is for"), _("How long"), _("When it is set"))
    yield Line(Form.HEAD, titles)
    for one in cookies:
        said = (one["owner"], one["purpose"], one["life"], one["basis"])
        yield Line(Form.ROW, (one["name"], *(phrase(text) for text in said)))


def _basis_in_law(row: ProcessingActivity) -> Line:
    bases = (row.legal_basis, *(LegalBasis(one["legal_basis"]) for one in row.further_purposes))
    grounds = [
        _("{basis}, Article {article}").format(basis=say(one), article=one.article)
        for one in dict.fromkeys(bases)
    ]
    if condition := row.special_condition:
        article = cite(words.CONDITION[condition])
        said = _("{basis}, Article {article}")
        grounds.append(said.format(basis=say(condition), article=article))
    whole = "14" if row.collected_from is Origin.OTHER else "13"
    grounds.append(_("Article {article}").format(article=whole))
    return Line(Form.SMALL, (_("In the GDPR: {places}.").format(places="; ".join(grounds)),))


def _small(*articles: str) -> Line:
    places = ", ".join(cite(one) if "(" in one else one for one in articles)
    return Line(Form.SMALL, (_("In the GDPR: Article {places}.").format(places=places),))


def _text(said: str) -> Line:
    return Line(Form.TEXT, (said,))


def _point(said: str) -> Line:
    return Line(Form.POINT, (said,))


def _field(label: str, said: str) -> Line:
    return Line(Form.FIELD, (label, said))


def _fields(fields: Iterable[tuple[str, str]]) -> Iterator[Line]:
    return (_field(label, said) for label, said in fields if said)
