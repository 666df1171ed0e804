"""Bytes of any encoding become text, and what could not be read is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.decode import decode
from pipeline.ingest.text import clean

LATIN = "El ejército dijo el miércoles que tres aviones atacaron posiciones en la montaña, según Bogotá. " * 8
RUSSIAN = "Министерство обороны сообщило в среду, что три самолёта нанесли удар по складу под городом. " * 8
ARABIC = "قالت وزارة الدفاع يوم الأربعاء إن ثلاث طائرات قصفت مستودعا قرب المدينة في شمال البلاد. " * 8


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LATIN, "utf-8"),
        (LATIN, "utf-8-sig"),
        (ARABIC, "utf-16"),
        (RUSSIAN, "utf-16"),
        (ARABIC, "utf-8"),
        (LATIN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (ARABIC, "cp1256"),
    ],
)
def test_undeclared(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("declared", "encoding", "word"),
    [
        ("windows-1256", "cp1256", "الفلوجة"),
        ("iso-8859-1", "cp1252", "Bogotá – “x”"),
        ("windows-1251", "cp1251", "Мосул"),
        ("gb2312", "gb18030", "巴格达"),
        ("no-such-code", "utf-8", "Bogotá"),
        ("iso-8859-1", "utf-8", "Bogotá"),
        ("utf-7", "utf-8", "plain"),
    ],
)
def test_declared_by_a_page(declared, encoding, word):
    data = f'<html><head><meta charset="{declared}"></head><body>'.encode() + word.encode(encoding)
    assert decode(data, html=True).text.endswith(word)


def test_replaced_bytes_are_counted():
    decoded = decode("Bogotá y Medellín, Cúcuta".encode() + b"\xff\xfe")
    cleaned = clean(decoded.text)
    assert cleaned.text.endswith("\N{REPLACEMENT CHARACTER}" * 2)
    assert cleaned.notes == ("2 undecodable characters replaced",)


@given(st.binary(max_size=200), st.booleans())
def test_never_raises(data, html):
    text = clean(decode(data, html=html).text).text
    assert text.encode("utf-8").decode("utf-8") == text
