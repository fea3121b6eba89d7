"""Personal identity numbers: kept only where the law allows it, and guarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gdprdesk.domain.base import (
    NOT_SEARCHED,
    ONLY_HERE,
    Entity,
    Mapped,
    NotPersonal,
    PersonalRecord,
    PersonalText,
    Sealed,
    SealedText,
    mapped_column,
)
from gdprdesk.domain.terms import Area, NumberKind, Permission
from gdprdesk.i18n import N_


class IdentityNumber(PersonalRecord, Entity):
    """A personnummer or fødselsnummer, and why it must be known.

    Without consent only where it is clearly justified by the purpose, by the need to be sure who
    somebody is, or by another strong reason: the Swedish act (2018:218) with supplementary
    provisions, chapter 3 section 10; section 12 of the Norwegian personopplysningsloven.

    Attributes:
        kind: Which sort.
        number: All of it.
        shown: As much of it as is shown without asking: "850101-****".
        digest: What equals that of the same number, to find a second of the same; keyed.
        why: Why the business must know it, in the owner's words.
    """

    __tablename__ = "identity_number"
    needs: ClassVar[Permission] = Permission.NUMBERS
    given_by_her: ClassVar[bool] = True
    called: ClassVar[tuple[str, str]] = (
        N_("personal identity number"),
        N_("personal identity numbers"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "number": N_("Personal identity number"),
        "shown": N_("Shown as"),
        "digest": N_("Compared as"),
        "why": N_("Why we must know it"),
    }

    kind: Mapped[NotPersonal[NumberKind]]
    number: Mapped[Sealed] = mapped_column(SealedText(Area.GUARDED))
    shown: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
    digest: Mapped[str] = mapped_column(PersonalText, info=ONLY_HERE, index=True)
    why: Mapped[str] = mapped_column(PersonalText, info=NOT_SEARCHED)
