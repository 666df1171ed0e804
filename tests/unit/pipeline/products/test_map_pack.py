from __future__ import annotations

import base64
import json
import re
import zlib

import pytest

from pipeline.products.map.pack import PLAIN_LIMIT, deflated, embed, pack, text_block

TEXTS = ["</script><script>window.__canary=1</script>", "{{7*191}}", "${x}", "a\u2028b", "\ud800", "a\x00b", "الرمادي",
         "&amp;<!--", "\U0001f600"]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_embedded_text_is_inert_and_comes_back(text):
    written = embed({"a": text})
    assert json.loads(written) == {"a": text}
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", written)


def test_embed_refuses_what_json_cannot_hold():
    with pytest.raises(ValueError, match="JSON"):
        embed({"a": float("nan")})


def test_repeated_text_becomes_a_dictionary():
    packed = pack([{"type": "Battles", "n": number % 3} for number in range(10)])
    assert packed["columns"]["type"] == {"d": ["Battles"], "i": [0] * 10}
    assert packed["columns"]["n"] == [number % 3 for number in range(10)]


def test_rising_numbers_become_steps():
    packed = pack([{"day": day} for day in (5, 5, 6, 9, 9, 9, 10, 12)])
    assert packed["columns"]["day"] == {"s": [5, 0, 1, 3, 0, 0, 1, 2]}


@pytest.mark.parametrize("values", [[None, *range(9)], [True] * 9, [1.5] * 9, ["a", *range(8)], [3, *range(9)]])
def test_other_columns_stay_as_they_are(values):
    assert pack([{"a": value} for value in values])["columns"]["a"] == values


@pytest.mark.parametrize("text", TEXTS)
def test_deflated_text_comes_back_and_holds_no_markup(text):
    block = text_block("x", embed(text * PLAIN_LIMIT))
    inside = re.search(r'<script type="text/x-sitmap-deflate" id="x">([A-Za-z0-9+/=]+)</script>', block).group(1)
    assert json.loads(zlib.decompress(base64.b64decode(inside))) == text * PLAIN_LIMIT


def test_deflating_twice_gives_the_same():
    assert deflated("a b" * 99) == deflated("a b" * 99)
