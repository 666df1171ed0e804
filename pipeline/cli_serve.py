"""``sitmap serve``: look at a folder of results through a server on this machine alone."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from pipeline.errors import UsageError
from pipeline.terminal import PATHS, line, loudness


@click.command()
@click.argument("folder", metavar="[DIR]", type=PATHS, default=Path("outputs"))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1. [default: any that is free]")
@click.option("--open/--no-open", "opens", default=False, help="Open the map in the browser.")
@loudness
def serve(*, folder: Path, port: int, opens: bool) -> None:
    """Show the map in DIR (default: outputs) on this machine alone, with the points of more than 100,000 events.

    A map of fewer events needs no server: open its map.html. Ctrl-C ends it.

    Example: sitmap serve outputs --port 8000
    """
    from pipeline.serving import ResultsServer  # noqa: PLC0415

    try:
        server = ResultsServer(folder, port)
    except OSError as error:
        raise UsageError(f"--port {port}: cannot be used ({error.strerror}); leave it out for any free one") from error
    try:
        with server:
            server.warm()
            said = "zoom in for single events" if server.has_points else "its page holds all its events, without tiles"
            click.echo(f"{said}; Ctrl-C ends the server", err=True)
            click.echo(line(f"{folder}: {server.address}"))
            if opens:
                webbrowser.open(server.address)
            server.serve_forever()
    except KeyboardInterrupt:
        click.echo("the server has ended", err=True)
