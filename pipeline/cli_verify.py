"""``sitmap verify``: a folder of results held against the record of its run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipeline.terminal import PATHS, line, loudness


@click.command()
@click.argument("folder", type=PATHS, default=Path("outputs"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@loudness
@click.pass_obj
def verify(told: dict[str, bool], *, folder: Path, as_json: bool) -> None:
    """Hold a folder of results against its run.json: all files there and unchanged, the layers sound.

    Reports that have changed since they were read are told too, but do not count. Exit codes: 0 whole, 1 not, 3 no
    record of a run.

    Example: sitmap verify outputs
    """
    from pipeline.verify import verify as verified  # noqa: PLC0415

    done = verified(folder)
    if as_json:
        rows = [{"path": str(one.path), "what": one.what, "grave": one.grave} for one in done.findings]
        click.echo(json.dumps({"whole": done.whole, "outputs": done.outputs, "findings": rows}, indent=1))
    else:
        for one in done.findings:
            click.echo(line(f"{one.path}: {one.what}"), err=one.grave)
        if not told["quiet"]:
            whole = "whole" if done.whole else "not what the run wrote"
            click.echo(line(f"{folder}: {whole} ({done.outputs} files of {done.inputs} read)"))
    sys.exit(0 if done.whole else 1)
