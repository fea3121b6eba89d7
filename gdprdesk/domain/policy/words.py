"""What the user is told about each finding: what is wrong, why it matters, how to put it right."""

from __future__ import annotations

from collections.abc import Mapping

from gdprdesk.domain.policy.findings import FindingKind, Severity
from gdprdesk.domain.policy.words_missing import MISSING
from gdprdesk.i18n import N_, _

_SEVERITIES = {
    Severity.MUST: N_("Must be put right"),
    Severity.SHOULD: N_("Should be put right"),
    Severity.MAY: N_("Would be clearer"),
}
_KINDS = {
    FindingKind.MISSING: N_("Missing"),
    FindingKind.UNCLEAR: N_("Unclear"),
    FindingKind.OUTDATED: N_("Outdated"),
    FindingKind.CONTRADICTION: N_("Contradiction"),
    FindingKind.UNLAWFUL: N_("Against the law"),
}
_SAID = {
    "retention_vague": (
        N_("How long is said without a number"),
        N_("“For a time” or “as long as needed” tells nobody when the data are gone."),
        N_("Write a number and what it counts from, such as “12 months after your last order”."),
    ),
    "bookkeeping_count": (
        N_("“{period}” does not say from when"),
        N_(
            "The Swedish Bookkeeping Act counts from the end of the calendar year in which the"
            " financial year ended, so the papers are kept for up to eight years."
        ),
        N_(
            "Write “through the seventh year after the end of the calendar year in which the"
            " financial year ended”."
        ),
    ),
    "bookkeeping_number": (
        N_("Bookkeeping law does not say “{period}”"),
        N_("A law that is named for a period must be the law that demands this period."),
        N_(
            "Write the period of the law (Sweden: through the seventh year after the calendar year"
            " in which the financial year ended; Norway: five years after the financial year), or"
            " give the reason why you keep the data longer."
        ),
    ),
    "retention_long": (
        N_("“{period}” is long, and no reason is given"),
        N_("Data are kept no longer than their purpose needs, and no law asks for this period."),
        N_("Shorten the period, or write which need or which law asks for it."),
    ),
    "retention_after": (
        N_("“{period}” after the relation has ended needs a reason"),
        N_(
            "Those who are customers no more expect to be forgotten; for marketing a year is usual."
        ),
        N_("Shorten the period, or write what you need the data for so long after."),
    ),
    "interest": (
        N_("Which legitimate interest is not said"),
        N_("Whoever relies on a balance of interests must say what the interest is."),
        N_("Write “our legitimate interest in …”, once for each purpose that rests on it."),
    ),
    "safeguard": (
        N_("Data leave the EEA, and the safeguard is not named"),
        N_("“Suitable measures” is not enough: people must be told what protects the data there."),
        N_(
            "Name it: an adequacy decision, the EU-US Data Privacy Framework or the standard"
            " contractual clauses of the EU, and where a copy can be had."
        ),
    ),
    "complaint_authority": (
        N_("It is not said to whom one can complain"),
        N_("People must be able to find the authority without looking for it."),
        N_(
            "Name it: in Sweden Integritetsskyddsmyndigheten (imy.se), in Norway Datatilsynet"
            " (datatilsynet.no)."
        ),
    ),
    "source": (
        N_("Data come from others, and it is not said from whom"),
        N_("Whoever does not give the data herself must be told where they come from."),
        N_("Name each source, and say whether it is open to everybody."),
    ),
    "old_authority": (
        N_("“{old}” is not what it is called now"),
        N_("Whoever looks for that authority does not find it."),
        N_("Write “{new}”."),
    ),
    "old_law": (
        N_("“{old}” does not apply any more"),
        N_("A text that rests on a law that is gone tells people of rights they do not have."),
        N_("Write “{new}”, and see whether what you say is still right under it."),
    ),
    "old_role": (
        N_("“{old}” is a word of an older law"),
        N_("The role it names does not exist any more."),
        N_("Write “{new}” if you have one, and take the word out if you do not."),
    ),
    "old_sections": (
        N_("The sections named are those of the act of 2000"),
        N_("That act ended on 20 July 2018. The rights now stand in the GDPR itself."),
        N_("Write “the GDPR, Articles 15 to 22”."),
    ),
    "unknown_law": (
        N_("“{name}” is no law that is known here"),
        N_("A law that nobody finds cannot be what you rest on."),
        N_("Look up what the law is called, and write its full name and number."),
    ),
    "once_a_year": (
        N_("A copy is free more often than once a year"),
        N_("“Once a year” stood in an act that ended in 2018."),
        N_("Write that a copy is free; only requests without end or ground may cost something."),
    ),
    "signed_request": (
        N_("A request need not be signed on paper"),
        N_("That stood in an act that ended in 2018. Asking must be easy."),
        N_("Write that people can ask by e-mail or phone, and how you see who is asking."),
    ),
    "consent_by_use": (
        N_("Going on is taken for a yes"),
        N_("A consent is something one does: using a website or sending a message is none."),
        N_("Ask for each purpose with a box that is empty, or name the legal basis you do have."),
    ),
    "consent_ticked": (
        N_("The box is ticked in advance"),
        N_("A box that somebody else ticked is no consent."),
        N_("Leave the box empty, and say in the text that people tick it themselves."),
    ),
    "consent_bundled": (
        N_("One yes is taken for several things"),
        N_(
            "Whoever wants the one must be able to say no to the other: a yes that comes with"
            " something else is not free."
        ),
        N_("Ask for each purpose by itself, and say that one can be had without the other."),
    ),
    "cookie_browser": (
        N_("Settings of the browser are taken for consent to cookies"),
        N_("That a browser lets cookies through is not a yes from the person at it."),
        N_("Ask before the first cookie that is not necessary, and make “no” as easy as “yes”."),
    ),
    "never_health": (
        N_("“Never sensitive data”, but allergies or health are asked for"),
        N_("What somebody cannot eat, or how she feels, is data concerning health."),
        N_(
            "Say that you ask for it, only with explicit consent, and that it is erased soon after;"
            " take “never” out."
        ),
    ),
    "never_shared": (
        N_("“Never shared”, but others are named"),
        N_("Whoever keeps the data for you gets them too."),
        N_("Write who gets what, and that they may use it for nothing else."),
    ),
    "never_third_party": (
        N_("“Never to third parties”, but others are named"),
        N_("People read it as “nobody”. Those who work for you only are processors: say so."),
        N_("Name the processors and what they do, and who else gets data, if anybody."),
    ),
    "never_abroad": (
        N_("“Never outside the EEA”, but a service from outside is named"),
        N_("With that service data go, or can be read, outside the EEA."),
        N_("Name the service, the country and the safeguard, or choose a service in the EEA."),
    ),
    "no_cookies": (
        N_("“No cookies”, but a service that sets them is named"),
        N_("The service named stores something on the visitor's computer."),
        N_("List each cookie with name, owner, life and purpose, or take the service away."),
    ),
    "own_analytics": (
        N_("Google Analytics is not open source and runs on no server of yours"),
        N_("What is said of the product is not true of the product that is named."),
        N_("Name Google as recipient in the USA, or change to a program that you run yourself."),
    ),
    "anonymous_survey": (
        N_("“Anonymous”, but addresses stand beside the answers"),
        N_("With an IP or e-mail address an answer can be traced to a person."),
        N_(
            "Turn the gathering of addresses off, or say “confidential” and how long they are kept."
        ),
    ),
    "cut_ip": (
        N_("A shortened IP address is not always anonymous"),
        N_("Together with time, page and browser it can still point at one person."),
        N_("Say that the address is shortened, and treat what is left as personal data."),
    ),
    "number_missing": (
        N_("Section {number} is missing"),
        N_("The headings are numbered, and one number is left out: is a part lost?"),
        N_("Put the part back, or number the headings anew."),
    ),
    "number_repeated": (
        N_("There are two sections {number}"),
        N_("Nobody can tell which of them is meant."),
        N_("Number the headings anew."),
    ),
}


def words_about(code: str, named: Mapping[str, str]) -> tuple[str, str, str]:
    """Return what is wrong in a few words, why it matters, and how to put it right."""
    title, why, how = (_(one).format(**named) for one in {**MISSING, **_SAID}[code])
    return title, why, how


def severity_label(severity: Severity) -> str:
    """Return how much a finding matters, in words."""
    return _(_SEVERITIES[severity])


def kind_label(kind: FindingKind) -> str:
    """Return in what way a text falls short, in words."""
    return _(_KINDS[kind])
