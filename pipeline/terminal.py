"""What all commands share with the terminal: how loud they are, lines that cannot steer it, bars of progress."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

PATHS = click.Path(path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])


def loudness(command: Command) -> Command:
    """Add ``-q`` and ``-v``, which may stand before the command's name or after it."""

    def hush(context: click.Context, _: click.Parameter, told: bool) -> None:  # noqa: FBT001  (click calls it so)
        if told:
            context.ensure_object(dict)["quiet"] = True
            logging.getLogger().setLevel(logging.ERROR)

    def say_more(_: click.Context, __: click.Parameter, count: int) -> None:
        if count:
            logging.getLogger().setLevel(logging.INFO if count == 1 else logging.DEBUG)

    quiet = click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=hush, help="Print only errors.")
    more = "Say more; -vv for everything."
    return quiet(click.option("-v", "--verbose", count=True, expose_value=False, callback=say_more, help=more)(command))


def line(message: object) -> str:
    r"""Return a message as one line that a terminal shows and never obeys: a file's name can hold anything.

    Examples
    --------
    >>> line("a\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in str(message))


def leave_unwritten() -> None:
    """Let go of what standard output would not take: Python would try again as it ends, and end with another code."""
    with contextlib.suppress(io.UnsupportedOperation):  # no file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress_bar(label: str, *, hidden: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a progress callback (stage, done, of how many) that fills a bar on standard error, stage by stage."""
    with click.progressbar(length=100, label=label, file=sys.stderr, hidden=hidden) as bar:

        def tell(stage: str, done: int, of: int) -> None:
            bar.label = line(stage)
            bar.pos = min(100, int(100 * done / max(of, 1)))
            bar.render_progress()

        yield tell
