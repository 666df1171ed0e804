"""The options of ``sitmap map`` that say how the work is spread; the outputs do not depend on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pipeline.settings import EngineSettings

Command = TypeVar("Command", bound=Callable[..., Any])
OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["auto", "serial", "processes", "spark"]),
        default="auto",
        show_default=True,
        help="What reads the reports: one process, several, or a Spark cluster (needs sitmap[spark]). "
        "auto: several from 64 reports on.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 4096),
        metavar="N",
        help="How many processes, of about 0.5 GB each. [default: one a processor; of Spark: as it is configured]",
    ),
    click.option(
        "--no-cache",
        is_flag=True,
        help="Keep nothing of what is read for later runs; one that is cut off then begins again.",
    ),
    click.option(
        "--spark-staging",
        metavar="DIR|URI",
        default="",
        help="Where Spark's machines find articles and leave reports. [default: a temporary folder]",
    ),
)


def engine_options(command: Command) -> Command:
    """Add the options to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def taken_from(options: dict[str, Any]) -> EngineSettings:
    """Take these options out of those of the command."""
    name, workers, no_cache, staging = (
        options.pop(key) for key in ("engine", "workers", "no_cache", "spark_staging")
    )  # fmt: skip
    return EngineSettings(name, workers, not no_cache, staging)
