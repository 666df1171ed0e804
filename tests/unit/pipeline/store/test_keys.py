"""What was read is found again if, and only if, all that it rests on is the same."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from pipeline.corrections import Correction
from pipeline.models import Article
from pipeline.settings import ExtractorSettings
from pipeline.store import Fingerprint, Held
from pipeline.store.keys import Keys, code_digest, key_of

ARTICLE = Article("a", "Rockets hit a depot.", path="/r/a.txt", line=3)
HELD, TOOLS = Held(ARTICLE, "d", date(2023, 11, 21)), Fingerprint("tools")
SET = Correction("place", "corrections.csv", 2, words="Homs", value="gn:1")


def test_where_the_file_lies_does_not_matter():
    moved = replace(HELD, article=replace(ARTICLE, path="/s/b.txt", line=None), path="/s/b.txt")
    assert key_of(moved, TOOLS) == key_of(HELD, TOOLS)


@pytest.mark.parametrize(
    ("held", "tools", "corrections"),
    [
        (replace(HELD, as_of=date(2023, 11, 22)), TOOLS, ()),
        (replace(HELD, article=replace(ARTICLE, doc_id="b")), TOOLS, ()),
        (replace(HELD, article=replace(ARTICLE, text="Rockets hit two depots.")), TOOLS, ()),
        (replace(HELD, article=replace(ARTICLE, title="News")), TOOLS, ()),
        (HELD, Fingerprint("others"), ()),
        (HELD, TOOLS, (SET,)),
    ],
)
def test_whatever_it_rests_on_makes_another_key(held, tools, corrections):
    assert key_of(held, tools, corrections) != key_of(HELD, TOOLS)


def test_a_correction_that_moved_to_another_line_is_read_anew_as_it_is_shown():
    assert key_of(HELD, TOOLS, (SET,)) != key_of(HELD, TOOLS, (replace(SET, line=3),))


def test_our_own_code_is_hashed_once_and_the_same_each_time():
    first = code_digest()
    code_digest.cache_clear()
    assert code_digest() == first
    assert len(first) == 64


def test_a_report_that_tells_its_own_day_is_the_same_on_any_day_of_collection():
    dated = replace(HELD, article=replace(ARTICLE, date=date(2023, 11, 20)))
    tomorrow = replace(dated, as_of=date(2023, 11, 22))
    assert key_of(dated, TOOLS) == key_of(tomorrow, TOOLS)
    assert key_of(dated, TOOLS) != key_of(replace(dated, as_of=date(2023, 1, 1)), TOOLS)  # the day lies in the future


def test_what_a_model_was_asked_is_part_of_what_reads():
    gazetteer = SimpleNamespace(info=lambda: {"sha256": "s", "fingerprint": "f"})
    asked = [None, ExtractorSettings("http://localhost/v1", "a"), ExtractorSettings("http://localhost/v1", "b")]
    assert len({Fingerprint.of(gazetteer, "model", one) for one in asked}) == 3


def test_keys_in_a_row_are_a_sequence_like_any_other():
    every = [f"{n:064x}" for n in range(7)]
    keys = Keys(every[:-1])
    keys.append(every[-1])
    assert len(keys) == 7
    assert list(keys) == every
    assert (keys[0], keys[-1], list(keys[1:5:2])) == (every[0], every[-1], every[1:5:2])
    assert every[3] in keys
    with pytest.raises(IndexError):
        keys[7]


def test_keys_in_a_row_take_a_quarter_of_what_they_take_as_text():
    keys = Keys(f"{n:064x}" for n in range(10_000))
    assert sys.getsizeof(keys._bytes) < 10_000 * 40
