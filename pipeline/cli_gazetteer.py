"""``sitmap gazetteer``: build, describe and check the index; add sources of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from pipeline.terminal import PATHS, line, loudness, progress_bar

KINDS = ("geonames", "whosonfirst", "ourairports")
BESIDE = ("names", "hierarchy", "admin1", "admin2")
_INDEX = click.option("--gazetteer", "index", type=PATHS, help="Gazetteer index. [default: the one that was built]")


@click.group("gazetteer")
def gazetteer_group() -> None:
    """Build, describe and check the gazetteer index; add sources."""


@gazetteer_group.command("build")
@click.option(
    "-o", "--out", type=PATHS, help="Where. [default: in the virtual environment, else the user's data folder]"
)
@click.option("--if-needed", is_flag=True, help="Do nothing if the index is whole and current.")
@loudness
@click.pass_obj
def build_command(told: dict[str, bool], *, out: Path | None, if_needed: bool) -> None:
    """Build the index from the installed sources and those that were added.

    Example: sitmap gazetteer build --if-needed
    """
    from gazetteer.build import build, is_current  # noqa: PLC0415

    if if_needed and is_current(out):
        return
    with progress_bar("building the gazetteer", hidden=told["quiet"]) as tell:
        info = build(out, progress=tell)
    if not told["quiet"]:
        _tell_built(info)


def _tell_built(info: Any) -> None:  # noqa: ANN401 - gazetteer.build is imported by the commands
    places, names = info.counts["place"], info.counts["name"]
    click.echo(line(f"{info.path}: {places:,} places, {names:,} names, {info.size / 1e6:.0f} MB"))


def _complete_source(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the kinds of sources, and files."""
    first = not context.params.get("source")
    kinds = [CompletionItem(kind) for kind in KINDS if first and kind.startswith(incomplete)]
    return kinds or [CompletionItem(incomplete, type="file")]


@gazetteer_group.command("add")
@click.argument("source", shell_complete=_complete_source)
@click.argument("items", metavar="[PATH|CODE]...", nargs=-1, shell_complete=_complete_source)
@click.option("--key", help="What the source is called in lists and ids. [default: from kind and file]")
@click.option("--name", help="Its name for people.")
@click.option("--licence", help="Its licence, shown with its places.")
@click.option("--attribution", help="Whom to credit on map and briefing.")
@click.option(
    "--with", "beside", multiple=True, type=click.Choice(BESIDE),
    help="GeoNames: download these too: alternate names by language, hierarchy, codes of provinces and districts.",
)  # fmt: skip
@click.option(
    "--mirror", metavar="URL", help="Download from here instead (https; or SITMAP_GEONAMES_URL and the like)."
)
@_INDEX
@loudness
@click.pass_obj
def add_command(
    told: dict[str, bool], /, source: str, items: tuple[str, ...], *, index: Path | None, beside: tuple[str, ...],
    **details: str | None,
) -> None:  # fmt: skip
    r"""Add a source of places and build the index with it.

    SOURCE is geonames or whosonfirst, with codes of countries to download (SY IQ; allCountries) or paths of files that
    are here; ourairports; or the path of a table of your own: CSV with name, lat, lon and, if you like, aliases,
    feature_class, feature_code, country, admin1, population, uncertainty_m, id, source, source_url; or GeoJSON with the
    same properties. Adding a source again replaces it; a download that was cut off goes on where it was.

    \b
    Example: sitmap gazetteer add geonames SY IQ --with names
             sitmap gazetteer add geonames ~/Downloads/allCountries.zip
             sitmap gazetteer add whosonfirst whosonfirst-data-admin-sy.tar.gz
             sitmap gazetteer add ourairports
             sitmap gazetteer add bases.csv --attribution "Ann Example, 2023" --licence "CC BY 4.0"
    """
    from gazetteer.adding.change import add_sources  # noqa: PLC0415
    from gazetteer.adding.wanted import Details, wanted_sources  # noqa: PLC0415

    wanted = wanted_sources(source, items, Details(beside=beside, **{k: v or "" for k, v in details.items()}))
    with progress_bar("adding", hidden=told["quiet"]) as tell:
        added = add_sources(wanted, index, progress=tell)
    for one, reading in zip(added.sources, added.readings, strict=True):
        if not told["quiet"]:
            click.echo(line(f"{one.key}: {one.rows:,} places; {one.licence}; {one.attribution}"))
        _tell_skipped(one.skipped, reading.examples)
    if not told["quiet"]:
        _tell_built(added.built)


def _tell_skipped(skipped: int, examples: Iterable[str]) -> None:
    for example in examples:
        click.echo(line(f"  skipped {example}"), err=True)
    if skipped:
        click.echo(f"  skipped in all: {skipped:,}", err=True)


@gazetteer_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_INDEX
def list_command(*, index: Path | None, as_json: bool) -> None:
    """List the sources in the index: places, licence, whom to credit.

    Example: sitmap gazetteer list
    """
    from gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open(index) as gazetteer:
        rows: Mapping[str, Mapping[str, Any]] = gazetteer.info()["sources"]  # type: ignore[assignment]
        counts = gazetteer.source_counts()
    if as_json:
        shown = {key: {**row, "places": counts.get(key, 0)} for key, row in rows.items()}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    width = max(map(len, rows))
    for key, row in rows.items():
        mark = "+" if row.get("added") else " "
        credit = f"{row['name']}; {row['licence']}; {row['attribution']}"
        click.echo(line(f"{mark} {key:{width}} {counts.get(key, 0):>11,}  {credit}"))
    click.echo("+ added; the number is of the places whose point it gives")


def _complete_key(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the keys of what was added."""
    from gazetteer.adding.record import added_sources  # noqa: PLC0415
    from gazetteer.errors import GazetteerError  # noqa: PLC0415
    from gazetteer.paths import default_index_path  # noqa: PLC0415

    try:
        found = added_sources(context.params.get("index") or default_index_path())
    except GazetteerError:
        return []
    return [CompletionItem(s.key, help=s.name) for s in found if s.key.startswith(incomplete)]


@gazetteer_group.command("remove")
@click.argument("key", shell_complete=_complete_key)
@_INDEX
@loudness
@click.pass_obj
def remove_command(told: dict[str, bool], *, key: str, index: Path | None) -> None:
    """Take an added source away and build the index without it.

    Example: sitmap gazetteer remove geonames-sy
    """
    from gazetteer.adding.change import remove_source  # noqa: PLC0415

    with progress_bar("removing", hidden=told["quiet"]) as tell:
        info = remove_source(key, index, progress=tell)
    if not told["quiet"]:
        _tell_built(info)


@gazetteer_group.command("info")
@_INDEX
def info_command(index: Path | None) -> None:
    """Print what the index holds, from which sources, under which licences.

    Example: sitmap gazetteer info
    """
    from gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open(index) as gazetteer:
        click.echo(json.dumps(gazetteer.info(), ensure_ascii=False, indent=1, default=str))


@gazetteer_group.command("verify")
@_INDEX
def verify_command(index: Path | None) -> None:
    """Check every byte of the index; exit with 3 if it is damaged.

    Example: sitmap gazetteer verify
    """
    from gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open(index) as gazetteer:
        gazetteer.verify()
        click.echo(line(f"{gazetteer.path}: whole"))
