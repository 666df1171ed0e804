"""The options of ``sitmap map`` that say what a table of events holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from pipeline.errors import UsageError
from pipeline.settings import TableOptions

_KINDS = click.Choice(["acled", "ucdp", "gdelt", "plain"])


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for tables."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def tables_taken_from(options: dict[str, Any]) -> TableOptions:
    """Take the options for tables out of all options.

    Raises
    ------
    UsageError
        ``--column`` is not FIELD=COLUMN, or there is no such field.
    """
    from pipeline.ingest.tabular.kinds import check_fields  # noqa: PLC0415 - heavy imports stand inside commands

    columns = tuple(_pair(said) for said in options.pop("columns"))
    check_fields(columns)
    kind, order = options.pop("table_kind") or "", options.pop("date_order") or ""
    return TableOptions(kind, columns, order, ignore_coordinates=options.pop("ignore_coordinates"))


def _pair(said: str) -> tuple[str, str]:
    field, sign, column = said.partition("=")
    if not sign or not field.strip() or not column.strip():
        raise UsageError(f'--column {said}: write FIELD=COLUMN, such as place="Where it happened"')
    return field.strip(), column.strip()


_OPTIONS = (
    click.option("--table-kind", type=_KINDS, help="What the tables are. [default: told by their columns]"),
    click.option(
        "--column", "columns", metavar="FIELD=COLUMN", multiple=True, help="The column of a table that holds a field."
    ),
    click.option(
        "--date-order",
        type=click.Choice(["dmy", "mdy"]),
        help="How 03/04/2023 is meant in tables. [default: told by them]",
    ),
    click.option(
        "--ignore-coordinates", is_flag=True, help="Place the rows of tables by the names alone, whatever they give."
    ),
)
