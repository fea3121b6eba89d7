"""The colours of figures that are drawn, wherever they are drawn.

They differ in lightness as well as in hue, so that whoever sees no red and green tells them apart,
and so does a printer without colours.
"""

COLOURS = ("#1B6A50", "#E0A030", "#8FB8DE", "#B9B4A8", "#6B3F6E")
"""Of the first drawn column, the second and so on."""

DARK = frozenset({"#1B6A50", "#6B3F6E"})
"""Those on which words are white."""
