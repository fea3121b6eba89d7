"""What the user is told about what a policy does not say at all."""

from __future__ import annotations

from gdprdesk.i18n import N_

_MUST_BE_TOLD = N_("Everybody whose data you have must be told this.")
_RIGHT = N_("People have this right, and must be told that they have it.")
MISSING = {
    "controller": (
        N_("Who is responsible is not said"),
        _MUST_BE_TOLD,
        N_("Write “Controller is”, the name of the business and its organisation number."),
    ),
    "contact": (
        N_("There is no way to reach you"),
        _MUST_BE_TOLD,
        N_("Write an e-mail address, a phone number or a postal address for privacy questions."),
    ),
    "purposes": (
        N_("What the data are used for is not said"),
        _MUST_BE_TOLD,
        N_("Write for each kind of data what you use it for: “to deliver what you ordered”."),
    ),
    "legal_basis": (
        N_("No legal basis is named"),
        _MUST_BE_TOLD,
        N_(
            "Write for each purpose which it is: consent, contract, legal obligation or legitimate"
            " interest."
        ),
    ),
    "purpose_basis": (
        N_("The legal basis of this purpose is not said"),
        N_("The basis must be told for every purpose, not for the business as a whole."),
        N_("Write beside it: consent, contract, legal obligation or legitimate interest."),
    ),
    "recipients": (
        N_("Who else gets the data is not said"),
        _MUST_BE_TOLD,
        N_("Name them, or at least their kinds: bookkeeper, payment service, mail service."),
    ),
    "transfer": (
        N_("A service outside the EEA is named, but nothing is said of the transfer"),
        N_("People must be told that data leave the EEA and what protects them there."),
        N_("Write the country and the safeguard, or that this service keeps the data in the EEA."),
    ),
    "retention": (
        N_("How long data are kept is not said"),
        _MUST_BE_TOLD,
        N_("Write a period for each purpose and what it counts from."),
    ),
    "purpose_period": (
        N_("How long data are kept for this purpose is not said"),
        N_("Other purposes have a period; this one has none."),
        N_("Write a number and what it counts from."),
    ),
    "right_access": (
        N_("The right to a copy of one's data is missing"),
        _RIGHT,
        N_("Write that everybody may see what you have about her and get a copy."),
    ),
    "right_rectify": (
        N_("The right to have data corrected is missing"),
        _RIGHT,
        N_("Write that everybody may have wrong data corrected and incomplete data completed."),
    ),
    "right_erase": (
        N_("The right to erasure is missing"),
        _RIGHT,
        N_("Write that everybody may ask for erasure, and when a law makes you keep data."),
    ),
    "right_restrict": (
        N_("The right to restriction is missing"),
        _RIGHT,
        N_("Write that everybody may ask you to restrict what you do with her data."),
    ),
    "right_object": (
        N_("The right to object is missing"),
        _RIGHT,
        N_(
            "Write that everybody may object to what rests on legitimate interest, and that an"
            " objection to marketing always ends it."
        ),
    ),
    "right_port": (
        N_("The right to take one's data along is missing"),
        _RIGHT,
        N_("Write that what rests on consent or contract can be had in a form computers read."),
    ),
    "withdrawal": (
        N_("That a consent can be withdrawn is not said"),
        N_("A consent is valid only if people are told that they can take it back."),
        N_("Write that it can be withdrawn at any time, how, and that it is as easy as giving it."),
    ),
    "complaint": (
        N_("The right to complain is missing"),
        _RIGHT,
        N_(
            "Write that complaints go to Integritetsskyddsmyndigheten (Sweden) or Datatilsynet"
            " (Norway)."
        ),
    ),
    "duty": (
        N_("Whether one must give the data is not said"),
        _MUST_BE_TOLD,
        N_("Write whether it is voluntary, and what you cannot do without the data."),
    ),
    "automated": (
        N_("Automated decisions are not mentioned"),
        N_(
            "If there are any, people must be told; if there are none, one sentence makes it clear."
        ),
        N_("Write “We make no automated decisions”, if that is so."),
    ),
    "automated_profiling": (
        N_("People are profiled, but it is not said whether that decides anything"),
        N_("Whoever is judged by a program must be told how, and what it means for her."),
        N_("Write whether decisions are made automatically, on what, and how to object."),
    ),
    "categories": (
        N_("Which data come from others is not said"),
        N_("Whoever does not give the data herself must be told which they are."),
        N_("Name the kinds of data: name, address, credit rating."),
    ),
    "cookie_consent": (
        N_("Cookies that are not necessary are used, and no consent to them is mentioned"),
        N_("Cookies for statistics or marketing need a yes before they are stored."),
        N_("Ask before the first such cookie, and say in the text how to take the yes back."),
    ),
}
