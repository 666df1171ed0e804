"""``sitmap export``: what a run found, in the shape that another tool expects."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.terminal import PATHS, loudness

KINDS = ("acled", "ucdp", "flatgeobuf", "kml")  # those of pipeline.products.exports, which is slow to import


@click.command()
@click.option(
    "--as",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    required=True,
    help="ACLED's or UCDP GED's columns (CSV), FlatGeobuf or KML; may be given more than once.",
)
@click.option(
    "--out",
    type=PATHS,
    default=Path("outputs"),
    show_default=True,
    help="Folder that `sitmap map` wrote to; the export goes there too.",
)
@loudness
@click.pass_obj
def export(told: dict[str, bool], *, kinds: tuple[str, ...], out: Path) -> None:
    """Write the events of a run as ACLED or UCDP code them, or for Google Earth and other programs.

    What a column cannot say stands in `notes`.

    Example: sitmap export --as acled --as kml --out outputs
    """
    from pipeline.products.exports import export_events  # noqa: PLC0415
    from pipeline.products.load import load_layers  # noqa: PLC0415
    from pipeline.products.manifest import note_outputs  # noqa: PLC0415

    events = load_layers(out).events
    for kind in dict.fromkeys(kinds):
        path = export_events(events, kind, out)
        note_outputs(out / "run.json", [path])
        if not told["quiet"]:
            click.echo(f"  {path}")
