from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.sieve import Sieve, SieveWriter


def made(names: list[str], places: int) -> Sieve:
    writer = SieveWriter(places)
    writer.add(names)
    return Sieve(b"before" + bytes(writer.bits) + b"after", len(b"before"), writer.size)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)))))
def test_no_name_put_in_is_held_back(names: list[str]) -> None:
    assert made(names, 1).sifted(names) == names


def test_most_of_what_was_not_put_in_is_held_back() -> None:
    sieve = made([f"town {i}" for i in range(3_500)], 1_000)
    through = sieve.sifted([f"word {i}" for i in range(3_500)])
    assert len(through) < 700
    assert all(map(sieve.may_hold, through))


def test_it_has_four_bytes_a_place() -> None:
    assert SieveWriter(1_000_000).size == 4_000_000
