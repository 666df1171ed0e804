"""The ``sitmap`` command. Heavy imports stand inside the commands, so that ``--help`` starts at once."""

from __future__ import annotations

import errno
import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.cli_engine import engine_options
from pipeline.cli_engine import taken_from as engine_from
from pipeline.cli_evaluate import evaluate
from pipeline.cli_export import export
from pipeline.cli_extractor import extractor_options
from pipeline.cli_extractor import taken_from as extractor_from
from pipeline.cli_fetch import fetch
from pipeline.cli_gazetteer import gazetteer_group
from pipeline.cli_online import ask_online, online_options, taken_from, told_of
from pipeline.cli_outcome import now, stamp, tell_outcome
from pipeline.cli_review import review
from pipeline.cli_serve import serve
from pipeline.cli_store import grow, refuse_both_folders, store_group, withdraw_command
from pipeline.cli_tables import table_options, tables_taken_from
from pipeline.cli_verify import verify
from pipeline.errors import SitmapError
from pipeline.settings import DEFAULT_MODEL, Settings
from pipeline.terminal import PATHS, leave_unwritten, line, loudness
from pipeline.tiles import checked_tiles

# Before anything loads numpy: the ranker multiplies small matrices, where threads cost more than they give.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

#: What a system says when it will not take what is written to it; anything else is a fault of ours.
REFUSED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
EXAMPLES_COLLECTED = date(2024, 2, 29)  # the examples end in February 2024; some have no year
BRIEFINGS = ("html", "md", "pdf", "docx", "figures")  # those of pipeline.products.briefing, which is slow to import
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.5
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Return the date, or fail with what was expected."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as YYYY-MM-DD, such as 2023-11-22", param, ctx)


DAY = Day()


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="sitmap")
@loudness
@click.pass_context
def cli(context: click.Context) -> None:
    """News in, a map you can defend out.

    Example: sitmap map reports/ --as-of 2023-11-22 --out outputs
    """
    context.ensure_object(dict).setdefault("quiet", False)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")


@cli.command("map")
@click.argument("paths", nargs=-1, type=PATHS)
@click.option("-o", "--out", type=PATHS, default=Path("outputs"), show_default=True, help="Folder to write to.")
@click.option(
    "--into",
    type=PATHS,
    help="Folder that grows, instead of --out: new reports join those in it, what was read before is not read again.",
)
@click.option(
    "--as-of", type=DAY, help="Date of collection (YYYY-MM-DD), used when a text has no year. [default: today]"
)
@click.option("--title", default="Situation map", show_default=True, help="Title of map and briefing.")
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="spaCy model, by package name.")
@click.option("--gazetteer", type=PATHS, help="Gazetteer index. [default: the one that was built]")
@click.option(
    "--tiles",
    default="",
    metavar="osm|URL",
    callback=lambda _context, _option, text: checked_tiles(text),
    help="Online map tiles under the map: osm (OpenStreetMap) or https://HOST/{z}/{x}/{y}.png. Without it the map asks "
    "the network for nothing; with it, that one host learns what is looked at.",
)
@table_options
@click.option(
    "--corrections",
    type=PATHS,
    multiple=True,
    help="File of corrections (CSV or YAML), beside corrections.csv next to the reports; may be given more than once.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if any input was rejected.")
@extractor_options
@engine_options
@loudness
@click.pass_obj
def map_command(
    told: dict[str, bool],
    /,
    paths: tuple[Path, ...],
    *,
    out: Path,
    into: Path | None,
    as_of: date | None,
    strict: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Turn reports (.txt, .html, .json, .jsonl) and tables of events (.csv, .tsv, .xlsx, …) into a map and a briefing.

    Without PATHS the examples are read; with --into, what is in that folder.

    Example: sitmap map reports/ --as-of 2023-11-22
    """
    from pipeline.run import run_map  # noqa: PLC0415

    today = now()
    asked: dict[str, Any] = {
        "tables": tables_taken_from(options), "extractor": extractor_from(options), "engine": engine_from(options),
    }  # fmt: skip
    if into is not None:
        refuse_both_folders(click.get_current_context())
        if not asked["engine"].cache:
            raise click.UsageError("--into keeps what it reads; leave --no-cache away")
        outcome = grow(Settings(paths, into, as_of, **asked, **options), today, quiet=told["quiet"])
        sys.exit(1 if strict and outcome.rejections else 0)
    collected = today.date() if paths else EXAMPLES_COLLECTED
    settings = Settings(paths or (EXAMPLES,), out, as_of or collected, **asked, **options)
    outcome = run_map(settings, generated=stamp(today), quiet=told["quiet"])
    if not told["quiet"]:
        tell_outcome(outcome)
    if strict and outcome.rejections:
        sys.exit(1)


@cli.command()
@click.option(
    "--out",
    type=PATHS,
    default=Path("outputs"),
    show_default=True,
    help="Folder that `sitmap map` wrote to; the briefing goes there too.",
)
@click.option(
    "--region",
    multiple=True,
    help="Country, province, west,south,east,north or a polygon file; may be given more than once.",
)
@click.option("--from", "first", type=DAY, help="First day.")
@click.option("--to", "last", type=DAY, help="Last day.")
@click.option(
    "--period",
    type=click.Choice(["all", "week", "month"]),
    default="all",
    show_default=True,
    help="Period that ends with --to or the last event.",
)
@click.option(
    "--as",
    "kinds",
    type=click.Choice(BRIEFINGS),
    multiple=True,
    default=("html", "md"),
    show_default=True,
    help="What to write; may be given more than once. figures: map and timeline as SVG and PNG.",
)
@loudness
@click.pass_obj
def brief(
    told: dict[str, bool],
    /,
    *,
    out: Path,
    region: tuple[str, ...],
    kinds: tuple[str, ...],
    **options: Any,  # noqa: ANN401
) -> None:
    """Write the briefing from what `sitmap map` made.

    Example: sitmap brief --region Anbar --period week --to 2023-11-22 --as pdf --as docx
    """
    from pipeline.brief import Asked, run_brief  # noqa: PLC0415

    files = run_brief(out, Asked(region, **options), kinds=kinds, generated=stamp(now()))
    if not told["quiet"]:
        for path in files:
            click.echo(f"  {path}")


@cli.command()
@click.argument("source", type=PATHS)
@click.option("-o", "--out", type=PATHS, help="File to write. [default: standard output]")
@click.option("--given-spans", is_flag=True, help="Resolve exactly the spans under `toponyms`, in order.")
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="spaCy model, by package name.")
@click.option("--gazetteer", "index", type=PATHS, help="Gazetteer index.")
@loudness
def geoparse(source: Path, *, out: Path | None, given_spans: bool, model: str, index: Path | None) -> None:
    """Find and resolve the place names of documents: JSON Lines in, JSON Lines out.

    Example: sitmap geoparse reports.jsonl -o places.jsonl
    """
    from gazetteer import Gazetteer  # noqa: PLC0415
    from pipeline.geoparse import geoparse_file, settle  # noqa: PLC0415

    with Gazetteer.open(index) as gazetteer:
        settle(gazetteer)
        geoparse_file(source, out, gazetteer=gazetteer, model=model, given_spans=given_spans)


@cli.command()
@click.argument("name")
@click.option("--country", metavar="CC", help="Only in this country (ISO 3166-1 alpha-2).")
@click.option("--near", metavar='"NAME"|LAT,LON', help="Prefer places near this name or point.")
@click.option("--within", metavar="AREA", multiple=True, help="An area it lies in; may be given more than once.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--gazetteer", "index", type=PATHS, help="Gazetteer index.")
@online_options
def lookup(name: str, *, near: str | None, as_json: bool, index: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Show what NAME may mean, best first, with score and why.

    NAME may be a description ("Kafr Zita/Kafr Zayta", "Khuwayn village (Tell al-Khuwaiyn)", "Salma - Kinsibba road").

    Example: sitmap lookup "Kafr Zita town" --within "Hama Governorate" --within Syria
    """
    from gazetteer import Gazetteer  # noqa: PLC0415
    from gazetteer import lookup as look  # noqa: PLC0415

    online = taken_from(options)
    with Gazetteer.open(index) as gazetteer:
        found = look(gazetteer, name, near=_near(gazetteer, near, look), **options)
        answers = () if found else ask_online(gazetteer, name, online, country=options["country"])
        if as_json:
            rows = [*map(_row, found), *(_row(a.ranked) | told_of(a) for a in answers)]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        if not found and not answers:
            click.echo(f"no place called {name!r} is known")
        for ranked in (*found, *(answer.ranked for answer in answers)):
            click.echo(f"{ranked.score:.2f}  {_described(ranked.place)}")
            click.echo("      " + "; ".join(why.text for why in ranked.reasons))
        for credit in dict.fromkeys(f"      online, {a.service}: {a.attribution}" for a in answers):
            click.echo(credit)


def _described(place: Any) -> str:  # noqa: ANN401
    area = ", ".join(filter(None, (place.admin1, place.country)))
    feature = f"{place.feature_class}.{place.feature_code}"
    return f"{place.name} ({area})  {feature}  {place.lat:.4f}, {place.lon:.4f}  {place.place_id}"


def _near(gazetteer: Any, near: str | None, look: Callable[..., Any]) -> Any:  # noqa: ANN401
    """Return a point for "lat,lon", else the best place of that name."""
    if near is None:
        return None
    parts = near.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        found = look(gazetteer, near, limit=1)
        if not found:
            raise click.BadParameter(
                f"no place called {near!r} is known; give a name or LAT,LON", param_hint="--near"
            ) from None
        return found[0].place
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise click.BadParameter(f"{near!r} is not on Earth; give LAT,LON in degrees", param_hint="--near")
    return lat, lon


def _row(ranked: Any) -> dict[str, Any]:  # noqa: ANN401
    place = ranked.place
    reasons = [{"feature": w.feature, "contribution": w.contribution, "text": w.text} for w in ranked.reasons]
    return {
        "place_id": place.place_id, "name": place.name, "lat": place.lat, "lon": place.lon,
        "feature_class": place.feature_class, "feature_code": place.feature_code, "country": place.country,
        "admin1": place.admin1, "population": place.population, "score": round(ranked.score, 4),
        "match": ranked.candidate.match, "matched_name": ranked.candidate.matched_name, "source": place.source,
        "area_only": ranked.area_only,
        "reasons": reasons,
    }  # fmt: skip


cli.add_command(gazetteer_group)


cli.add_command(evaluate)
cli.add_command(export)
cli.add_command(fetch)
cli.add_command(review)
cli.add_command(verify)
cli.add_command(serve)


cli.add_command(withdraw_command)
cli.add_command(store_group)


def main(argv: list[str] | None = None) -> None:
    """Run the command; errors that sitmap raises on purpose are one line and an exit code."""
    from gazetteer.errors import GazetteerError  # noqa: PLC0415

    try:
        sys.exit(cli.main(args=argv, prog_name="sitmap", standalone_mode=False))
    except click.Abort:  # Ctrl-C; 1 is for rejections
        told = "interrupted; each file is the old one or the new one, and what was read is kept: run it again"
        click.echo(f"sitmap: {told}", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (SitmapError, GazetteerError) as error:
        click.echo(f"sitmap: {line(error)}", err=True)
        sys.exit(getattr(error, "exit_code", SitmapError.exit_code))
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        where = error.filename or "standard output"
        click.echo(f"sitmap: {line(f'{where}: {error.strerror}')}; free some space, or write elsewhere", err=True)
        leave_unwritten()
        sys.exit(SitmapError.exit_code)
