"""What kind of event: the ACLED sub-event type of a telling, by its words or else by who did it to whom."""

from __future__ import annotations

from pipeline.codes import event_type_of
from pipeline.events.actors import is_civilian
from pipeline.events.tellings import Telling
from pipeline.events.triggers import instrument_in, load_tables
from pipeline.models import Actor
from pipeline.parse import ParsedText, Token

VIOLENCE = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


def sub_type_of(parsed: ParsedText, telling: Telling) -> str | None:
    """Return the sub-event type that the words themselves give, or None where target or actor must decide."""
    name = telling.main.family
    decided = load_tables().families[name].sub
    beside = instrument_in(" ".join(_left_words(parsed, t.token) for t in telling.nouns))
    if decided is not None and name not in {"clash", "ambush"}:
        return beside if beside and name == "shelling" else decided  # "a drone barrage"
    if name == "clash":
        return decided
    named = beside or instrument_in(telling.text())
    if named == "gunfire":
        return "Attack" if name == "shooting" else decided  # who is shot at decides
    return named or decided


def _left_words(parsed: ParsedText, token: Token) -> str:
    left = [c for c in parsed.children(token) if c.i < token.i]
    return " ".join(t.text for t in [*left, token])


def decide_sub_type(family: str, perpetrator: Actor | None, target: Actor | None) -> str:
    """Return the sub-event type of a family whose words do not decide it, by who did it to whom.

    Examples
    --------
    >>> decide_sub_type("attack", Actor("Rebels", 2), Actor("Civilians (Syria)", 7))
    'Attack'
    >>> decide_sub_type("attack", Actor("Rebels", 2), Actor("Military Forces of Syria", 1))
    'Armed clash'
    """
    row = load_tables().families[family]
    by_state = perpetrator is not None and perpetrator.inter in {1, 8}
    on_civilians = target is not None and is_civilian(target)
    if row.sub is not None and not (family == "ambush" and on_civilians):
        return row.state if family == "seize" and row.state and by_state else row.sub
    if on_civilians and row.civilian:
        return row.civilian
    return (row.state if by_state else None) or row.default or "Armed clash"


def is_violent(sub: str | None) -> bool:
    """Return whether a sub-event type is violence; what has none yet is.

    Examples
    --------
    >>> is_violent("Armed clash"), is_violent(None), is_violent("Peaceful protest")
    (True, True, False)
    """
    return sub is None or event_type_of(sub) in VIOLENCE
