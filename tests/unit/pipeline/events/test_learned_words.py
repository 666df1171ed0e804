"""Words that no table knows, by what was learned of them."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.events._words import table
from pipeline.events.learned_words import NONE, ROWS, Model, learned_words, load_model, with_kind
from pipeline.events.trigger_tables import load_tables


def test_every_kind_that_is_learned_is_read_as_a_family_of_the_tables() -> None:
    families = table("learned_words")["families"]
    assert set(load_model().kinds) == {NONE, *families}
    assert set(families.values()) <= set(load_tables().families)


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Sappers took apart three mines left near a school in Mocha on Saturday.", "Disrupted weapons use"),
        ("Settlers emptied aid lorries bound for Gaza at Tarqumiya on Monday.", "Looting/property destruction"),
    ],
)
def test_what_no_table_knows_is_told_and_said_to_be_learned(read, text: str, sub: str) -> None:
    (event,) = read(text).events
    assert event.sub_event_type == sub
    assert any("which no table knows" in note for note in event.notes)
    assert event.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Rockets.",
        "The choir took apart the old organ in Mocha on Saturday.",
        "The mayor emptied his office in Basra on Monday.",
        "Helicopters bombarded the fields near Homs with water on Monday.",
    ],
)
def test_what_hurts_nobody_tells_of_nothing(read, text: str) -> None:
    assert read(text).events == ()


def test_a_kind_that_the_sides_decide_is_kept() -> None:
    assert with_kind("Government regains territory", "Looting/property destruction") == "Government regains territory"
    assert with_kind("Attack", "") == "Attack"


def test_words_of_the_tables_are_not_told_twice(parse) -> None:
    parsed = parse("Gunmen shot two herders dead in Djibo on Monday.")
    known = {t.i: "shooting" for t in parsed.tokens if t.text == "shot"}
    assert [w.token.text for w in learned_words(parsed, parsed.sentences[0], known) if w.token.i not in known] == []


def test_a_model_is_what_was_stored() -> None:
    arrays = {
        "rows": np.array([3]),
        "weights": np.array([[-5, 10]], np.int8),
        "scale": np.float32(0.5),
        "kinds": np.array([NONE, "Attack"]),
        "known": np.array([7]),
    }
    model = Model.from_arrays(arrays)
    assert model.weights.shape == (ROWS, 2)
    assert model.chances([[3], [4]])[0, 1] == pytest.approx(1.0, abs=1e-3)
    assert model.chances([[3], [4]])[1].tolist() == [0.5, 0.5]
    assert model.known == {7}
