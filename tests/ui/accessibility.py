"""What a screen reader would find missing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

_OF_QT = "qt_"


def nameless(widget: QWidget) -> list[str]:
    """Return what can have the focus in a widget but has no name for a screen reader.

    What is hidden by itself is left out: a button without words until there is something to do.
    """
    missing = []
    for part in [widget, *widget.findChildren(QWidget)]:
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(part, QLabel):
            continue
        if part is not widget and part.isHidden():
            continue
        if part.focusProxy() is not None or part.objectName().startswith(_OF_QT):
            continue
        interface = QAccessible.queryAccessibleInterface(part)
        if not interface.text(QAccessible.Text.Name).strip():
            missing.append(f"{type(part).__name__} {part.objectName()}".strip())
    return missing
