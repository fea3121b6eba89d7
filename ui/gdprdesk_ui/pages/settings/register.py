"""The register as a file: its place, whether it is whole; and the program itself."""

from __future__ import annotations

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices

from gdprdesk import __version__
from gdprdesk.i18n import _
from gdprdesk.services.checking import CheckReport
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Card,
    CardHeading,
    Fact,
    FlowLayout,
    Icon,
    Label,
    clear,
    column,
    holder,
    row,
)

LICENCES = (
    ("GDPR Desk", "MIT"),
    ("Qt, PySide6", "LGPL 3"),
    ("SQLCipher", "BSD"),
    ("libsodium, PyNaCl", "ISC, Apache 2.0"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("ReportLab, XlsxWriter", "BSD"),
    ("Inter", "OFL 1.1"),
    ("Lucide", "ISC"),
)


class UsersCard(Card):
    """Who works with the register, and what each may see and do.

    Attributes:
        users_button: Opens the page of the users.
        log_button: Opens the log of what they did and read.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("Users")), padding=20, spacing=14)
        self.users_button = Button(
            _("Users…"), icon_name="users", on_click=lambda: context.open_page("staff")
        )
        self.log_button = Button(
            _("Log…"), icon_name="history", on_click=lambda: context.open_page("log")
        )
        said = _("Give each who works here a password of her own, and a role.")
        buttons = row(self.users_button, self.log_button, None)
        self.add(Label(said, "small", "muted", wrap=True), buttons)


class FileCard(Card):
    """Where the register is, and whether it is whole.

    Attributes:
        folder_button: Shows its folder in the file manager.
        backups_button: Opens the page of the copies.
        check_button: Checks it.
        result: What was found in all.
        lines: What each check found.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("The register")), padding=20, spacing=14)
        self._context = context
        self.folder_button = Button(
            _("Show in folder"), icon_name="folder-open", on_click=self._show_folder
        )
        self.check_button = Button(
            _("Check the register"), icon_name="shield-check", on_click=self.check
        )
        self.backups_button = Button(
            _("Backups…"), icon_name="hard-drive", on_click=lambda: context.open_page("backups")
        )
        self.result = Banner("accent", "")
        self.result.hide()
        self.lines = column(spacing=6)
        self.add(
            Fact(_("Kept in"), str(context.desk.folder), wrap=True),
            Label(_("Make backups on a stick or another disk: this computer may break."),
                  "small", "muted", wrap=True),
            FlowLayout(self.backups_button, self.folder_button, self.check_button),
            self.result,
            self.lines,
        )  # fmt: skip

    def check(self) -> None:
        """Look whether the register is whole, on the worker."""
        desk = self._context.desk
        self._context.perform(
            desk.check, self._tell, doing=_("Checking the register …"), button=self.check_button
        )

    def _tell(self, report: CheckReport) -> None:
        self.result.setProperty("tone", "accent" if report.ok else "danger")
        self.result.style().polish(self.result)
        self.result.set_words(
            _("The register is whole") if report.ok else _("Something is wrong with the register")
        )
        self.result.show()
        clear(self.lines)
        for found in report.checks:
            sign = (
                Icon("circle-check", "accent_text", 16)
                if found.ok
                else Icon("triangle-alert", "danger_text", 16)
            )
            words = Label(found.sentence, "small", "text" if found.ok else "danger", wrap=True)
            line = row(sign, words)
            line.setStretch(1, 1)
            self.lines.addWidget(holder(line))

    def _show_folder(self) -> None:
        place = QUrl.fromLocalFile(str(self._context.desk.folder.parent))
        if not QDesktopServices.openUrl(place):
            self._context.toast(_("The folder could not be shown"))


class EndingCard(Card):
    """The end of the business: closed, or handed over.

    Attributes:
        list_button: Opens the list of what is to be done then.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("When the business ends")), padding=20, spacing=14)
        self.list_button = Button(
            _("Close or hand over the business…"),
            icon_name="list-checks",
            on_click=lambda: context.open_page("closing"),
        )
        said = _("What goes, what is kept where, and who is told: step by step.")
        self.add(Label(said, "small", "muted", wrap=True), row(self.list_button, None))


class AboutCard(Card):
    """The program: its version, what it is made of, under which licences."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("About GDPR Desk")), padding=20, spacing=10)
        new = Button(
            _("What is new"), "link",
            on_click=lambda: context.open_page("help", page="changelog"),
        )  # fmt: skip
        parts = "  \N{MIDDLE DOT}  ".join(f"{name}: {licence}" for name, licence in LICENCES)
        self.add(
            Label(_("Version {version}, Qt {qt}").format(version=__version__, qt=qVersion())),
            Label(_("Everything stays on this computer. Nothing is sent over the internet."),
                  "small", "muted", wrap=True),
            Label(parts, "small", "muted", wrap=True),
            row(new, None),
        )  # fmt: skip
