"""A row of the register in words, in the language spoken: each method says one thing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.activities import Camera, Cookie
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.terms import LegalBasis, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.activities import ActivityDetail
from gdprdesk.services.recipients import RecipientRow

Phrase = Callable[[str], str]


@dataclass(frozen=True, repr=False)
class ActivityWords:
    """A processing as a report says it.

    Attributes:
        detail: The row.
        owner: Whose register it is.
        phrase: How a text of the template is said in the language spoken.
    """

    detail: ActivityDetail
    owner: Organisation
    phrase: Phrase

    def name(self) -> str:
        """Return what it is called."""
        return self.phrase(self.detail.name)

    def controller(self) -> str:
        """Return who decides about it, alone or with another: Articles 30(1)(a) and 26."""
        joint = self.detail.joint_controller
        together = _("together with {name}").format(name=self.phrase(joint)) if joint else ""
        return listed((self.owner.name, together))

    def arrangement(self) -> str:
        """Return who of two controllers answers for what."""
        return self.phrase(self.detail.joint_arrangement)

    def purpose(self) -> str:
        """Return what it is for: Article 30(1)(b)."""
        return self.phrase(self.detail.purpose)

    def further(self) -> str:
        """Return what else it is for, each with its basis and its time."""
        return "\n".join(
            sentences(
                self.phrase(one["purpose"]),
                basis_words(LegalBasis(one["legal_basis"])),
                self.phrase(one["basis_note"]),
                period,
            )
            for one, period in zip(
                self.detail.further_purposes, self.detail.periods[1:], strict=True
            )
        )

    def basis(self) -> str:
        """Return the legal basis, and why it is that: Article 6(1)."""
        note = self.phrase(self.detail.basis_note)
        return sentences(basis_words(self.detail.legal_basis), note)

    def subjects(self) -> str:
        """Return whose data they are: Article 30(1)(c)."""
        return itemised(map(self.phrase, self.detail.subjects))

    def categories(self) -> str:
        """Return which data they are: Article 30(1)(c)."""
        return itemised(self.phrase(one["text"]) for one in self.detail.categories)

    def sensitive(self) -> str:
        """Return which of them are sensitive, and what allows them: Article 9."""
        special = [self.phrase(one["text"]) for one in self.detail.categories if one["special"]]
        if not special:
            return _("No")
        condition = self.detail.special_condition
        none = _("no condition of Article 9 is given")
        return f"{itemised(special)}: {say(condition).lower() if condition else none}"

    def source(self) -> str:
        """Return where the data come from."""
        return self.phrase(self.detail.sources)

    def collected_from(self) -> str:
        """Return whether they come from the person or from somebody else: Articles 13 and 14."""
        return say(self.detail.collected_from)

    def duty(self) -> str:
        """Return whether the person must give the data: Article 13(2)(e)."""
        return self.phrase(self.detail.duty)

    def recipients(self) -> str:
        """Return who else gets the data: Article 30(1)(d)."""
        said = "; ".join(recipient_words(one, self.phrase) for one in self.detail.recipients)
        return said or _("Nobody else")

    def recipient_names(self) -> str:
        """Return who else gets the data and what for, but nothing of the agreements."""
        said = (
            f"{self.phrase(one.name)} ({self.phrase(one.service)})"
            if one.service
            else self.phrase(one.name)
            for one in self.detail.recipients
        )
        return "; ".join(said) or _("Nobody else")

    def transfers(self) -> str:
        """Return what leaves the EEA, and what makes that lawful: Article 30(1)(e)."""
        return transfer_words(self.detail.recipients, self.phrase)

    def period(self) -> str:
        """Return how long the data are kept: Article 30(1)(f)."""
        return self.detail.period

    def reason(self) -> str:
        """Return why they are kept so long, where no law says so."""
        return self.phrase(self.detail.rule.reason)

    def at_end(self) -> str:
        """Return what happens when the time is over."""
        return say(self.detail.rule.at_end)

    def measures(self) -> str:
        """Return how the data are protected: Article 30(1)(g)."""
        return itemised(map(self.phrase, self.detail.measures))

    def profiling(self) -> str:
        """Return what is concluded about people."""
        return self.phrase(self.detail.profiling)

    def automated(self) -> str:
        """Return what a program decides about people: Article 22."""
        return self.phrase(self.detail.automated_decision)

    def objection(self) -> str:
        """Return how a person objects: Article 21."""
        return self.phrase(self.detail.objection)

    def interest(self) -> str:
        """Return what was concluded when the interest was weighed: Article 6(1)(f)."""
        weighed = self.detail.assessment
        return _dated(weighed.decided_on, self.phrase(weighed.outcome)) if weighed else ""

    def risk(self) -> str:
        """Return what was concluded when the risk was judged: Article 35."""
        judged = self.detail.screening
        if judged is None:
            return ""
        met = listed(say(one) for one in judged.criteria)
        return _dated(judged.decided_on, sentences(met, self.phrase(judged.conclusion)))

    def cameras(self) -> str:
        """Return what is watched, and how people are told."""
        return camera_words(self.detail.camera, self.phrase) if self.detail.camera else ""

    def cookies(self) -> str:
        """Return what the website leaves in the browsers of visitors."""
        return "\n".join(cookie_words(one, self.phrase) for one in self.detail.cookies)

    def deidentification(self) -> str:
        """Return how the data are made less personal."""
        return self.phrase(self.detail.deidentification)

    def system(self) -> str:
        """Return where the originals are."""
        return self.phrase(self.detail.system_of_record) or _("This register")

    def responsible(self) -> str:
        """Return who answers for it in the business."""
        return self.phrase(self.detail.responsible)

    def statements(self) -> str:
        """Return what the business promises not to do."""
        return " ".join(map(self.phrase, self.detail.statements))

    def audiences(self) -> str:
        """Return whom the privacy notice tells of it."""
        return listed(say(one) for one in self.detail.audiences)

    def reviewed_on(self) -> date | None:
        """Return when it was looked through."""
        return self.detail.reviewed_on

    def review_due_on(self) -> date | None:
        """Return when it is to be looked through again."""
        return self.detail.review_due_on


def basis_words(basis: LegalBasis) -> str:
    """Return a legal basis with its article."""
    return _("{basis}, Article {article}").format(basis=say(basis), article=basis.article)


def recipient_words(one: RecipientRow, phrase: Phrase) -> str:
    """Return who gets data, what for, in what role and under which agreement."""
    said = [phrase(one.service), say(one.role).lower()]
    if one.agreement_on:
        said.append(_("agreement {day}").format(day=format_day(one.agreement_on, short=True)))
    elif one.needs_agreement:
        said.append(_("agreement missing"))
    return f"{phrase(one.name)} ({listed(said)})"


def transfer_words(recipients: Iterable[RecipientRow], phrase: Phrase) -> str:
    """Return who gets data outside the EEA, where, and what makes it lawful."""
    none = _("no safeguard is given")
    said = (
        f"{phrase(one.name)} ({one.country}): {phrase(one.mechanism) or none}"
        for one in recipients
        if one.outside_eea
    )
    return "; ".join(said) or _("No")


def camera_words(camera: Camera, phrase: Phrase) -> str:
    """Return how many cameras there are, where, for how long, and how people are told."""
    return sentences(
        ngettext("{count} camera", "{count} cameras", camera["number"]).format(
            count=camera["number"]
        ),
        phrase(camera["places"]),
        ngettext(
            "Recordings live for {count} day", "Recordings live for {count} days", camera["days"]
        ).format(count=camera["days"]),
        _("A sign tells people before they are filmed")
        if camera["sign"]
        else _("There is no sign"),
        _("Sound is recorded") if camera["sound"] else _("No sound is recorded"),
    )


def cookie_words(cookie: Cookie, phrase: Phrase) -> str:
    """Return what a cookie is called, whose it is, how long it lives, why, and on what basis."""
    rest = (cookie[field] for field in ("owner", "life", "purpose", "basis"))
    return f"{phrase(cookie['name'])}: {listed(phrase(one) for one in rest)}"


def itemised(texts: Iterable[str]) -> str:
    """Return texts that may hold commas themselves, with a semicolon between them."""
    return "; ".join(text for text in texts if text)


def listed(texts: Iterable[str]) -> str:
    """Return texts with a comma between them."""
    return ", ".join(text for text in texts if text)


def sentences(*parts: str) -> str:
    """Return texts as sentences, one after the other; the empty ones are left out."""
    return " ".join(f"{part.strip().rstrip('.')}." for part in parts if part.strip())


def _dated(day: date, text: str) -> str:
    return f"{format_day(day, short=True)}: {text}"
