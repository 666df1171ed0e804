from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.columns import Columns, ColumnWriter, Layout
from gazetteer.errors import SourceError
from gazetteer.models import Place

line = st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=12)
number = st.floats(-1e9, 1e9)
places = st.builds(
    Place,
    *(line, line, number, number, line, line, line, line, line, line),
    st.integers(0, 2**62),
    number,
    st.none() | st.tuples(number, number, number, number),
    line,
)


def written(path: Path, rows: list[tuple[Place, list[str]]]) -> Columns:
    path.write_bytes(b"database")
    with closing(ColumnWriter(path, len(rows))) as writer:
        for place, more in rows:
            writer.add(place, [place.name, *more], more)
        layout = writer.layout()
        writer.append_to(path)
    return Columns(path, len(b"database"), Layout.read(asdict(layout)))


@given(st.lists(st.tuples(places, st.lists(line, max_size=3)), min_size=1, max_size=5))
def test_places_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Place, list[str]]]
) -> None:
    columns = written(tmp_path_factory.mktemp("columns") / "x", rows)
    assert columns.count == len(rows)
    for i, (place, more) in enumerate(rows):
        assert columns.place(i) == place
        assert columns.labels(i) == [columns.label(i, which) for which in range(1 + len(more))] == [place.name, *more]
        assert [columns.called(i, which) for which in range(1 + len(more))] == [(place, n) for n in (place.name, *more)]
        assert (columns.country(i), columns.point(i)) == (place.country, (place.lat, place.lon))
        assert columns.kind(i) == (place.feature_class, place.feature_code, place.population)
        assert columns.sieve.sifted(more) == more
    assert columns.source_counts() == Counter(place.source for place, _ in rows)
    columns.close()


def test_towns_of_one_division_share_its_texts(tmp_path: Path) -> None:
    towns = [(Place(f"x:{i}", "T", 0.0, 0.0, "P", "PPL", admin1="Long name" * 9), []) for i in range(50)]
    written(tmp_path / "x", towns).close()
    assert (tmp_path / "x").read_bytes().count(b"Long name" * 9) == 1


def test_columns_cut_short_are_refused(tmp_path: Path) -> None:
    written(tmp_path / "x", [(Place("x:1", "Hit", 0.0, 0.0, "P", "PPL"), [])]).close()
    layout = Layout((8, 0, 68, 128), (), (), (), ())
    (tmp_path / "x").write_bytes((tmp_path / "x").read_bytes()[:-1])
    with pytest.raises(ValueError, match="cut short"):
        Columns(tmp_path / "x", len(b"database"), layout)


@pytest.mark.parametrize("sizes", [(7, 0, 0, 0), (8, 0, 0), (8, 0, 0, 0, 0), ("x", 0, 0, 0)])
def test_a_layout_of_something_else_is_refused(sizes: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match=r"sizes|invalid"):
        Layout.read({"sizes": sizes, "features": [], "countries": [], "sources": [], "places": []})


def test_too_many_values_of_a_numbered_column_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.columns._MOST", 2)
    rows = [(Place(f"x:{i}", "T", 0.0, 0.0, "P", "PPL", str(i)), []) for i in range(9)]
    with pytest.raises(SourceError, match="more than 2 countries: '3'"):
        written(tmp_path / "x", rows)
