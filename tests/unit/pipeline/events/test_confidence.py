"""How sure a coding is: what is told of it weighs, and what tells too little stands aside where there is better."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.confidence import GROUNDS, LEAST, TOO_LITTLE, chance, load_weights
from pipeline.events.extract import Extraction, RuleExtractor
from pipeline.models import Article

FULL = "Gunmen shelled soldiers in the village of Wobblethorpe on Monday, killing three."
VAGUE = "Rebels clashed with the army last week."


@pytest.fixture(scope="module")
def told(parser):
    def extract(text: str) -> Extraction:
        parsed = next(parser.parse([(text, ((0, len(text)),))]))
        return RuleExtractor().extract(Article("a", text, date=date(2024, 4, 30)), parsed, (), as_of=None)

    return extract


def test_every_ground_has_a_weight_and_there_is_no_other():
    assert set(load_weights()) == {"", *GROUNDS}


def test_a_chance_is_never_quite_sure_and_grows_with_its_weights():
    none = [0.0] * len(GROUNDS)
    chances = [chance(none, {"": constant}) for constant in (-50.0, -1.0, 0.0, 1.0, 50.0)]
    assert chances == sorted(chances)
    assert (chances[0], chances[-1]) == (0.01, 0.99)


@pytest.mark.parametrize("ground", ["no place", "doubt of the place", "a wide area", "of several days", "no day"])
def test_what_is_not_known_speaks_against(ground):
    grounds = [float(name == ground) for name in GROUNDS]
    assert chance(grounds, load_weights()) < chance([0.0] * len(GROUNDS), load_weights())


def test_an_event_of_which_more_is_told_is_surer(told):
    (full,), (bare,) = told(FULL).events, told("Gunmen shelled the village of Wobblethorpe on Monday.").events
    assert bare.confidence < full.confidence


def test_what_tells_too_little_is_passed_over_beside_what_tells_more_and_may_be_found_elsewhere(told):
    both = told(f"{FULL}\n\n{VAGUE}")
    alone = told(VAGUE)
    assert [e.sources[0].sentence for e in both.events] == [FULL]
    (why,) = (p.why for p in both.passed_over if p.source.sentence == VAGUE)
    assert why.startswith(TOO_LITTLE)
    assert "no place" in why
    assert VAGUE in {e.sources[0].sentence for e in both.echoes}
    assert [e.confidence < LEAST for e in alone.events] == [True]
