"""Words that tell of somebody's health or belief: they never stand in what is passed around."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gdprdesk.domain.text import fold

# Beginnings or ends of words in Swedish, Norwegian and English, folded; a hint is enough.
_HINTS = re.compile(
    r"allerg|gluten|lakto|celiak|coliak|coeliac|celiac|diabet|intoler|fruktos|histamin"
    r"|vegan|vegetar|halal|kosher|koscher|haram|rullstol|handikap|funktionsneds|funksjonsneds"
    r"|gravid|pregnan|sjuk|syk|disease|illness|diagnos|medicin|medisin|anafylax|anaphyla"
    r"|notfri|nottfri|nut.?free|dairy.?free|mjolkfri|melkefri|aggfri|eggfri|sojafri|sockerfri"
    r"|sukkerfri|sugar.?free|fettfri|flaskfri|svinfri|fiskfri|fiskefri|utan (not|mjolk|agg|socker)"
    r"|uten (nott|melk|egg|sukker)|without (nuts|milk|eggs|sugar)"
)
_SHORTEST = 3


def tells_of_health(text: str, diets: Iterable[str] = ()) -> bool:
    """Return whether a text says what somebody must not eat, or something else of that kind.

    Args:
        text: What is to be passed around.
        diets: What is written down about her; none of its words may stand in the text.
    """
    said = fold(text)
    if _HINTS.search(said):
        return True
    known = (word for diet in diets for word in re.findall(r"\w+", fold(diet)))
    return any(word in said for word in known if len(word) >= _SHORTEST)
