from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reports import AVON_NORTH, AVON_SOUTH, BRANT, mentions_of, table_of

from pipeline.toponyms.features import COLUMN, Table
from pipeline.toponyms.rank import WeightedRanker, shared_out
from pipeline.toponyms.resolve import chances


def evenly(table: Table) -> np.ndarray:
    """The same share for each candidate of a mention."""
    return np.array([1.0 / len(table.sheet.candidates(int(owner))) for owner in table.sheet.owner])


def value(table: Table, place_id: str, feature: str) -> float:
    rows = [row for row in range(len(table.values)) if table.candidate(row).place.place_id == place_id]
    return float(table.values[rows[0], COLUMN[feature]])


def test_nothing_of_the_report_is_known_at_first() -> None:
    table = table_of("Avon and Brant were quiet.")
    assert table.values[:, COLUMN["country"] :].sum() == 0
    assert value(table, AVON_SOUTH.place_id, "rank") == 1.0
    assert value(table, AVON_NORTH.place_id, "rank") == 0.5


def test_other_names_speak_for_their_country_and_province_and_not_for_themselves() -> None:
    table = table_of("Avon and Brant were quiet.")
    table.hear(evenly(table))
    assert value(table, "t:an", "country") > value(table, "t:as", "country") == 0.0
    assert value(table, "t:an", "admin1_first") == 1.0
    assert value(table, "t:b", "country") == pytest.approx(
        0.5 / 2
    )  # half of Avon's voice, and one for what is not said


def test_what_is_near_is_felt_at_its_scale() -> None:
    table = table_of("Avon and Brant were quiet.")
    table.hear(evenly(table))
    north = [value(table, "t:an", f) for f in ("nearby_30", "nearby", "nearby_200", "nearby_600")]
    assert north == sorted(north)
    assert north[1] == pytest.approx(np.exp(-12.26 / 60), abs=0.01)
    assert value(table, "t:as", "nearby_600") < 0.01
    assert table.nearest(1) == "Brant"


def test_an_area_beside_a_name_holds_it() -> None:
    table = table_of("Avon, Hills, was quiet.")
    table.hear(evenly(table))
    assert (value(table, "t:an", "container"), value(table, "t:as", "container")) == (1.0, -0.5)
    assert value(table, "d:h", "holding") == pytest.approx(0.5)
    assert value(table, "d:h", "holder") == 1.0


def test_a_name_placed_once_is_placed_so_throughout() -> None:
    text = "Avon, Hills, was quiet. Later Avon was hit."
    first = mentions_of(text)
    again = replace(first[0], start=30, end=34)
    table = table_of(text, [*first, again])
    table.hear(evenly(table))
    rows = table.sheet.rows(2)
    assert table.values[rows, COLUMN["container"]].tolist() == [-0.5, 1.0]


def test_consonants_alone_need_the_country() -> None:
    alone, beside = table_of("Avvon was quiet."), table_of("Avvon and Northland were quiet.")
    for table in (alone, beside):
        table.hear(evenly(table))
    assert value(alone, "t:an", "spelling") == -1.0
    assert value(beside, "t:an", "spelling") > value(beside, "t:as", "spelling")


def test_a_cue_fits_a_kind_of_place() -> None:
    mention = replace(mentions_of("the town of Avon")[0], cues=("feature: town",))
    province = replace(mentions_of("Hills province")[0], cues=("feature: town",))
    assert value(table_of("", [mention]), "t:an", "cue") == 1.0
    assert value(table_of("", [province]), "d:h", "cue") == pytest.approx(-0.6)


def test_the_plain_scoring_takes_the_larger_town_but_for_the_company_it_keeps() -> None:
    ranker = WeightedRanker()
    lone, among = table_of("Avon was quiet."), table_of("Avon and Brant in Hills, Northland, were quiet.")
    assert lone.candidate(int(np.argmax(chances(lone, ranker)))).place == AVON_SOUTH
    shares = chances(among, ranker)
    avon = among.sheet.rows(0)
    assert among.sheet.candidates(0)[int(np.argmax(shares[avon]))].place == AVON_NORTH
    assert among.sheet.candidates(1)[0].place == BRANT


def test_contributions_of_the_plain_scoring_sum_to_its_score() -> None:
    table, ranker = table_of("Avon and Brant were quiet."), WeightedRanker()
    chances(table, ranker)
    names, added = ranker.contributions(table.values)
    assert added.shape == (len(table.values), len(names))
    weights = [ranker.weights.weights[name] for name in names]
    assert added.sum(axis=1) == pytest.approx(table.values[:, [COLUMN[name] for name in names]] @ weights)


def test_shares_leave_room_for_none_of_these() -> None:
    found = shared_out(np.array([800.0, 0.0, -800.0]), np.array([0, 2]))
    assert found.tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_a_name_that_stands_only_in_boilerplate_is_not_heard() -> None:
    text = "Avon is told of in Brant."
    avon, brant = mentions_of(text)
    for cues in ((), ("boilerplate: related",)):
        table = table_of(text, [replace(avon, cues=cues), brant])
        table.hear(np.array([0.1, 0.9, 1.0]))
        heard = table.values[2, COLUMN["country"]]
        assert (heard > 0) == (not cues)
