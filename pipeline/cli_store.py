"""``sitmap withdraw`` and ``sitmap store``: the reports in a folder of results that grows."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from pipeline.cli_outcome import now, stamp, tell_growth, tell_outcome
from pipeline.settings import Settings
from pipeline.terminal import PATHS, line, loudness

_INTO = click.option("--into", "folder", type=PATHS, required=True, help="Folder that `sitmap map --into` wrote to.")


def refuse_both_folders(context: click.Context) -> None:
    """Refuse ``--out`` beside ``--into``: the products go into the folder that grows."""
    if context.get_parameter_source("out") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--into writes its products into that folder; leave --out away")


def grow(settings: Settings, when: datetime, *, quiet: bool) -> Any:  # noqa: ANN401 - pipeline.grow is imported here
    """Do ``sitmap map --into`` and say what it did; return the outcome."""
    from pipeline.grow import run_into  # noqa: PLC0415

    grown = run_into(settings, today=when.date(), generated=stamp(when), quiet=quiet)
    if not quiet:
        tell_outcome(grown.outcome)
        tell_growth(grown.growth)
    return grown.outcome


@click.command("withdraw")
@click.argument("what", metavar="DOC_ID|PATH...", nargs=-1, required=True)
@_INTO
@click.option("--note", default="", help="Why; shown in `sitmap store list`.")
@click.option("--undo", is_flag=True, help="Bring it back.")
@loudness
@click.pass_obj
def withdraw_command(told: dict[str, bool], /, what: tuple[str, ...], *, folder: Path, note: str, undo: bool) -> None:
    """Take reports out of a folder of results; its products are made anew without them.

    Naming the file itself in `sitmap map FILE --into` brings it back too, a folder does not.

    Example: sitmap withdraw reuters-4711 --into outputs --note "retracted"
    """
    from pipeline.grow import withdraw  # noqa: PLC0415

    grown = withdraw(folder, what, generated=stamp(now()), note=note, undo=undo, quiet=told["quiet"])
    if not told["quiet"]:
        tell_outcome(grown.outcome)
        tell_growth(grown.growth)


@click.group("store")
def store_group() -> None:
    """Look at the reports in a folder of results."""


@store_group.command("list")
@_INTO
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(*, folder: Path, as_json: bool) -> None:
    """List the reports and tables: shown, withdrawn, and replaced by a later content; and the rows withdrawn.

    Example: sitmap store list --into outputs
    """
    from pipeline.store.files import read_store  # noqa: PLC0415

    with read_store(folder) as store:
        held = store.holdings()
        rows = [*listed(held), *_listed_tables(held), *_listed_rows(held)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        note = f"  {row['note']}" if row["note"] else ""
        collected = f"  collected {row['as_of']}" if row["as_of"] else ""
        click.echo(line(f"{row['state']:9}  {row['doc_id']}{collected}  {row['path']}{note}"))


def listed(held: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """Return a row for each arrival of a report, by name."""
    away = {w.digest: w for w in held.withdrawals}
    shown = {h.digest: h.article.doc_id for h in held.current(withdrawn=True)}
    return [
        {
            "state": "replaced" if a.replaced else "withdrawn" if a.digest in away else "shown",
            "doc_id": a.article.doc_id if a.replaced else shown[a.digest],
            "path": a.path,
            "as_of": str(a.as_of),
            "arrived": a.arrived,
            "note": _note(away.get(a.digest)),
        }
        for a in held.arrivals
    ]


def _listed_tables(held: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """Return a row for each table that came, by path."""
    away = {w.digest: w for w in held.withdrawals}
    return [
        {
            "state": "replaced" if t.replaced else "withdrawn" if t.digest in away else "shown",
            "doc_id": "(table)",
            "path": t.path,
            "as_of": str(t.as_of),
            "arrived": t.arrived,
            "note": _note(away.get(t.digest)),
        }
        for t in held.tables
    ]


def _listed_rows(held: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """Return a row for each row of a table that was withdrawn by its ``doc_id``."""
    others = {a.digest for a in held.arrivals} | {t.digest for t in held.tables}
    rows = (w for w in held.withdrawals if w.digest not in others)
    return [
        {"state": "withdrawn", "doc_id": w.digest, "path": "", "as_of": "", "arrived": "", "note": _note(w)}
        for w in rows
    ]


def _note(withdrawal: Any) -> str:  # noqa: ANN401
    """Return when and why something was withdrawn."""
    return " ".join(filter(None, (withdrawal.at, withdrawal.note))) if withdrawal else ""


@store_group.command("info")
@_INTO
def info_command(folder: Path) -> None:
    """Print how many reports there are, their corrections and refused inputs, and the size of the store.

    Example: sitmap store info --into outputs
    """
    from pipeline.store.database import SCHEMA_VERSION  # noqa: PLC0415
    from pipeline.store.files import read_store  # noqa: PLC0415

    with read_store(folder) as store:
        held, settings = store.holdings(), store.settings()
    told = {
        "path": str(store.path),
        "schema": SCHEMA_VERSION,
        "bytes": store.path.stat().st_size,
        "reports": len(held.current()),
        "arrivals": len(held.arrivals),
        "tables": len(held.current_tables()),
        "withdrawn": len(held.withdrawals),
        "refused": len(held.refused),
        "corrections": [file.path for file in held.corrections],
        **settings,
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))
