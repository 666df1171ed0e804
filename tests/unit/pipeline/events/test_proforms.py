"""Whom "the militia" and "the group" stand for."""

from __future__ import annotations

import pytest

from pipeline.events.actors import load_lexicon
from pipeline.events.proforms import named_before, referent


def stands_for(text: str, word: str, country: str = "YE") -> str | None:
    start = text.rindex(word)
    found = referent(text, start, start + len(word), lexicon=load_lexicon(), country=country)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (
            "The Houthi militia mobilised. At night the militia shelled Taiz.",
            "militia",
            "Houthi Movement (Ansar Allah)",
        ),
        ("Hezbollah spoke. The group fired rockets.", "group", "Hezbollah"),
        ("Hezbollah spoke. A militia fired rockets.", "militia", None),
        ("Hezbollah spoke. The militia that fired rockets fled.", "militia", None),
        ("Israeli jets came. The group fired rockets.", "group", None),
        ("Hezbollah spoke.\n\nDJIBO, Burkina Faso - The militia fired rockets.", "militia", None),
    ],
)
def test_a_word_after_the_stands_for_the_group_named_before(text, word, name):
    assert stands_for(text, word) == name


def test_states_are_no_groups():
    text = "Hamas met Israeli troops and "
    assert named_before(text, len(text), lexicon=load_lexicon(), country="PS").name == "Hamas Movement"
