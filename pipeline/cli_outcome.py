"""What a command that makes products says of its run, and the clock that it takes the time from."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import click

from pipeline.errors import UsageError
from pipeline.terminal import line


def now() -> datetime:
    """Return the time to the second; ``SOURCE_DATE_EPOCH`` overrules the clock, for builds that must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError) as error:  # the last two: a year that no calendar has
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch}: not a time; give seconds since 1970, or unset it") from error


def stamp(when: datetime) -> str:
    """Return a time as products have it."""
    return when.isoformat().replace("+00:00", "Z")


def _tell_corrections(outcome: Any) -> None:  # noqa: ANN401
    for file in outcome.correction_files:
        click.echo(line(f"  corrections: {file.path}{' (found beside the reports)' if file.found else ''}"), err=True)
    for warning in filter(None, (ruled.warning for ruled in outcome.corrections)):
        click.echo(line(f"  corrections: {warning}"), err=True)


def tell_outcome(outcome: Any) -> None:  # noqa: ANN401 - pipeline.run is imported by the commands
    """Say what a run made, and what it could not use."""
    events = outcome.layers.events
    placed = int(events.geometry.notna().sum())
    exact = int((events["geo_precision"] == 1).sum())
    rows = f" and {outcome.rows} rows of tables" if outcome.rows else ""
    click.echo(f"{outcome.articles} reports{rows} -> {len(events)} events ({placed} placed, {exact} of them exactly), "
               f"{len(outcome.layers.claims)} claims, {len(outcome.layers.mentions)} place mentions")  # fmt: skip
    for path in outcome.files:
        click.echo(f"  {path}  {path.stat().st_size / 1000:,.0f} kB")
    for found in outcome.rejections:
        where = f"{found.path}:{found.line}" if found.line else found.path
        remedy = f" ({found.remedy})" if found.remedy else ""
        click.echo(line(f"  rejected {where}: {found.cause}{remedy}"), err=True)
    _tell_corrections(outcome)


def tell_growth(growth: Any) -> None:  # noqa: ANN401 - pipeline.grow is imported by the commands
    """Say what a run did to the reports of a folder."""
    if growth.cut_off:
        click.echo(line(f"  the run of {growth.cut_off} was cut off; went on from what it had read"), err=True)
    parts = [f"{growth.held} reports in the store", f"{growth.new} new", f"{growth.read} read"]
    parts += [f"{growth.rows} rows of tables, {growth.coded} of them coded now"] if growth.rows else []
    parts += [f"{growth.replaced} replaced by another text under the same path"] if growth.replaced else []
    parts += [f"{growth.restored} back"] if growth.restored else []
    parts += [f"{growth.withdrawn} withdrawn"] if growth.withdrawn else []
    click.echo("  " + ", ".join(parts))
