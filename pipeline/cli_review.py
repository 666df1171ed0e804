"""``sitmap review``: look at the doubtful placements in the browser, and decide."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from pipeline.cli_outcome import now
from pipeline.errors import UsageError
from pipeline.terminal import PATHS, line, loudness


@click.command()
@click.option(
    "--out",
    type=PATHS,
    default=Path("outputs"),
    show_default=True,
    help="Folder that `sitmap map` wrote to; decisions go to its corrections.csv.",
)
@click.option(
    "--who", default="", metavar="NAME", help="Who decides; stands beside each decision. [default: asked on the page]"
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1. [default: any that is free]")
@click.option("--open/--no-open", "opens", default=False, help="Open the page in the browser.")
@loudness
def review(*, out: Path, who: str, port: int, opens: bool) -> None:
    """Show the placements most worth a look on this machine alone, and write what you decide.

    The next `sitmap map` into the same folder applies it. Ctrl-C ends it.

    Example: sitmap review --out outputs --who "Ann Example"
    """
    from pipeline.reviewing import ReviewServer, open_desk  # noqa: PLC0415

    desk = open_desk(out, today=lambda: now().date().isoformat(), who=" ".join(who.split())[:80])
    try:
        server = ReviewServer(desk, port)
    except OSError as error:
        raise UsageError(f"--port {port}: cannot be used ({error.strerror}); leave it out for any free one") from error
    with server:
        click.echo(f"{len(desk.data['events'])} placements to look at: {server.address}")
        click.echo(line(f"decisions go to {desk.notebook.path}; Ctrl-C ends the review"), err=True)
        if opens:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo(line(f"{len(desk.decisions)} decisions in {desk.notebook.path}"), err=True)
