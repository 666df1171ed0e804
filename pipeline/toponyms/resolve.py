"""Decide what each mention means: passes of ranking, each with what the one before found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, Place
from pipeline.models import Alternative, Article, Mention, MentionStatus, Reason, Resolution
from pipeline.toponyms.anchors import with_anchors
from pipeline.toponyms.belief import LEAST, Belief, grounds_of, is_weighed
from pipeline.toponyms.borders import border_of
from pipeline.toponyms.capitals import with_capitals
from pipeline.toponyms.context import Homes
from pipeline.toponyms.explain import reasons_of
from pipeline.toponyms.features import COLUMN, WEAK, Table
from pipeline.toponyms.footprints import place_footprint
from pipeline.toponyms.geodesy import KM_A_DEGREE, distance_km
from pipeline.toponyms.held_to_words import hold_to_words
from pipeline.toponyms.joint_footprints import relate
from pipeline.toponyms.learned import load_ranker
from pipeline.toponyms.listed import with_shared_nouns
from pipeline.toponyms.outlet import host_of, outlet_home
from pipeline.toponyms.press import press_homes
from pipeline.toponyms.ragged import Ragged
from pipeline.toponyms.rank import Ranker
from pipeline.toponyms.readings import Floats, NameBook, Readings, name_book, readings_of
from pipeline.toponyms.scan import heard_in_passing
from pipeline.toponyms.sheet import MOST_REPORTS, Sheet
from pipeline.toponyms.surroundings import Bonds, bonds_of

SURE = 0.5
ALTERNATIVES = 5
EXPLAINED = 3  # the taken one and its first runners-up
SOME_SUPPORT = 0.1  # of the document, for a candidate that the words beside the name speak against
COARSE_SURE = 0.4  # the least share of a place that only shares its consonants with the name
PASSES = 2  # of ranking with what the pass before found
SAME_GROUND_KM = 25.0
FEWEST = 3  # names of a text that says enough to speak against one of them: a headline does not


def resolve_toponyms(
    article: Article,
    mentions: Sequence[Mention],
    *,
    gazetteer: Gazetteer,
    ranker: Ranker | None = None,
    read_rest: bool = False,
    explained: int = EXPLAINED,
) -> tuple[Resolution, ...]:
    """Return one resolution a mention, in order.

    Parameters
    ----------
    article : Article
    mentions : sequence of Mention
        Ascending, as a :class:`~pipeline.toponyms.recognize.Recognizer` makes them.
    gazetteer : Gazetteer
    ranker : Ranker, optional
        Default: the learned one.
    read_rest : bool
        Hear the well-known names of the text that are not among the mentions, too.
    explained : int
        How many of a mention's candidates get reasons, the one taken first: what nobody reads need not be said.

    Returns
    -------
    tuple of Resolution
        With status, reasons and up to five runners-up each.
    """
    return resolve_together(
        [(article, mentions)], gazetteer=gazetteer, ranker=ranker, read_rest=read_rest, explained=explained
    )[0]


def resolve_together(
    reports: Sequence[tuple[Article, Sequence[Mention]]],
    *,
    gazetteer: Gazetteer,
    ranker: Ranker | None = None,
    read_rest: bool = False,
    explained: int = EXPLAINED,
) -> list[tuple[Resolution, ...]]:
    """Return one resolution a mention, for several reports: those of one outlet tell where it is at home.

    Parameters
    ----------
    reports : sequence of (Article, sequence of Mention)
        Their order does not matter; all are held in memory.
    gazetteer, ranker, read_rest, explained
        As for :func:`resolve_toponyms`.

    Examples
    --------
    >>> resolve_together([(article, mentions)], gazetteer=gazetteer)  # doctest: +SKIP
    [(Resolution(...), ...)]
    """
    ranker = ranker or load_ranker()
    marked = [(article, with_anchors(article.text, mentions)) for article, mentions in reports]
    asked = [read_in(article, found, gazetteer=gazetteer, read_rest=read_rest) for article, found in marked]
    sought = sought_together([each for each in asked if each is not None])
    with one_thread():
        shares = chances_of([lot.table for lot in sought], [host for lot in sought for host in lot.hosts], ranker)
        told = (answers_of(lot, share, ranker, explained) for lot, share in zip(sought, shares, strict=True))
        answers = chain.from_iterable(told)
        answered = [next(answers) if each else {} for each in asked]
    return [
        _related(
            article.text,
            [_resolution(m, told.get(n), gazetteer, ranker.belief) for n, m in enumerate(found)],
            gazetteer,
        )
        for (article, found), told in zip(marked, answered, strict=True)
    ]


def _related(text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Return the resolutions as the words between the names leave them."""
    meant = with_capitals(text, hold_to_words(text, resolutions, gazetteer), gazetteer)
    return relate(text, meant, gazetteer)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report asks: its names with their readings, and the number of each mention (-1: only heard in passing)."""

    mentions: tuple[Mention, ...]
    readings: tuple[Readings, ...]
    numbers: tuple[int, ...]
    bonds: tuple[Bonds, ...]
    outlet: str
    homes: Homes
    host: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What some reports ask together: their features, the number of each mention of the table in its report.

    ``outlets`` and ``hosts`` are those of each report.
    """

    table: Table
    numbers: tuple[int, ...]
    outlets: tuple[str, ...]
    hosts: tuple[str, ...]


def read_in(article: Article, mentions: Sequence[Mention], *, gazetteer: Gazetteer, read_rest: bool) -> Asked | None:
    """Return the candidates of all mentions that have any, with what stands beside them; None if none has."""
    book = name_book(gazetteer)
    live = _with_readings(enumerate(mentions), book)
    if not live:
        return None
    if read_rest:
        live += _with_readings(((-1, m) for m in heard_in_passing(article, mentions, book)), book)
        live.sort(key=lambda row: (row[1].start, row[1].end))
    ours = with_shared_nouns(article.text, [m for _, m, _ in live])
    numbers, _, readings = zip(*live, strict=True)
    outlet, homes = outlet_home(article, book)
    return Asked(
        tuple(ours), readings, numbers, tuple(bonds_of(article.text, ours)), outlet, homes, host_of(article.url)
    )


def sought_together(reports: Sequence[Asked]) -> list[Sought]:
    """Return what reports ask, as many in a table as it holds."""
    return [_sought(reports[at : at + MOST_REPORTS]) for at in range(0, len(reports), MOST_REPORTS)]


def _sought(reports: Sequence[Asked]) -> Sought:
    mentions = Ragged.of([len(report.mentions) for report in reports])
    bonds = [
        bond.moved(by) for by, report in zip(mentions.begins.tolist(), reports, strict=True) for bond in report.bonds
    ]
    sheet = Sheet.of(
        [m for report in reports for m in report.mentions],
        [r for report in reports for r in report.readings],
        mentions.owners.tolist(),
    )
    return Sought(
        Table(sheet, bonds, [report.homes for report in reports]),
        tuple(number for report in reports for number in report.numbers),
        tuple(report.outlet for report in reports),
        tuple(report.host for report in reports),
    )


def _with_readings(mentions: Iterable[tuple[int, Mention]], book: NameBook) -> list[tuple[int, Mention, Readings]]:
    return [(n, m, readings) for n, m in mentions if (readings := _readings(m, book)) is not None]


def _readings(mention: Mention, book: NameBook) -> Readings | None:
    if mention.kind == "descriptive":
        border = border_of(mention.text, book.gazetteer)
        sides = border.countries if border else ()
        return readings_of(mention.text, [Candidate(side, side.name, "exact", 1.0) for side in sides])
    name = mention.text if mention.text.isalpha() else re.sub(r"\s+", " ", mention.text)
    return book.readings(name, adjective=mention.kind == "demonym")


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Let matrices be multiplied in this thread: the networks are so small that handing parts to others costs more."""
    limits: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limits


def chances(table: Table, ranker: Ranker) -> Floats:
    """Rank in passes and return the chance of each row of the table, which then holds what was heard last."""
    return chances_of([table], [""], ranker)[0]


def chances_of(tables: Sequence[Table], hosts: Sequence[str], ranker: Ranker) -> list[Floats]:
    """Return the chances of the rows of each table; the reports of one host tell each other where it is at home.

    ``hosts`` are of each report, table after table.
    """
    shares = [ranker.shares(table.values, table.sheet.first, alone=True) for table in tables]
    for number in range(PASSES):
        if number and len(hosts) > 1:
            homes = iter(press_homes([table.sheet for table in tables], shares, hosts))
            for table in tables:
                table.settle(list(islice(homes, len(table.sheet.lines_of))))
        shares = [_heard_out(table, share, ranker) for table, share in zip(tables, shares, strict=True)]
    return shares


def _heard_out(table: Table, shares: Floats, ranker: Ranker) -> Floats:
    table.hear(shares)
    return ranker.shares(table.values, table.sheet.first, alone=False)


class Answer(NamedTuple):
    """The candidates of a mention, best first; what was said of the best; the chance that none is meant.

    ``share`` is the chance of the best and of those on the same ground; ``grounds`` are what tells whether to believe
    it, empty for names that were not judged when found.
    """

    ranked: tuple[Ranked, ...]
    contradicted: bool
    supported: bool
    none: float
    share: float
    grounds: tuple[float, ...]


class Ranked(NamedTuple):
    """A candidate with its chance of being meant and why."""

    candidate: Candidate
    score: float
    reasons: tuple[Reason, ...]


def answers_of(
    sought: Sought, shares: Floats, ranker: Ranker, explained: int = EXPLAINED
) -> Iterator[dict[int, Answer]]:
    """Yield for each report the answer for each number of a mention that has candidates."""
    table, sheet = sought.table, sought.table.sheet
    best = _best(sought, shares)
    rows = [row for some in best.values() for row in some[:explained]]
    reasons = dict(zip(rows, _reasons(sought, ranker, rows), strict=True))
    heard = zip(*_heard(table, [some[0] for some in best.values()]), strict=True)
    none = (1.0 - np.add.reduceat(shares, sheet.first)).tolist()
    chance, candidate, told_of = shares.tolist(), sheet.every_candidate(), sheet.names_of.sizes.tolist()
    answers: list[dict[int, Answer]] = [{} for _ in sought.hosts]
    for (mention, some), said in zip(best.items(), heard, strict=True):
        report = int(sheet.report_of[mention])
        ranked = tuple(Ranked(candidate[row], chance[row], reasons.get(row, ())) for row in some)
        share = _share(ranked)
        grounds = _grounds(table, some[0], share) if told_of[report] >= FEWEST else ()
        answers[report][sought.numbers[mention]] = Answer(ranked, *said, none[mention], share, grounds)
    yield from answers


def _best(sought: Sought, shares: Floats) -> dict[int, list[int]]:
    """Return by mention of the table its rows, the likeliest first, of those mentions that are asked about."""
    sheet = sought.table.sheet
    order = np.lexsort((-shares, sheet.owner)).tolist()
    return {
        mention: order[span.start : min(span.stop, span.start + ALTERNATIVES + 1)]
        for mention, (number, span) in enumerate(zip(sought.numbers, sheet.spans, strict=True))
        if number >= 0
    }


def _share(ranked: Sequence[Ranked]) -> float:
    """Return the chance of the best and of what lies on the same ground: a town and the province around it."""
    best = ranked[0].candidate.place
    return min(1.0, ranked[0].score + sum(r.score for r in ranked[1:] if _same_ground(best, r.candidate.place)))


def _grounds(table: Table, row: int, share: float) -> tuple[float, ...]:
    """Return what there is to weigh of an answer; nothing where it lies as the words beside the name say."""
    mention = table.sheet.mentions[int(table.sheet.owner[row])]
    lies_there = table.values[row][COLUMN["container"]] > 0
    if lies_there or not is_weighed(mention):
        return ()
    return grounds_of(mention, table.candidate(row).place, share, table.values[row])


def _heard(table: Table, rows: Sequence[int]) -> tuple[list[bool], list[bool]]:
    """Return for some rows whether the words beside the name contradict them, and whether the report supports them."""
    values = table.values[rows]
    against = values[:, [COLUMN["container"], COLUMN["relation"]]].min(axis=1) < 0
    supported = values[:, [COLUMN["country"], COLUMN["nearby"]]].max(axis=1) >= SOME_SUPPORT
    return against.tolist(), supported.tolist()


def _reasons(sought: Sought, ranker: Ranker, rows: Sequence[int]) -> Iterator[tuple[Reason, ...]]:
    """Yield the reasons of each row; rows that are alike, as those of one name mostly are, are explained once."""
    table = sought.table
    keys = [(int(table.sheet.line[row]), table.values[row].tobytes()) for row in rows]
    alike = dict(zip(reversed(keys), reversed(rows), strict=True))
    names, added = ranker.contributions(table.values[list(alike.values())])
    outlets = [sought.outlets[number] for number in table.sheet.report.tolist()]  # of each line
    told = {
        key: reasons_of(names, each, table.candidate(row), {"nearby": table.nearest(row), "outlet": outlets[key[0]]})
        for (key, row), each in zip(alike.items(), added, strict=True)
    }
    return (told[key] for key in keys)


def _resolution(mention: Mention, answer: Answer | None, gazetteer: Gazetteer, weigh: Belief) -> Resolution:
    if mention.kind == "descriptive":
        return Resolution(mention, "unmatched")  # a border: drawn where all places are known
    if answer is None:
        why = Reason("no candidate", 0.0, "the gazetteer has no place of this name")
        return Resolution(mention, "unmatched", reasons=(why,))
    ranked, best = answer.ranked, answer.ranked[0]
    belief = weigh.chance(answer.grounds) if answer.grounds else 1.0
    against = _why_not(answer) or _why_not_believed(answer, belief)
    if against is not None:
        status: MentionStatus = "rejected" if against.feature == "belief" and mention.likelihood < 0.5 else "unmatched"
        return Resolution(mention, status, reasons=(against,), alternatives=_alternatives(ranked[:ALTERNATIVES]))
    place = best.candidate.place
    footprint, geo, where, method = place_footprint(mention, place, gazetteer)
    if method == "exact" and best.candidate.match in {"skeleton", "fuzzy"}:
        method = "fuzzy"
    score = answer.share
    status = "resolved" if score >= SURE else "ambiguous"
    others = _alternatives(ranked[1:])
    return Resolution(mention, status, place, round(score, 4), best.reasons, others, footprint, geo, where, method)


def _why_not(answer: Answer) -> Reason | None:
    """Return why not even the best candidate is taken, if it is not."""
    best = answer.ranked[0]
    place, name = best.candidate.place, best.candidate.matched_name
    if answer.contradicted and not answer.supported and place.feature_class in {"P", "S"}:
        return Reason("elsewhere", 0.0, f"{place.name} ({place.country}) is not where the words say")
    if best.candidate.match in {"skeleton", "fuzzy"}:
        if answer.contradicted or best.score < COARSE_SURE:
            return Reason("too unsure", 0.0, f"the nearest name is “{name}”, too far off to be taken")
    elif best.score < min(WEAK, answer.none):
        words = "; ".join(reason.text for reason in best.reasons if reason.contribution < 0)
        return Reason("nothing fits", 0.0, f"not even {place.name} ({place.country}) fits: {words}")
    return None


def _why_not_believed(answer: Answer, belief: float) -> Reason | None:
    """Return why an answer is not believed, if it is not."""
    if belief >= LEAST:
        return None
    place = answer.ranked[0].candidate.place
    return Reason(
        "belief", 0.0, f"only {belief:.0%} sure that this is a place, and {place.name} ({place.country}) the one"
    )


def _alternatives(ranked: Sequence[Ranked]) -> tuple[Alternative, ...]:
    return tuple(Alternative(r.candidate.place, round(r.score, 4), r.reasons) for r in ranked)


def _same_ground(place: Place, other: Place) -> bool:
    """Whether two candidates are a town and the province around it, or one place from two sources."""
    if place.country != other.country:
        return False
    if other.place_id == place.admin1_id or place.place_id == other.admin1_id:
        return True
    if abs(place.lat - other.lat) * KM_A_DEGREE > SAME_GROUND_KM:  # as most are, without a look at how far to the east
        return False
    return distance_km(place.lat, place.lon, other.lat, other.lon) <= SAME_GROUND_KM
