"""The sentences that a privacy notice picks from, and how texts of the register are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gdprdesk.domain.activities import Camera
from gdprdesk.domain.terms import AtEnd, Audience, LegalBasis, RecipientRole, SpecialCondition
from gdprdesk.i18n import N_, _, ngettext

FOR: Mapping[Audience, str] = {
    Audience.CUSTOMERS: N_("This is for you who buy from us or get in touch with us."),
    Audience.NEWSLETTER: N_("This is for you who get our newsletter or our offers."),
    Audience.CLIENTS: N_("This is for you who come to us as a client."),
    Audience.SUPPLIERS: N_("This is for you whom we buy from, or who work where we buy."),
    Audience.STAFF: N_("This is for you who work for us or have applied for a job."),
    Audience.WEB: N_("This is for you who visit our website."),
}
BECAUSE: Mapping[LegalBasis, str] = {
    LegalBasis.CONSENT: N_("Only if you say yes. You can take your yes back at any time."),
    LegalBasis.CONTRACT: N_(
        "They are needed to keep an agreement with you, or to prepare one that you ask for."
    ),
    LegalBasis.LEGAL_OBLIGATION: N_("A law says that we must."),
    LegalBasis.VITAL_INTEREST: N_("They are needed to protect somebody's life or health."),
    LegalBasis.PUBLIC_TASK: N_("They are needed for a task in the public interest."),
    LegalBasis.LEGITIMATE_INTEREST: N_(
        "We have a legitimate interest that weighs more than the intrusion."
    ),
}
SENSITIVE: Mapping[SpecialCondition, str] = {
    SpecialCondition.EXPLICIT_CONSENT: N_("We only have them if you clearly say yes to that."),
    SpecialCondition.EMPLOYMENT: N_("They are needed to follow the laws about work."),
    SpecialCondition.HEALTH_CARE: N_(
        "They are needed for care or treatment, and only seen by those who are bound to secrecy."
    ),
    SpecialCondition.LEGAL_CLAIM: N_("They are needed for a legal claim."),
}
CONDITION: Mapping[SpecialCondition, str] = {
    SpecialCondition.EXPLICIT_CONSENT: "9(2)(a)",
    SpecialCondition.EMPLOYMENT: "9(2)(b)",
    SpecialCondition.HEALTH_CARE: "9(2)(h)",
    SpecialCondition.LEGAL_CLAIM: "9(2)(f)",
}
THEN: Mapping[AtEnd, str] = {
    AtEnd.ERASE: N_("Then they are erased."),
    AtEnd.ANONYMISE: N_("Then only figures without names are left."),
    AtEnd.ASK: N_("Then we look at each case and erase what is no longer needed."),
}
AS: Mapping[RecipientRole, str] = {
    RecipientRole.PROCESSOR: N_("Works for us, and only as we have told it to."),
    RecipientRole.CONTROLLER: N_("Answers itself for what it does with them."),
    RecipientRole.AUTHORITY: N_("Is an authority."),
}


def changes() -> str:
    """Return how people get to know of the next version."""
    return _(
        "When we use your data in another way, we write a new version of this text, and tell you "
        "of what matters. Ask us for the older versions if you like."
    )


def answer(days: int | None) -> str:
    """Return by when a request is answered: Article 12(3), and the own promise if there is one."""
    if days is None:
        return _(
            "You get an answer within one month. If it is difficult, or you ask for many things, "
            "it may take up to three months in all, and we tell you so within the first one."
        )
    said = ngettext(
        "We promise you an answer within {count} day. The law says one month, or up to three in "
        "all if it is difficult; we would tell you so within the first one.",
        "We promise you an answer within {count} days. The law says one month, or up to three in "
        "all if it is difficult; we would tell you so within the first one.",
        days,
    )
    return said.format(count=days)


def cameras(camera: Camera | None, phrase: Callable[[str], str]) -> str:
    """Return what people are told of cameras; nothing if there are none."""
    if camera is None:
        return ""
    said = ngettext("{count} camera: {places}.", "{count} cameras: {places}.", camera["number"])
    days = ngettext(
        "What they film is erased within {count} day.",
        "What they film is erased within {count} days.",
        camera["days"],
    )
    told = (
        said.format(count=camera["number"], places=lower(phrase(camera["places"]).rstrip("."))),
        days.format(count=camera["days"]),
        _("A sign tells you before you are filmed.") if camera["sign"] else "",
        _("They record sound too.") if camera["sound"] else _("They record no sound."),
    )
    return " ".join(one for one in told if one)


def listed(texts: Iterable[str], *, small: bool = True) -> str:
    """Return texts in one line; with a sign that stands in none of them between."""
    found = [one.strip().rstrip(".") for one in texts]
    if small:
        found = [*found[:1], *(lower(one) for one in found[1:])]
    return ("; " if any("," in one for one in found) else ", ").join(found)


def lower(text: str) -> str:
    """Return a text as it goes on after a comma: "IP address" and "SMS" keep their letters."""
    first = text.split(" ", 1)[0]
    return text if any(one.isupper() for one in first[1:]) else text[:1].lower() + text[1:]


def closed(text: str) -> str:
    """Return a text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
