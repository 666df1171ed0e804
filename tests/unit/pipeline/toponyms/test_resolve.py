from __future__ import annotations

from gazetteer import Gazetteer
from pipeline.models import Article, Resolution
from pipeline.toponyms import mention_from_span, resolve_toponyms
from pipeline.toponyms.relation_words import leading_in

TEXT = "Fighters left Tripoli for Misrata. Later Tripoli, Libya, was quiet."
NAMES = ("Tripoli", "Misrata", "Libya")


def resolved(index: Gazetteer, explained: int) -> tuple[Resolution, ...]:
    article = Article("d", TEXT)
    mentions = [mention_from_span(article, TEXT.index(name), TEXT.index(name) + len(name)) for name in NAMES]
    return resolve_toponyms(article, mentions, gazetteer=index, explained=explained)


def test_only_as_many_candidates_as_asked_get_reasons(index: Gazetteer) -> None:
    one, three = resolved(index, 1), resolved(index, 3)
    assert [r.reasons for r in one] == [r.reasons for r in three]
    assert all(r.reasons for r in one)
    assert not any(a.reasons for r in one for a in r.alternatives)
    assert [bool(a.reasons) for a in three[0].alternatives[:3]] == [True, True, False]
    assert [(a.place, a.score) for a in one[0].alternatives] == [(a.place, a.score) for a in three[0].alternatives]


def test_a_wording_is_tried_only_where_a_word_that_it_needs_stands() -> None:
    assert list(leading_in("the mayor of ")) == []
    assert {kind for kind, _ in leading_in("30 km from ")} == {"direction", "inside", "near"}
    assert {kind for kind, _ in leading_in("close\nto ")} == {"near"}
