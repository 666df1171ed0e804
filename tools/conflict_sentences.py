"""Make annotated reports of conflict up: sentences written for this project, filled with names out of the gazetteer."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from gazetteer import Gazetteer

TABLE = Path(__file__).with_name("conflict_sentences.yaml")
REPORTS = 300
SENTENCES = 4  # of a report, one of them without a place
SEED = 20240229
RESPELLED = 0.25  # share of names that are respelled
NAMES = 260  # towns of each country
_SLOT = re.compile(r"\{(\w+)\}")
_PLACE_SLOTS = frozenset("pqrckPQC")
_LATIN = re.compile(r"[A-Za-z'`’‘ -]{3,24}")
Record = dict[str, Any]


def made_up(gazetteer: Gazetteer) -> Iterator[Record]:
    """Yield records as the corpora have them: text, and toponyms with offsets (their coordinates are not real)."""
    table = yaml.safe_load(TABLE.read_text("utf8"))
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    towns = {country: _towns(gazetteer, country) for country in table["countries"]}
    for number in range(REPORTS):
        country = table["countries"][number % len(table["countries"])]
        frames = [*chance.sample(table["places"], SENTENCES - 1), chance.choice(table["none"])]
        chance.shuffle(frames)
        names = _names(gazetteer, table, country, towns[country], chance)
        yield _record(f"made-up-{number}", [_filled(frame, names) for frame in frames])


def _towns(gazetteer: Gazetteer, country: str) -> list[str]:
    """Return the names of towns of a country in Latin letters, the prominent ones first."""
    named = (p.name for p in gazetteer.places() if p.country == country and p.feature_class == "P")
    return [name for name in dict.fromkeys(map(_plain, named)) if _LATIN.fullmatch(name)][:NAMES]


def _plain(name: str) -> str:
    """Return a name without marks on its letters."""
    letters = unicodedata.normalize("NFKD", name)
    return re.sub(r"\s+", " ", "".join(c for c in letters if not unicodedata.combining(c)))


def _names(
    gazetteer: Gazetteer, table: Record, country: str, towns: Sequence[str], chance: random.Random
) -> dict[str, str]:
    """Return what fills each slot of one report."""
    state = gazetteer.country(country)
    p, q, r = (_respelled(name, table["respell"], chance) for name in chance.sample(towns, 3))
    w, w2, w3 = chance.sample(table["people"], 3)
    o, o2 = chance.sample(table["groups"], 2)
    found = {
        "p": p,
        "q": q,
        "r": r,
        "c": state.name if state else country,
        "w": w,
        "w2": w2,
        "w3": w3,
        "o": o,
        "o2": o2,
    }
    shouted = {"P": p.upper(), "Q": q.upper(), "C": found["c"].upper(), "O": o.upper()}
    coded = {"k": chance.choice(table["codes"]), "d": chance.choice(table["adjectives"])}
    return {**found, **shouted, **coded, "first": w.split()[0]}


def _respelled(name: str, swaps: dict[str, str], chance: random.Random) -> str:
    fitting = [swap for swap in swaps.items() if swap[0] in name]
    if not fitting or chance.random() > RESPELLED:
        return name
    return name.replace(*chance.choice(fitting))


def _filled(frame: str, names: dict[str, str]) -> tuple[str, list[tuple[int, int]]]:
    """Return a sentence and where its places stand."""
    text, spans, at = "", [], 0
    for slot in _SLOT.finditer(frame):
        text += frame[at : slot.start()]
        name = names[slot[1]]
        name = name[:1].upper() + name[1:] if not text else name
        if slot[1] in _PLACE_SLOTS:
            spans.append((len(text), len(text) + len(name)))
        text, at = text + name, slot.end()
    return text + frame[at:], spans


def _record(doc_id: str, sentences: Sequence[tuple[str, list[tuple[int, int]]]]) -> Record:
    text, toponyms = "", []
    for sentence, spans in sentences:
        toponyms += [{"start": len(text) + s, "end": len(text) + e, "lat": 0.0, "lon": 0.0} for s, e in spans]
        text += sentence + ("\n\n" if sentence[-1] != "." else " ")
    return {"doc_id": doc_id, "text": text.rstrip(), "toponyms": toponyms}
