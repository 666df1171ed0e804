"""What holds of every text: spans slice exactly, ascend, never overlap; each mention gets one answer and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer
from pipeline.ingest import article_from_record
from pipeline.models import Article
from pipeline.parse import ParsedText
from pipeline.toponyms import ModelRecognizer, mention_from_span, resolve_toponyms

NAUGHTY = Path(__file__).resolve().parents[5] / "shared" / "badinput" / "blns.json"
Parse = Callable[[Article], ParsedText]

FRAGMENTS = st.sampled_from(
    ["Mosul", "near", "Zurf al Saqr", ",", "south of", "Baghdad", "the", "Iraq-Syria border", ".", "Anbar province",
     "\u202e", "and", "in", "Hit", "30 km", "U.S. officials said", "\r\n", "\n\n", "\u200b", "😀", "جرف الصخر",
     "’s", "of", "University", "(", ")", "/", "-",
     "Yemeni", "WASHINGTON", "Nov 21 (Reuters) -", "e\u0301", "\ufeff", "’", "A", "Va."]
)  # fmt: skip
TEXTS = st.lists(st.tuples(FRAGMENTS, st.sampled_from([" ", "", "\r\n"])), min_size=1, max_size=25).map(
    lambda rows: "x " + "".join(word + gap for word, gap in rows)
)
slow_fixtures = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def article_of(text: str) -> Article:
    return article_from_record({"doc_id": "case", "text": text}, path="case", line=1)


@given(text=TEXTS)
@slow_fixtures
def test_mentions_slice_exactly_and_each_is_answered(index: Gazetteer, parse: Parse, text: str) -> None:
    article = article_of(text)
    mentions = ModelRecognizer(index).recognize(article, parse(article))
    assert all(article.text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    resolutions = resolve_toponyms(article, mentions, gazetteer=index)
    assert [(r.mention.start, r.mention.end) for r in resolutions] == [(m.start, m.end) for m in mentions]
    for resolution in resolutions:
        assert resolution.reasons
        assert 0.0 <= resolution.score <= 1.0
        assert (resolution.place is None) == (resolution.status in {"unmatched", "rejected"})
        assert (resolution.geo_precision is None) == (resolution.place is None)


@given(text=TEXTS, data=st.data())
@slow_fixtures
def test_the_same_text_gives_the_same_answers(index: Gazetteer, text: str, data: st.DataObject) -> None:
    article = article_of(text)
    start = data.draw(st.integers(0, max(0, len(article.text) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(article.text))))
    if not article.text:
        return
    mention = mention_from_span(article, start, min(end, len(article.text)))
    once = resolve_toponyms(article, [mention], gazetteer=index)
    assert once == resolve_toponyms(article, [mention], gazetteer=index)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        mention_from_span(article_of("Mosul fell."), start, end)


@pytest.mark.skipif(not NAUGHTY.is_file(), reason="shared/badinput/blns.json is missing")
def test_naughty_strings_raise_nothing(index: Gazetteer, parse: Parse) -> None:
    strings = [s for s in json.loads(NAUGHTY.read_text("utf8")) if s.strip()]
    article = article_of("\n\n".join(f"Shelling hit {s} near Mosul." for s in strings))
    mentions = ModelRecognizer(index).recognize(article, parse(article))
    found = resolve_toponyms(article, mentions, gazetteer=index)
    assert sum(r.mention.text == "Mosul" for r in found) > len(strings) // 2
