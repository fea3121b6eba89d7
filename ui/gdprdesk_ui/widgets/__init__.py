"""The pieces every page is made of.

They know how to look and how to be reached by keyboard and screen reader. They know no rule and
no register. Import them from here: `from gdprdesk_ui.widgets import Button, Card, Label, row`.
"""

from gdprdesk_ui.widgets.buttons import Button, Chip, Chips, ChoiceTile, IconButton
from gdprdesk_ui.widgets.cards import (
    Card,
    CardHeading,
    CountHeading,
    Described,
    Fact,
    GroupHeading,
    PageHeading,
)
from gdprdesk_ui.widgets.fields import (
    Choice,
    FormField,
    SearchField,
    TextArea,
    all_right,
    required,
)
from gdprdesk_ui.widgets.guarded import GuardedArea, GuardedText
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import (
    FlowLayout,
    Line,
    Surface,
    clear,
    column,
    hide_unless,
    holder,
    row,
    scrolling,
)
from gdprdesk_ui.widgets.messages import Banner, EmptyState
from gdprdesk_ui.widgets.pdf_preview import PdfPreview
from gdprdesk_ui.widgets.progress import ProgressStrip, StepProgress
from gdprdesk_ui.widgets.rows import ListRow, OpenRow, TaskRow, time_label
from gdprdesk_ui.widgets.signature_pad import SignaturePad
from gdprdesk_ui.widgets.signs import Avatar, Icon, IconTile, Logo, Pill
from gdprdesk_ui.widgets.special_fields import DateField, MoneyField, PasswordField
from gdprdesk_ui.widgets.switch import ConsentRow, Switch
from gdprdesk_ui.widgets.tables import EntryList, Table
from gdprdesk_ui.widgets.toast import Toast

__all__ = [
    "Avatar",
    "Banner",
    "Button",
    "Card",
    "CardHeading",
    "Chip",
    "Chips",
    "Choice",
    "ChoiceTile",
    "ConsentRow",
    "CountHeading",
    "DateField",
    "Described",
    "EmptyState",
    "EntryList",
    "Fact",
    "FlowLayout",
    "FormField",
    "GroupHeading",
    "GuardedArea",
    "GuardedText",
    "Icon",
    "IconButton",
    "IconTile",
    "Label",
    "Line",
    "ListRow",
    "Logo",
    "MoneyField",
    "OpenRow",
    "PageHeading",
    "PasswordField",
    "PdfPreview",
    "Pill",
    "ProgressStrip",
    "SearchField",
    "SignaturePad",
    "StepProgress",
    "Surface",
    "Switch",
    "Table",
    "TaskRow",
    "TextArea",
    "Toast",
    "all_right",
    "clear",
    "column",
    "hide_unless",
    "holder",
    "required",
    "row",
    "scrolling",
    "time_label",
]
