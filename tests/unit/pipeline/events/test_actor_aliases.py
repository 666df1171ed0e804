"""What wires call the armed actors of many conflicts, and what these are coded as."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipeline.events.actors import find_actors, load_lexicon

FILE = Path(__file__).parents[3] / "eval" / "actor_aliases.yaml"


def coded(alias: str, country: str) -> set[str]:
    """Return whom a sentence is read to name."""
    line = f"They said {alias} attacked a bridge."
    return {m.actor.name for m in find_actors(line, 0, len(line), lexicon=load_lexicon(), country=country)}


def test_each_name_is_coded_as_its_actor():
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    wrong = [(alias, sorted(coded(alias, country))) for alias, country, name in rows if coded(alias, country) != {name}]
    assert len(rows) > 400
    assert wrong == []


def test_what_is_linked_to_a_group_is_not_that_group():
    assert coded("an al Qaeda-linked group", "ML") == {"Unidentified Armed Group (Mali)"}


def test_an_army_that_no_table_has_is_not_the_state_s():
    assert coded("the Pakokku Revolution Army", "MM") == set()


def test_soldiers_in_the_west_bank_are_israel_s():
    assert coded("soldiers", "PS") == {"Military Forces of Israel"}


def test_the_enemy_is_who_the_country_is_at_war_with():
    assert [coded("the enemy", c) for c in ("UA", "RU", "MX")] == [
        {"Military Forces of Russia"},
        {"Military Forces of Ukraine"},
        set(),
    ]
