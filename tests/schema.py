"""How the tables of a file differ from those that the program declares, as lines of a change."""

from __future__ import annotations

from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Enum, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from gdprdesk.store.schema import TABLES


def lines_to_change(connection: Connection) -> str:
    """Return what a change has to do so that the file has the tables of the program."""
    options = {"compare_type": _differ, "compare_server_default": True, "include_name": _is_ours}
    context = MigrationContext.configure(connection, opts=options)
    steps = produce_migrations(context, TABLES).upgrade_ops
    if steps is None or steps.is_empty():
        return ""
    return render_python_code(steps, render_item=_render, render_as_batch=True)


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not str(name).startswith("search")  # the word index has no columns


def _differ(*args: Any) -> bool | None:
    _context, _column, _declared, found, wanted = args
    longer = isinstance(found, String) and isinstance(wanted, Enum)
    return False if longer else None  # SQLite does not look at the length of words


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    if kind != "type":
        return False
    plain: TypeEngine[Any] = item.impl_instance if isinstance(item, TypeDecorator) else item
    return f"sa.String({plain.length})" if isinstance(plain, Enum) else f"sa.{plain!r}"
