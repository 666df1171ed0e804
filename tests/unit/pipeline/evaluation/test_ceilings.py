from __future__ import annotations

from evaluation_documents import document

from gazetteer.index import Gazetteer
from pipeline.evaluation.ceilings import candidates_of, ceiling_and_baseline, most_populous


def test_any_candidate_reaches_the_ceiling_and_the_most_populous_is_the_baseline(gazetteer: Gazetteer) -> None:
    found = ceiling_and_baseline([document("a"), document("b")], gazetteer)
    assert found == {"ceiling": 1.0, "population": 2 / 3}, "the larger Springfield is the other one"


def test_a_demonym_counts_as_its_land(gazetteer: Gazetteer) -> None:
    assert [c.place.place_id for c in candidates_of("Iraqi", gazetteer)] == ["gn:iq"]
    assert ceiling_and_baseline([document("c")], gazetteer, near_km=100.0)["ceiling"] == 1.0


def test_a_name_over_a_line_end_is_one_name(gazetteer: Gazetteer) -> None:
    assert candidates_of("Saint\n  John", gazetteer)[0].place.place_id == "gn:stjohn"


def test_nothing_known_is_no_place_and_nothing_annotated_no_error(gazetteer: Gazetteer) -> None:
    assert most_populous(candidates_of("Qxzzvland", gazetteer)) is None
    assert ceiling_and_baseline([], gazetteer) == {"ceiling": 0.0, "population": 0.0}
