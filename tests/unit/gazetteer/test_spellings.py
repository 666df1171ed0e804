from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.spellings import Named, Spellings, packed_names

posting = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**16 - 1))
word = st.text("abcdzxйص ", min_size=1).filter(str.strip)
named = st.tuples(word, word, st.lists(posting, min_size=1))
rows = st.lists(st.tuples(st.text("BDF"), st.lists(named, min_size=1)))


def told(heard: Spellings) -> list[Named]:
    return [(name, heard.letters[i], list(heard.bearers(i))) for i, name in enumerate(heard.names)]


@given(rows)
def test_all_comes_back_in_its_order(kept: list[tuple[str, list[Named]]]) -> None:
    heard = Spellings((key, *packed_names(names)) for key, names in kept)
    assert told(heard) == [one for _, names in kept for one in names]
    assert heard.keys == [key for key, names in kept for _ in names]
    assert [heard.likeliest(i) for i in range(len(heard.names))] == [b[0][0] for _, names in kept for _, _, b in names]


def test_letters_that_are_the_names_without_spaces_are_not_kept() -> None:
    assert packed_names([("kafr zayta", "kafrzayta", [(1, 0)]), ("homs", "homs", [(2, 0)])])[1] is None


def test_letters_without_an_article_are() -> None:
    assert packed_names([("kafr zayta", "kafrzayta", [(1, 0)]), ("al bab", "bab", [(2, 0)])])[1] == "kafrzayta\nbab"


def test_a_name_of_one_place_takes_six_bytes() -> None:
    assert len(packed_names([("homs", "homs", [(2, 0)])])[2]) == 6


def test_no_more_names_than_asked_for() -> None:
    first, second = (packed_names([(name, name, [(i, 0)])]) for i, name in enumerate(("hims", "homs")))
    heard = Spellings([("HMS", *first), ("HMS", *second)], most=1)
    assert (heard.names, heard.letters) == (["hims"], ["hims"])


@given(rows, st.integers(1, 8))
def test_the_first_names_are_what_they_are_among_all(kept: list[tuple[str, list[Named]]], most: int) -> None:
    packed = [(key, *packed_names(names)) for key, names in kept]
    some, every = Spellings(packed, most), Spellings(packed)
    assert told(some) == told(every)[:most]
    assert some.keys == every.keys[:most]
