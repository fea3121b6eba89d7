"""Who is meant: a person by her ref, or by words that find nobody else."""

from __future__ import annotations

import re

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.i18n import _
from gdprdesk.services.subjects import list_subjects

_REF = re.compile("[a-z2-7]{26}")


def person_meant(desk: Desk, typed: str) -> SubjectRef:
    """Return the person of a ref, or the only one whom words find, as `people` finds them.

    Raises:
        NotFoundError: The words find nobody, or several.
    """
    if _REF.fullmatch(typed):
        return SubjectRef(typed)
    found = desk.ask(list_subjects, search=typed, limit=1)
    if not found.total:
        raise NotFoundError(
            _("Nobody is found by “{words}”. Nothing was shown or changed.").format(words=typed)
        )
    if found.total > 1:
        raise NotFoundError(
            _(
                "{count} people are found by “{words}”. Type more of the name, or the ref that "
                "the list of people gives her. Nothing was shown or changed."
            ).format(count=found.total, words=typed)
        )
    return found.rows[0].ref
