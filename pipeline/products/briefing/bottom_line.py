"""The bottom line up front: at most five sentences, none of which says more than its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.products.briefing.facts import (
    Group,
    Selection,
    Toll,
    by_province,
    by_type,
    groups,
    is_claimed,
    span,
    toll,
)
from pipeline.products.briefing.incidents import Incident
from pipeline.products.briefing.prose import Part, Sentence, count, day, joined, name, sentence
from pipeline.products.briefing.region import Region
from pipeline.products.briefing.trend import Comparison
from pipeline.products.briefing.words import plural, span_phrase

MOST = 5
#: More names than this at the top are a tie not worth listing.
_TIE = 3


def bottom_line(selection: Selection, region: Region | None, comparison: Comparison | None) -> tuple[Sentence, ...]:
    """Write the bottom line.

    Parameters
    ----------
    selection : Selection
    region : Region or None
        Named in the text; None for everywhere.
    comparison : Comparison or None
        Of a week; takes the place of the line on placement.

    Returns
    -------
    tuple of Sentence
        At most five.
    """
    if not selection.counted:
        return tuple(_nothing(selection, region))
    rows = selection.counted
    last = _placement(rows) if comparison is None else _trend(comparison)
    lines = [_scope(selection, region), _types_and_places(rows), _actors(rows), _harm(rows), last]
    return tuple(line for line in lines if line)[:MOST]


def _nothing(selection: Selection, region: Region | None) -> Iterator[Sentence]:
    """Say that there is nothing, and that this is not the same as quiet."""
    when = f" for {span_phrase(*selection.period)}" if selection.period else ""
    where: list[str | Part] = [" in ", name(region.name)] if region else []
    yield sentence("The reports at hand tell of no incident", *where, f"{when}.")
    yield sentence("That is a statement about these reports: it does not show that nothing happened.")
    if selection.possible:
        verb = "may belong here, but is" if len(selection.possible) == 1 else "may belong here, but are"
        noun = plural(len(selection.possible), "incident")
        yield sentence(count(selection.possible), f" {noun} {verb} placed or dated too coarsely to tell.")


def _scope(selection: Selection, region: Region | None) -> Sentence:
    """Say how many incidents, where, when, and how many are one party's claim."""
    rows = selection.counted
    claimed = [one for one in rows if is_claimed(one)]
    claim = f" of them {plural(len(claimed), 'rests', 'rest')} on one party’s claim"
    tail: list[str | Part] = ["; ", count(claimed), claim] if claimed else []
    maybe = selection.possible
    coarse = f" more {plural(len(maybe), 'is', 'are')} placed or dated too coarsely to be counted here"
    tail += ["; ", count(maybe), coarse] if maybe else []
    head = f" {plural(len(rows), 'incident is', 'incidents are')} reported"
    return sentence(count(rows), head, *_where(rows, region), *_days(rows), *tail, ".")


def _where(rows: Sequence[Incident], region: Region | None) -> list[str | Part]:
    """Name the region, or the countries when they are few, or count them; and how many lie in none that is known."""
    if region is not None:
        return [" in ", name(region.name)]
    found = groups(rows, lambda one: one.country)
    if not found:
        return [", none in a known country,"]
    few = len(found) <= _TIE + 1
    named = joined([[name(group.name[0])] for group in found]) if few else [_distinct(found, "countries"), " countries"]
    located = [one for one in rows if one.country]
    return [" in ", *named] if len(located) == len(rows) else [", ", count(located), " of them in ", *named, ","]


def _distinct(found: Sequence[Group], what: str) -> Part:
    """Return how many different things the rows name."""
    rows = [one for group in found for one in group.incidents]
    return Part(str(len(found)), "figure", what, tuple(sorted(one.event_id for one in rows)), str(len(found)))


def _days(rows: Sequence[Incident]) -> list[str | Part]:
    """Say the first and the last day, and how many have none."""
    found = span(rows)
    if found is None:
        return [", none of them dated"]
    dated = [one for one in rows if one.day is not None]
    first, last = day(found[0], "first day", dated), day(found[1], "last day", dated)
    days: list[str | Part] = [" on ", first] if found[0] == found[1] else [" between ", first, " and ", last]
    undated = [one for one in rows if one.day is None]
    return [*days, " (", count(undated), " without a date)"] if undated else days


def _types_and_places(rows: Sequence[Incident]) -> Sentence:
    """Say the most frequent type, and the province with the most incidents."""
    if len(rows) == 1:
        return ()
    provinces = [group for group in by_province(rows) if group.incidents[0].admin1]
    types = _leading("The most frequent type is ", "The most frequent types are ", by_type(rows))
    places = _leading("the province with the most is ", "the provinces with the most are ", provinces)
    if not types or not places:
        lines = types or places
        return sentence(*_capital(lines), ".") if lines else ()
    return sentence(*types, "; ", *places, ".")


def _leading(one: str, many: str, found: Sequence[Group]) -> list[str | Part]:
    """Name the largest group, or those that share the first place; nothing where too many do."""
    top = [group for group in found if len(group.incidents) == len(found[0].incidents)]
    if not top or len(top) > _TIE:
        return []
    return [one if len(top) == 1 else many, *joined([_with_count(group) for group in top])]


def _with_count(group: Group) -> list[str | Part]:
    """Name a group, with its number of incidents behind it."""
    return [name(", ".join(filter(None, group.name))), " (", group.count, ")"]


def _capital(pieces: list[str | Part]) -> list[str | Part]:
    """Begin with a capital letter."""
    first = pieces[0]
    return [first[:1].upper() + first[1:], *pieces[1:]] if isinstance(first, str) else pieces


def _actors(rows: Sequence[Incident]) -> Sentence:
    """Say who is named as perpetrator most often, and how often nobody is."""
    unnamed = [one for one in rows if not one.perpetrator]
    lead = _leading(
        "The perpetrator named most often is ",
        "The perpetrators named most often are ",
        groups(rows, lambda one: one.perpetrator),
    )
    if not lead and not unnamed:
        return ()
    if not lead:
        return sentence("In ", count(unnamed), " of ", count(rows), " no perpetrator is named.")
    tail: list[str | Part] = ["; in ", count(unnamed), " no perpetrator is named"] if unnamed else []
    return sentence(*lead, *tail, ".")


def _harm(rows: Sequence[Incident]) -> Sentence:
    """Say deaths and injured, with how many incidents state them."""
    return sentence("Deaths: ", *_sum(toll(rows, "deaths")), "; injured: ", *_sum(toll(rows, "injuries")), ".")


def _sum(sums: Toll) -> list[str | Part]:
    """Say one sum: exact where low, best and high agree, else its range; then how many incidents state it."""
    total = sums.total
    if not sums.stated:
        return ["not stated in any report"]
    best: list[str | Part] = [" (best estimate ", sums.figure("best"), ")"]
    if total.high is None:
        pieces: list[str | Part] = ["at least ", sums.figure("low"), *(best if total.best != total.low else [])]
    elif total.low == total.high:
        pieces = [sums.figure("low")]
    else:
        pieces = [sums.figure("low"), " to ", sums.figure("high"), *best]
    unstated: list[str | Part] = [" and not in ", count(sums.unstated)] if sums.unstated else []
    noun = plural(len(sums.stated), "incident")
    return [*pieces, ", stated in ", count(sums.stated), f" {noun}", *unstated]


def _placement(rows: Sequence[Incident]) -> Sentence:
    """Say how many are known to a site or town, and how many more coarsely or not at all."""
    fine = [one for one in rows if one.is_placed and one.geo_precision in {1, 2}]
    coarse = [one for one in rows if one.is_placed and one.geo_precision not in {1, 2}]
    nowhere = [one for one in rows if not one.is_placed]
    pieces: list[list[str | Part]] = []
    if fine:
        pieces.append([count(fine), " to a named site, town or district, or near one"])
    if coarse:
        pieces.append([count(coarse), " only to a province, sector, sea or country"])
    if nowhere:
        pieces.append([count(nowhere), " not at all"])
    return sentence("Placed: ", *joined(pieces), ".")


def _trend(comparison: Comparison) -> Sentence:
    """Say the change of the week, if the reports reach back far enough."""
    change = comparison.overall
    if not comparison.covered:
        return sentence("No trend is given: the reports at hand do not reach back over the four weeks before.")
    tail = "; one incident more or less would change that word" if change.hangs_on_one else ""
    small = ", by ACLED’s rule for small numbers" if change.is_small else ""
    return sentence(
        "Change: ",
        change.this_week,
        " this week against ",
        change.week_before,
        " the week before and a mean of ",
        change.mean,
        " in the four weeks before (",
        change.n,
        f" in all), a {change.word}{small}{tail}.",
    )
