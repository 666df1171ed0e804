"""Who: the actors of a row as the table names them, with ACLED's codes; their names are kept as they are coded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.codes import inter_codes
from pipeline.events.actors import canonical, inter_in, load_lexicon
from pipeline.ingest.tabular import TableRow
from pipeline.models import Actor

_GOVERNMENT = re.compile(
    r"(?:Government|Military Forces|Police Forces|Armed Forces) of (?:the )?(?P<state>.+)", re.IGNORECASE
)
_NOBODY = frozenset({"", "unknown", "n/a", "na", "none", "not stated", "unidentified", "-"})
_STATE = 1
#: Tables whose names are coded already; those of others are brought to the names that the reports have.
CODED = frozenset({"acled", "ucdp", "gdelt"})


def actor_of(row: TableRow, side: str, *, country: str) -> Actor | None:
    """Return an actor of a row; None where the table names none.

    Parameters
    ----------
    row : TableRow
    side : str
        ``1`` or ``2``.
    country : str
        ISO 3166-1 alpha-2 of the event, for a state's forces abroad.
    """
    name = row.text(f"actor{side}")
    if name.casefold() in _NOBODY:
        return None
    known = _known(name, country)
    told = _inter(row.text(f"inter{side}"))
    inter = told if told is not None else inter_in(known, country)
    shown = name if row.kind in CODED else known.name or name
    assoc = row.text(f"assoc_actor_{side}") or ("" if row.kind in CODED else known.assoc)
    return Actor(shown, inter, assoc, name, known.country)


@cache
def _known(name: str, country: str) -> Actor:
    """Return what is known of an actor by its name; several names in one cell are not taken apart."""
    lexicon = load_lexicon()
    government = _GOVERNMENT.fullmatch(name)
    state = lexicon.state_of(government["state"]) if government else ""
    if state:
        return Actor(name, _STATE, "", name, state)
    return canonical(name, lexicon=lexicon, country=country)


def _inter(said: str) -> int | None:
    """Return ACLED's code: as a number in older exports, in words in newer ones; None where there is none."""
    if said.isdecimal():
        return int(said) if int(said) in inter_codes() else None
    return _by_name().get(said.casefold())


@cache
def _by_name() -> Mapping[str, int]:
    return {name.casefold(): code for code, name in inter_codes().items()}
