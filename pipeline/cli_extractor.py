"""The options with which ``sitmap map`` may ask a language model for events; without them nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from pipeline.errors import UsageError
from pipeline.settings import EXTRACTOR_TIMEOUT, ExtractorSettings

Command = TypeVar("Command", bound=Callable[..., Any])
OPTIONS = (
    click.option(
        "--extractor",
        metavar="URL",
        help="Ask the model behind this OpenAI-compatible endpoint for events; reports are sent there.",
    ),
    click.option("--extractor-model", metavar="NAME", help="The model, as the endpoint calls it."),
    click.option("--extractor-key-env", metavar="VAR", help="Environment variable that holds the endpoint's key."),
    click.option(
        "--extractor-timeout",
        type=click.FloatRange(1, 3600),
        default=EXTRACTOR_TIMEOUT,
        show_default=True,
        help="Seconds for one answer.",
    ),
    click.option(
        "--extractor-strict",
        is_flag=True,
        help="Stop where the model fails, rather than let the rules read the report.",
    ),
)


def extractor_options(command: Command) -> Command:
    """Add the options; none can be set in the environment, so that no report is sent anywhere unasked."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def taken_from(options: dict[str, Any]) -> ExtractorSettings | None:
    """Take these options out of those of the command; None where no endpoint is named.

    Raises
    ------
    UsageError
        If only a part of what is needed is told.
    """
    url, model, key_env, timeout, strict = (
        options.pop(name)
        for name in ("extractor", "extractor_model", "extractor_key_env", "extractor_timeout", "extractor_strict")
    )
    if url is None:
        if model or key_env or strict:
            raise UsageError("--extractor-model, --extractor-key-env and --extractor-strict go with --extractor URL")
        return None
    if not model:
        raise UsageError("--extractor needs --extractor-model: the model's name, as the endpoint calls it")
    return ExtractorSettings(url, model, key_env, timeout, strict)
