"""``sitmap fetch``: reports from the network into a folder, when asked to."""

from __future__ import annotations

import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from pipeline.cli_outcome import now, stamp
from pipeline.errors import SitmapError
from pipeline.terminal import PATHS, line, loudness

_MB = 1_000_000


@click.command()
@click.argument("urls", metavar="URL|FEED...", nargs=-1, required=True)
@click.option("--into", "folder", type=PATHS, required=True, help="Folder to keep the reports in; made if missing.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Entries of a feed to fetch."
)
@click.option(
    "--pause",
    type=click.FloatRange(0.5, 60),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host, at least; more where its robots.txt says so.",
)
@click.option(
    "--timeout", type=click.FloatRange(1, 600), default=30.0, show_default=True, help="Seconds for one request in all."
)
@click.option("--max-mb", type=click.FloatRange(0.01, 100), default=5.0, show_default=True, help="Largest page, in MB.")
@click.option("--contact", default="", help="Mail or web address at which site owners reach you; sent along.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any address was refused.")
@loudness
@click.pass_obj
def fetch(told: dict[str, bool], /, urls: tuple[str, ...], *, folder: Path, strict: bool, **asked: Any) -> None:  # noqa: ANN401
    """Fetch reports, and those that RSS and Atom feeds link to, into a folder that `sitmap map` reads.

    Each is kept as it came, with its address, headers and hash, so that a run can be repeated offline; a second fetch
    asks only for what has changed. robots.txt is heeded, and addresses that are not on the public internet are refused.

    Example: sitmap fetch https://news.example.org/feed.xml --into reports && sitmap map reports
    """
    fetcher = _fetcher(folder, **asked)
    counts: Counter[str] = Counter()
    for one in fetcher.fetch(urls):
        counts[one.what] += 1
        if one.what == "refused" or not told["quiet"]:
            _say(one.what, one.url, one.why or (one.path.name if one.path else ""))
    if not told["quiet"]:
        click.echo(line(f"{folder}: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))))
    if set(counts) == {"refused"}:
        raise SitmapError("nothing could be fetched; the reasons stand above")
    if strict and counts["refused"]:
        sys.exit(1)


def _say(what: str, url: str, why: str) -> None:
    click.echo(line(f"{what:9}  {url}" + (f"  {why}" if why else "")), err=what == "refused")


def _fetcher(folder: Path, *, limit: int, pause: float, timeout: float, max_mb: float, contact: str) -> Any:  # noqa: ANN401
    from pipeline.fetching import Archive, Caps, Client, Fetcher, Manners  # noqa: PLC0415

    if not (contact.isprintable() and contact.isascii()):
        raise click.BadParameter(f"{contact!r}: plain characters only", param_hint="--contact")
    agent = f"sitmap/{version('sitmap')}" + (f" (+{contact})" if contact else "")
    client = Client(agent, Caps(int(max_mb * _MB), timeout))
    return Fetcher(Manners(client, pause), Archive(folder, stamp(now())), limit)
