"""What resolving given spans costs two other geoparsers, as far as they can be had without what they download.

usage: peers.py prepare DIR [--every 12]      in sitmap's environment: documents with spans, and the whole gazetteer
       peers.py sitmap DIR                    in sitmap's environment
       peers.py irchel DIR --model FOLDER     in an environment with geoparser, the Irchel geoparser
       peers.py mordecai3 DIR                 in an environment with mordecai3

All resolve the same spans of LGL among the same places, on one thread, in processor time. What a package index does not
have stands in for as little as can be, so that what is told is the least that the peer can cost:

- Irchel: its resolver as it is, over a gazetteer built from ours in its own schema. FOLDER holds a sentence encoder of
  the architecture it uses (all-MiniLM-L6-v2), as its own fine-tuned weights come from a hub; spaCy's ``sentencizer``
  stands in for ``xx_sent_ud_sm``. With other weights its threshold of similarity means nothing, so it is told to take
  the best of the first candidates that it finds (0), which is the least work, and, as a second row, its own 0.6.
- mordecai3: its resolver and its own weights. Without Elasticsearch, places of exactly the name come from memory at no
  cost, where it would ask for phrases too; without ``en_core_web_trf`` the vectors of the words are random and cost
  nothing. The transformer that its vectors come from is told apart: one pass of RoBERTa's base model with random
  weights, which cost the same, over as many pieces as there are words, of which there are fewer. Elasticsearch, which
  its readme says takes most of its time, comes on top.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before anything loads numpy or torch

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "LGL.jsonl.gz"
DOCUMENTS, PLACES = "documents.jsonl", "places.jsonl"
MOST = 100  # candidates of a name, as mordecai3 asks for
WIDTH = 768  # of a word's vector in en_core_web_trf
WINDOW = 144  # pieces that it reads at a time
SAMPLE = 10  # windows that are timed
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Resolving the same spans with other geoparsers.")
    parser.add_argument("what", choices=("prepare", "sitmap", "irchel", "mordecai3"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=12, help="take every so manieth document (default: 12)")
    parser.add_argument("--model", type=Path, help="folder of the sentence encoder")
    given = parser.parse_args(arguments)
    if given.what == "prepare":
        prepare(given.folder, every=given.every)
        return
    rows = _rows(given.folder / DOCUMENTS)
    spans = sum(len(row["toponyms"]) for row in rows)
    print(f"{len(rows)} documents, {spans} spans, {len({n for row in rows for n in _surfaces(row)})} names")
    told = {"sitmap": _sitmap, "irchel": _irchel, "mordecai3": _mordecai3}[given.what](given, rows)
    for name, seconds in told:
        print(f"{name}: {seconds:.2f} s, {1000 * seconds / spans:.2f} ms a span", flush=True)


def prepare(folder: Path, *, every: int) -> None:
    """Write every so manieth document of the corpus, and each place with all of its names."""
    from gazetteer import Gazetteer  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        (folder / DOCUMENTS).write_text("".join(list(lines)[::every]), encoding="utf-8")
    with Gazetteer.open() as gazetteer, (folder / PLACES).open("w", encoding="utf-8") as out:
        countries = {code: (c.name if (c := gazetteer.country(code)) else code) for code in _codes(gazetteer)}
        for place in gazetteer.places():
            row = {
                "id": place.place_id, "name": place.name, "names": gazetteer.names_of(place.place_id),
                "lat": place.lat, "lon": place.lon, "class": place.feature_class, "code": place.feature_code,
                "iso3": gazetteer.iso3(place.country), "country": countries[place.country],
                "admin1": place.admin1, "admin2": place.admin2, "population": place.population,
            }  # fmt: skip
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _codes(gazetteer: Any) -> set[str]:  # noqa: ANN401 - imported where it is used
    return {place.country for place in gazetteer.places()}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _surfaces(row: Row) -> list[str]:
    return [row["text"][span["start"] : span["end"]] for span in row["toponyms"]]


def _sitmap(given: argparse.Namespace, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:  # noqa: ARG001
    """Yield what resolving the spans takes, as for the peers without reading the documents or writing the answers."""
    from gazetteer import Gazetteer  # noqa: PLC0415
    from pipeline.geoparse import EXPLAINED, given_mentions, settle  # noqa: PLC0415
    from pipeline.ingest.records import article_from_record  # noqa: PLC0415
    from pipeline.toponyms.resolve import resolve_together  # noqa: PLC0415

    told = [{key: value for key, value in row.items() if key != "toponyms"} for row in rows]
    articles = [article_from_record(row, path=DOCUMENTS, line=line) for line, row in enumerate(told, 1)]
    with Gazetteer.open() as gazetteer:
        settle(gazetteer)
        for name in ("sitmap, cold", "sitmap, warm"):
            began = time.process_time()
            found = [given_mentions(article, row, DOCUMENTS) for article, row in zip(articles, rows, strict=True)]
            marked = [sorted(mentions, key=lambda mention: (mention.start, mention.end)) for mentions in found]
            reports = list(zip(articles, marked, strict=True))
            resolve_together(reports, gazetteer=gazetteer, read_rest=True, explained=EXPLAINED)
            yield name, time.process_time() - began


# ---- Irchel ----------------------------------------------------------------------------------------------------------


def _irchel(given: argparse.Namespace, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    os.environ["GEOPARSER_GAZETTEERS_DIR"] = str(given.folder)
    from geoparser.modules.resolvers.sentencetransformer import (  # noqa: PLC0415
        SentenceTransformerResolver,
    )

    if not (given.folder / "geonames.db").is_file():
        _artifact(given.folder)
    texts = [row["text"] for row in rows]
    spans = [[(span["start"], span["end"]) for span in row["toponyms"]] for row in rows]
    SentenceTransformerResolver._load_spacy_model = lambda *_: _sentencizer("xx")  # noqa: SLF001
    for least in (0.0, 0.6):
        resolver = SentenceTransformerResolver(model_name=str(given.model), min_similarity=least)
        resolver.transformer.encode(["warm"], show_progress_bar=False)
        began = time.process_time()
        found = resolver.predict(texts, spans)
        took = time.process_time() - began
        placed = sum(one is not None for row in found for one in row)
        texts_, places = len(resolver.context_embeddings), len(resolver.candidate_embeddings)
        yield f"irchel, similarity {least} ({placed} placed; {texts_} contexts and {places} places embedded)", took


def _artifact(folder: Path) -> None:
    """Build a gazetteer in the schema of the Irchel geoparser."""
    import sqlite3  # noqa: PLC0415

    from geoparser.gazetteer import artifact  # noqa: PLC0415

    made = sqlite3.connect(folder / "geonames.tmp")
    artifact.register_functions(made)
    for statement in artifact.BASE_SCHEMA:
        made.execute(statement)
    meta = {"schema_version": artifact.SCHEMA_VERSION, "name": "geonames", "crs": "EPSG:4326"}
    made.executemany("INSERT INTO metadata VALUES (?, ?)", meta.items())
    with (folder / PLACES).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            place = json.loads(line)
            data = {
                "name": place["name"], "feature_name": place["code"], "country_name": place["country"],
                "admin1_name": place["admin1"], "admin2_name": place["admin2"],
            }  # fmt: skip
            row = (number, place["id"], "geonames", json.dumps(data), None)
            made.execute("INSERT INTO feature VALUES (?, ?, ?, ?, ?)", row)
            names = ((number, name) for name in dict.fromkeys((place["name"], *place["names"])))
            made.executemany("INSERT INTO name (feature_id, text) VALUES (?, ?)", names)
    for statement in artifact.SEARCH_SCHEMA:
        made.execute(statement)
    made.commit()
    made.close()
    (folder / "geonames.tmp").rename(folder / "geonames.db")


def _sentencizer(language: str) -> Any:  # noqa: ANN401 - spaCy's
    import spacy  # noqa: PLC0415

    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    return nlp


# ---- mordecai3 -------------------------------------------------------------------------------------------------------


def _mordecai3(given: argparse.Namespace, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    from mordecai3.geonames import GeonamesService  # noqa: PLC0415
    from mordecai3.geoparse import Geoparser  # noqa: PLC0415

    waited = [0.0]  # seconds in what stands in for Elasticsearch, which do not count

    class FromMemory(GeonamesService):  # type: ignore[misc]
        def _msearch(self, searches: Sequence[Any]) -> list[Row]:
            began = time.process_time()
            found = [_hits(search.to_dict(), places) for search in searches]
            waited[0] += time.process_time() - began
            return found

    names = {name.casefold() for row in rows for name in _surfaces(row)}
    places, docs = _candidates(given.folder / PLACES, names), [_doc(row) for row in rows]
    geoparser = Geoparser(nlp=_Nothing(), geonames=FromMemory(None), check_es=False, device="cpu")
    for name in ("cold", "warm"):
        waited[0], began = 0.0, time.process_time()
        found = geoparser._geoparse_docs(docs)  # noqa: SLF001
        took = time.process_time() - began - waited[0]
        placed = sum(not one["no_match"] for row in found for one in row["geolocated_ents"])
        given_ = sum(len(row["geolocated_ents"]) for row in found)
        yield f"mordecai3, {name} ({placed} of {given_} placed; {waited[0]:.2f} s of the stand-in left out)", took
    words = sum(len(doc) for doc in docs)
    yield f"one pass of the transformer over the {words} words", _window_seconds() * words / WINDOW


def _window_seconds() -> float:
    """Return what RoBERTa's base model takes for a window of pieces; random weights cost what learned ones do."""
    import torch  # noqa: PLC0415
    from transformers import RobertaConfig, RobertaModel  # noqa: PLC0415

    torch.set_num_threads(1)
    model = RobertaModel(RobertaConfig()).eval()
    pieces = torch.randint(10, 1000, (SAMPLE, WINDOW))
    with torch.no_grad():
        model(pieces[:1])
        began = time.process_time()
        model(pieces)
    return (time.process_time() - began) / SAMPLE


class _Nothing:
    """A pipeline that is never called."""

    pipe_names = ("token_tensors",)


def _candidates(path: Path, names: set[str]) -> Mapping[str, list[Row]]:
    """Return the places of each name as Elasticsearch would answer, those with the most names first."""
    found: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for place in map(json.loads, lines):
            for name in {one.casefold() for one in (place["name"], *place["names"])} & names:
                found[name].append(_hit(place))
    for hits in found.values():
        hits.sort(key=lambda hit: -len(hit["_source"]["alternativenames"]))
    return found


def _hit(place: Row) -> Row:
    """Return a place as a document of mordecai3's index."""
    source = {
        "name": place["name"], "asciiname": place["name"], "alternativenames": list(place["names"]),
        "alt_name_length": len(place["names"]), "coordinates": f"{place['lat']},{place['lon']}",
        "feature_class": place["class"], "feature_code": place["code"], "country_code3": place["iso3"],
        "admin1_code": place["admin1"], "admin1_name": place["admin1"], "admin2_code": place["admin2"],
        "admin2_name": place["admin2"], "geonameid": place["id"], "population": place["population"],
    }  # fmt: skip
    return {"_source": source}


def _hits(asked: Row, places: Mapping[str, list[Row]]) -> Row:
    """Answer a query for a name: the places of exactly that name, of the kind that is asked for."""
    query = json.dumps(asked)
    name = _first(asked, "query", str).casefold()
    hits = places.get(name, [])
    for code in ("PCLI", "ADM1"):
        hits = [hit for hit in hits if hit["_source"]["feature_code"] == code] if f'"{code}"' in query else hits
    return {"hits": {"hits": hits[:MOST]}}


def _first(node: Any, key: str, kind: type) -> Any:  # noqa: ANN401 - any JSON
    """Return the first value of a kind under a key, however deep."""
    if isinstance(node, dict):
        if isinstance(node.get(key), kind):
            return node[key]
        node = list(node.values())
    parts = (_first(part, key, kind) for part in node) if isinstance(node, list) else ()
    return next((part for part in parts if part is not None), None)


def _doc(row: Row) -> Any:  # noqa: ANN401 - spaCy's
    """Return a parsed document whose entities are the given spans and whose vectors are random."""
    import numpy as np  # noqa: PLC0415
    from spacy.util import filter_spans  # noqa: PLC0415

    doc, chance = _sentencizer("en")(row["text"]), np.random.default_rng(1)
    spans = [doc.char_span(s["start"], s["end"], label="GPE", alignment_mode="expand") for s in row["toponyms"]]
    doc.ents = filter_spans([span for span in spans if span is not None])
    for token in doc:
        token._.tensor = chance.standard_normal(WIDTH).astype("float32")
    return doc


if __name__ == "__main__":
    main()
