"""The options with which ``sitmap lookup`` may ask a geocoding service; without them nothing goes over the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.online.fallback import OnlineAnswer

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Asked:
    """Which service may be asked, and who asks; None for what was not told."""

    service: str | None
    user_agent: str | None


def online_options(command: Command) -> Command:
    """Add ``--online`` and ``--user-agent``; both can be set once, in the environment."""
    service = click.option(
        "--online",
        metavar="SERVICE",
        envvar="SITMAP_ONLINE",
        show_envvar=True,
        help="If the gazetteer has no such place, ask nominatim, photon... or https://HOST, a Nominatim of your own.",
    )
    agent = click.option(
        "--user-agent",
        metavar="WHO",
        envvar="SITMAP_USER_AGENT",
        show_envvar=True,
        help='Who asks, as the service wants to know: "newsdesk-map/1.0 (ann@example.org)".',
    )
    return service(agent(command))


def taken_from(options: dict[str, Any]) -> Asked:
    """Take these options out of those of the command."""
    return Asked(options.pop("online"), options.pop("user_agent"))


def ask_online(gazetteer: Gazetteer, name: str, asked: Asked, *, country: str | None) -> tuple[OnlineAnswer, ...]:
    """Return what the service answers; nothing where none is named.

    Raises
    ------
    UsageError
        If a service is named, and not who asks it.
    """
    if not asked.service:
        return ()
    if not asked.user_agent:
        raise UsageError("--online needs --user-agent: the name of your application and a way to reach you")
    from gazetteer.online.fallback import OnlineFallback  # noqa: PLC0415  (geopy; not for --help)

    return OnlineFallback(asked.service, user_agent=asked.user_agent).lookup(gazetteer, name, country=country)


def told_of(answer: OnlineAnswer) -> dict[str, object]:
    """Return what a row of JSON says of an answer from outside."""
    return {
        "online": answer.service,
        "answered_on": answer.answered_on,
        "attribution": answer.attribution,
        "uncertainty_m": answer.place.uncertainty_m,
    }
