"""What is chosen for this computer: how the window speaks and looks, and when it locks."""

from __future__ import annotations

from gdprdesk.i18n import LANGUAGE_NAMES, _, current_language, ngettext
from gdprdesk.settings import TEXT_SIZES, Settings
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.theme import Scheme, look
from gdprdesk_ui.widgets import Card, CardHeading, Choice, FormField, Label, Switch, column, row

LOCK_MINUTES = (1, 2, 5, 10, 15, 30, 60)


class ComputerCard(Card):
    """Each choice applies at once.

    Attributes:
        language: What the window speaks.
        text_size: In percent.
        scheme: Light, dark, or as the computer.
        contrast: Stronger edges.
        lock_after: Minutes.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("This computer")), padding=20, spacing=16)
        self._context = context
        preferences, theme = context.preferences, context.theme
        self.language = Choice(LANGUAGE_NAMES)
        sizes: list[tuple[int, str]] = [(size, f"{size} %") for size in TEXT_SIZES]
        self.text_size = Choice(sizes)
        self.scheme = Choice(
            [
                (Scheme.SYSTEM, _("As the computer")),
                (Scheme.LIGHT, _("Light")),
                (Scheme.DARK, _("Dark")),
            ]
        )
        self.contrast = Switch(_("High contrast"))
        chosen = preferences.settings.lock_after_minutes
        offered: set[int] = {*LOCK_MINUTES, *([chosen] if chosen else [])}
        minutes = sorted(offered)
        self.lock_after = Choice([(count, _minutes(count)) for count in minutes])
        self.language.picked.connect(lambda code: preferences.change(language=code))
        self.text_size.picked.connect(lambda size: theme.use(text_scale=size / 100))
        self.scheme.picked.connect(lambda scheme: theme.use(scheme=scheme))
        self.contrast.toggled.connect(lambda on: theme.use(high_contrast=on))
        self.lock_after.picked.connect(lambda count: preferences.change(lock_after_minutes=count))
        self._build()

    def _build(self) -> None:
        language_hint = _("Applies at once. What the register says stays in its own language.")
        lock_hint = _("When nobody has touched keyboard or mouse. Ctrl+L locks at once.")
        edges = column(
            Label(_("High contrast"), "strong"),
            Label(_("Stronger lines around everything"), "small", "muted", wrap=True),
            spacing=2,
        )
        contrast = row(edges, self.contrast, spacing=16)
        contrast.setStretch(0, 1)
        looks = row(
            FormField(_("Text size"), self.text_size), FormField(_("Appearance"), self.scheme),
            spacing=20,
        )  # fmt: skip
        self.add(
            FormField(_("Language"), self.language, hint=language_hint),
            looks,
            contrast,
            FormField(_("Lock after"), self.lock_after, hint=lock_hint),
        )

    def refresh(self) -> None:
        """Show what is chosen now."""
        settings: Settings = self._context.preferences.settings
        self.language.set_value(current_language())
        self.text_size.set_value(round(self._context.theme.text_scale * 100))
        self.scheme.set_value(self._context.theme.scheme)
        self.contrast.blockSignals(True)  # noqa: FBT003  (it shows, it does not choose)
        self.contrast.setChecked(look().high_contrast)
        self.contrast.blockSignals(False)  # noqa: FBT003
        if settings.lock_after_minutes:
            self.lock_after.set_value(settings.lock_after_minutes)


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)
