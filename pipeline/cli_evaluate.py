"""``sitmap evaluate``: thin over :mod:`pipeline.evaluation`, which is imported when the command runs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pipeline.errors import UsageError
from pipeline.terminal import PATHS

PARTS = click.Choice(["ceiling", "given", "raw", "places", "headlines", "headline-events", "rows", "events", "merging"])
CORPORA = click.Choice(["LGL", "TR-News", "WikToR"])


@click.command()
@click.option(
    "--shared", type=PATHS, default=Path("../shared"), show_default=True, help="Folder with corpora, articles, scorers."
)
@click.option("--only", type=PARTS, multiple=True, help="Only these parts; places, headlines, rows: UCDP's of Syria.")
@click.option("--corpus", type=CORPORA, multiple=True, help="Only these corpora.")
@click.option("--every", type=click.IntRange(1), help="Only every so manieth document. [default: 1; WikToR 20]")
@click.option("-o", "--out", type=PATHS, help="Folder for accuracy.json, .csv, .md and worst_errors.jsonl.")
@click.option("--worst", type=click.IntRange(1), help="Show so many documents with the most errors, of each part.")
@click.option("--look-at-held-out", is_flag=True, help="Show errors of TR-News too, and end its use as new text.")
@click.option(
    "--ucdp-index", type=PATHS, help="Index for UCDP's places. [default: the base with Who's On First, Syria]"
)
@click.option("--pairs", type=PATHS, help="File of report pairs for merging. [default: those of the tests]")
@click.option("--gazetteer", type=PATHS, help="Gazetteer index.")
@click.option("--gate", is_flag=True, help="Hold what is pinned to its floors; exit with 1 if a figure fell below.")
@click.option("--update-floors", is_flag=True, help="Raise the floors to what is measured.")
@click.option("--lower", metavar="REASON", default="", help="With --update-floors: lower floors too, for this reason.")
@click.option("--floors", type=PATHS, help="File of the floors. [default: tests/golden/accuracy_floors.yaml]")
def evaluate(*, gate: bool, update_floors: bool, lower: str, floors: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Measure accuracy on the corpora and articles of SHARED, with its scorers, in one table.

    Example: sitmap evaluate --only given --corpus LGL --worst 5
    """
    if lower and not update_floors:
        raise UsageError("--lower goes with --update-floors")
    if gate or update_floors:
        _gate(options["shared"], floors, options["gazetteer"], update=update_floors, lower=lower)
    else:
        _evaluate(**options)


def _progress(line: str) -> None:
    click.echo(f"{line} …", err=True)


def _evaluate(
    *,
    only: tuple[str, ...],
    corpus: tuple[str, ...],
    every: int | None,
    look_at_held_out: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    from pipeline.evaluation import CORPORA as ALL  # noqa: PLC0415
    from pipeline.evaluation import PARTS as ALL_PARTS  # noqa: PLC0415
    from pipeline.evaluation import Request, check_looking, hide_held_out  # noqa: PLC0415
    from pipeline.evaluation import evaluate as run  # noqa: PLC0415

    chosen = tuple(c.thinned(every or c.every) for c in ALL if not corpus or c.name in corpus)
    if options["worst"]:
        check_looking(chosen, look_at_held_out=look_at_held_out)
    request = Request(options["shared"], only or ALL_PARTS, chosen, options["gazetteer"], options["ucdp_index"])
    if options["pairs"]:
        request = replace(request, pairs=options["pairs"])
    results = run(request, tell=_progress)
    hide_held_out(results, look_at_held_out=look_at_held_out)
    _tell(results, worst=options["worst"], out=options["out"])


def _tell(results: Any, *, worst: int | None, out: Path | None) -> None:  # noqa: ANN401
    from pipeline.evaluation import judges_line, tables_of, told, worst_documents, write_report  # noqa: PLC0415

    click.echo("\n\n".join(table.aligned() for table in tables_of(results)))
    if results.judges:
        click.echo(judges_line(results.judges))
    for note in results.notes:
        click.echo(note, err=True)
    for key, errors in worst_documents(results.errors, worst) if worst else ():
        click.echo("\n".join(("", *map(_printable, told(key, errors)))))
    for path in write_report(results, out, worst=worst) if out else ():
        click.echo(f"  {path}", err=True)


def _printable(line: str) -> str:
    """Return a line of a corpus as a terminal may have it: nothing that moves the cursor."""
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


def _gate(shared: Path, floors: Path | None, index: Path | None, *, update: bool, lower: str) -> None:
    from pipeline.evaluation import floors as pinned  # noqa: PLC0415
    from pipeline.evaluation import gate as gates  # noqa: PLC0415

    file = floors or pinned.FILE
    known = pinned.read_floors(file)
    if missing := gates.missing_data(known, shared):
        click.echo(f"accuracy gate skipped: {', '.join(missing)} missing in {shared}")
        return
    inputs = gates.inputs_of(known, shared, index)
    results = gates.measure_pinned(known, shared, index=index, tell=_progress)
    if update:
        pinned.write_floors(gates.raised(known, results, inputs, lower=lower), file)
        click.echo(f"{file}: floors updated")
        return
    verdict = gates.judge(known, results, inputs)
    for line in verdict.changed:
        click.echo(f"changed since the floors were set: {line}")
    for line in (
        *verdict.fallen,
        *(f"other data than the floors were measured on: {line}" for line in verdict.other_data),
    ):
        click.echo(f"accuracy gate: {line}", err=True)
    if not verdict.passed:
        sys.exit(1)
    click.echo(f"accuracy gate: {len(known.floors)} figures at or above their floors")
