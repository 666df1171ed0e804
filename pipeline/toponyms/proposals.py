"""Names that may be places: what the model took for one, and every capitalised run that the gazetteer knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.parse import Entity, Token
from pipeline.toponyms.cues import load_cues
from pipeline.toponyms.judge import LIKELY, UNLIKELY, Judge, probability
from pipeline.toponyms.labels import PLACE_LABELS
from pipeline.toponyms.signs import Reading, signs_of
from pipeline.toponyms.spans import MAX_WORDS, Spans, capitalised_runs, parts, trim
from pipeline.toponyms.unknown import names_unknown

OTHER_LABELS = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP", "LAW", "DATE"})
ARABIC_WORDS = frozenset({"al", "el", "abu", "ibn", "bin", "umm"})
ARTICLE = r"(?:al|el|as|ash|az|ez|ar|ad|an|at)"
ARTICLE_BEFORE = re.compile(rf"(?<!\w){ARTICLE}[- ]$", re.IGNORECASE)
ARTICLE_AFTER = re.compile(rf"[- ](?i:{ARTICLE})[- ][A-Z][\w'’]+")
NAME_WORD = re.compile(r"[A-Z][\w'’]+")
HYPHENATED = re.compile(r"(?<![\w-])[A-Z][\w'’]*(?:-\w[\w'’]*)+(?![\w-])")
NEXT_WORD = re.compile(r"[ -]([A-Z][\w'’]+)")
ENDS_OF_ROAD = re.compile(r"\s+(?:road|track|axis|highway|route|corridor|stretch|line|railway|border)\b")
OPENING = re.compile(r"(?<!\w)[A-Z][\w'’]+[ -]\Z")
LONGEST_OPENING = 24  # characters
JOINT = re.compile(r"\s*(?:,|and|or|&|,\s*and|/|-)\s*(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be a place: offsets, label of the model, and its signs."""

    start: int
    end: int
    label: str
    signs: tuple[str, ...]
    likelihood: float = 1.0


def propose(reading: Reading, taken: Spans) -> list[Proposal]:
    """Return the names that may be places, outside what is taken; they may overlap."""
    spans = dict.fromkeys(_of_model(reading, taken))
    spans |= dict.fromkeys(_of_gazetteer(reading, taken, spans))
    spans |= dict.fromkeys(_announced_by_cue(reading, taken))
    spans |= dict.fromkeys(_longer(reading, taken, spans))
    wholes = list(_unknown_wholes(reading, taken))
    spans = {s: None for s in spans if not any(start <= s[0] and s[1] <= end for start, end in wholes)}
    spans |= dict.fromkeys(wholes)
    spans |= dict.fromkeys(names_unknown(reading, taken, spans))
    return [Proposal(start, end, _label(reading, start), signs_of(reading, start, end)) for start, end in sorted(spans)]


def _label(reading: Reading, start: int) -> str:
    entity = reading.labels.entity_at(start)
    return entity.label if entity is not None else ""


def _of_model(reading: Reading, taken: Spans) -> Iterator[tuple[int, int]]:
    """Yield what the model labelled as places."""
    text, known = reading.parsed.text, reading.known
    for entity in reading.parsed.entities:
        if entity.label not in PLACE_LABELS:
            continue
        for start, end in parts(text, entity):
            name = text[start:end]
            if not known.is_adjective(name) and not known.is_plain_word(name):
                span = completed(reading, start, end)
                if not taken.overlaps(*span):
                    yield span


def _of_gazetteer(reading: Reading, taken: Spans, whole: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield known entities of other labels, then the longest known names in each capitalised run outside of these."""
    closed = Spans()
    for span in sorted(whole):
        if not _holds_a_town(reading, *span):
            closed.mark(*span)
    for start, end in (*_hyphenated(reading), *_known_entities(reading)):
        if not closed.overlaps(start, end) and not taken.overlaps(start, end):
            closed.mark(start, end)
            yield start, end
    for run in capitalised_runs(reading.parsed, taken, any_word=not reading.has_capitals):
        for first, last in _known_in(reading, run):
            start, end = completed(reading, run[first].start, run[last].end)
            if not closed.overlaps(start, end) and not taken.overlaps(start, end):
                yield start, end


def _holds_a_town(reading: Reading, start: int, end: int) -> bool:
    """Whether a place of the model's that the gazetteer lacks has words that are no name: "Hanover Town Hall"."""
    name = reading.parsed.text[start:end]
    words = set(name.lower().split()) - ARABIC_WORDS
    return not reading.known.has(name) and bool(load_cues().never_alone & words)


def _known_entities(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield entities of other labels whose whole name the gazetteer has: "Tower 22"; none in small letters: "bush"."""
    text = reading.parsed.text
    for entity in reading.parsed.entities:
        span = _trimmed(reading, entity) if entity.label in OTHER_LABELS else None
        if span is None or (reading.has_capitals and text[slice(*span)].islower()):
            continue
        if reading.known.has(text[slice(*span)]):
            yield _with_its_opening(reading, *span)


def _hyphenated(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield known names with hyphens, which a parse may take apart: "|Terre-des-Saules|"."""
    for found in HYPHENATED.finditer(reading.parsed.text):
        start, end = trim(reading.parsed.text, *found.span())
        if reading.has_capitals and reading.known.has(reading.parsed.text[start:end]):
            yield start, end


def _unknown_wholes(reading: Reading, taken: Spans) -> Iterator[tuple[int, int]]:
    """Yield names with a hyphen of which only a part is known: "the |Pablo-Picasso| estate" is not in Pablo.

    Two known names are two places, and so may be those of a road's ends ("the Kolofata-Kerawa track"); a name of some
    size stands for itself ("Dallas-Fort Worth").
    """
    text, known = reading.parsed.text, reading.known
    for found in HYPHENATED.finditer(text) if reading.has_capitals else ():
        start, end = trim(text, *found.span())
        names = [part for part in text[start:end].split("-") if part[:1].isupper()]
        apart = len(names) < len("AB") or any(map(known.is_prominent, names)) or all(map(known.has, names))
        apart = apart or ENDS_OF_ROAD.match(text, end) is not None or names[0].lower() in ARABIC_WORDS
        if not (apart or taken.overlaps(start, end) or known.has(text[start:end])):
            yield start, end


def _with_its_opening(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in a word before a name, without which it is another's: "Debre |Markos|", of which the model saw a man."""
    before = OPENING.search(reading.parsed.text, max(0, start - LONGEST_OPENING), start)
    if before is None or reading.labels.entity_at(before.start()) is not None:
        return start, end
    name = reading.parsed.text[before.start() : end]
    known = not reading.known.is_ordinary(name) and reading.known.has(name)
    return (before.start(), end) if known else (start, end)


def _known_in(reading: Reading, run: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield first and last token of the longest known names in a run, one after the other."""
    at = 0
    while at < len(run):
        last = _longest_known(reading, run, at)
        if last is not None:
            yield at, last
        at = at + 1 if last is None else last + 1


def _longest_known(reading: Reading, run: Sequence[Token], at: int) -> int | None:
    """Return the last token of the longest known name that begins at run[at]."""
    if reading.has_capitals and not run[at].text[:1].isupper():
        return None
    particles = load_cues().particles
    for last in range(min(len(run), at + MAX_WORDS) - 1, at - 1, -1):
        if run[last].text.lower() in particles and last > at:
            continue
        name = reading.parsed.text[run[at].start : run[last].end]
        if not reading.known.is_ordinary(name) and reading.known.has(name):
            return last if reading.has_capitals or reading.known.is_prominent(name) else None
    return None


def _announced_by_cue(reading: Reading, taken: Spans) -> Iterator[tuple[int, int]]:
    """Yield entities of other labels that the gazetteer lacks as written, where a word beside them says place."""
    text = reading.parsed.text
    entities = (_trimmed(reading, e) for e in reading.parsed.entities if e.label in OTHER_LABELS)
    for span in (*entities, *_struck(reading, taken)):
        if span is None or taken.overlaps(*span) or reading.known.has(text[slice(*span)]):
            continue
        near = reading.known.standing(text[slice(*span)]) == "near"
        if any(near or c in {"before its area", "relation", "placed"} for c in reading.cues_beside(*span)):
            yield span


def _longer(reading: Reading, taken: Spans, found: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield known names of which only the first word was seen: "|Cherkaska| Lozova"."""
    text = reading.parsed.text
    for start, end in found:
        after = NEXT_WORD.match(text, end)
        if after is None or taken.overlaps(start, after.end()):
            continue
        name = text[start : after.end()]
        if not reading.known.is_ordinary(after[1]) and reading.known.has_name(name):
            yield start, after.end()


def _struck(reading: Reading, taken: Spans) -> Iterator[tuple[int, int]]:
    """Yield the capitalised words after what strikes a place, also in a headline: "STRIKE HITS |DEIR EZZOR|"."""
    for run in capitalised_runs(reading.parsed, taken):
        verbs = [i for i, token in enumerate(run) if token.text.lower() in load_cues().striking_verbs]
        rest = run[verbs[-1] + 1 :] if verbs else []
        if rest and not reading.labels.entity_at(rest[0].start):
            yield rest[0].start, rest[-1].end


def _trimmed(reading: Reading, entity: Entity) -> tuple[int, int] | None:
    start, end = trim(reading.parsed.text, entity.start, entity.end)
    if start >= end or not reading.parsed.text[end - 1].isalnum():
        return None
    start, end = completed(reading, start, end)
    return None if reading.known.is_ordinary(reading.parsed.text[start:end]) else (start, end)


def completed(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in an article that the model cut off: "al-|Bukamal", "Jurf| as-Sakhr", "Wadi Al-|Kabir"."""
    text, known = reading.parsed.text, reading.known
    if text[end - 1] == "-" and (rest := NAME_WORD.match(text, end)):
        return start, rest.end()
    after = ARTICLE_AFTER.match(text, end)
    if after and known.standing(text[start : after.end()]) != "unknown":
        end = after.end()
    before = ARTICLE_BEFORE.search(text, max(0, start - 4), start)
    if before and known.has_name(text[before.start() : end]):
        start = before.start()
    return start, end


def judged(reading: Reading, proposals: Sequence[Proposal], judge: Judge) -> list[float]:
    """Return the probability of each proposal, the rest of the report considered."""
    alone = [judge.alone(p.signs) for p in proposals]
    return [
        judge.together(a, signs)
        for a, signs in zip(alone, around(reading, proposals, [probability(a) for a in alone]), strict=True)
    ]


def best_first(reading: Reading, proposals: Sequence[Proposal], judge: Judge) -> list[Proposal]:
    """Return the proposals that are taken, the likeliest first; a name that nobody knows stands behind its parts."""
    found = []
    for proposal, likely in zip(proposals, judged(reading, proposals, judge), strict=True):
        unknown = "standing: unknown" in proposal.signs
        if likely >= judge.threshold:
            judged_so = replace(proposal, likelihood=round(likely, 4))
            found.append((unknown, -likely, proposal.start - proposal.end, proposal.start, judged_so))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def around(reading: Reading, proposals: Sequence[Proposal], alone: Sequence[float]) -> Iterator[list[str]]:
    """Yield for each proposal the signs that the others give: its name again, its neighbours in a list."""
    text = reading.parsed.text
    by_name: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(proposals):
        by_name[text[p.start : p.end]].append(i)
    for i, p in enumerate(proposals):
        again = [alone[j] for j in by_name[text[p.start : p.end]] if j != i]
        beside = [alone[j] for j in (i - 1, i + 1) if 0 <= j < len(proposals) and _joined(text, p, proposals[j])]
        yield [*_said("again", again), *_said("listed", beside)]


def _said(what: str, alone: Sequence[float]) -> Iterator[str]:
    if alone:
        best = max(alone)
        yield f"{what}: {'likely' if best >= LIKELY else 'unlikely' if best <= UNLIKELY else 'perhaps'}"


def _joined(text: str, one: Proposal, other: Proposal) -> bool:
    first, second = (one, other) if one.start < other.start else (other, one)
    return first.end <= second.start and JOINT.fullmatch(text, first.end, second.start) is not None
