"""Annotated texts of our own, as the corpora have them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

TEXTS = {
    "a": ("Rockets hit Mosul and Hit.", {"Mosul": (36.335, 43.119), "Hit.": (33.64, 42.83)}),
    "b": ("Clashes near Springfield.", {"Springfield": (39.8, -89.64)}),
    "wrong": ("Rockets hit Mosul.", {"Mosul": (0.0, 0.0)}),  # whatever answers, it is not there
    "c": ("Iraqi troops left Mosul.", {"Iraqi": (33.0, 44.0), "Mosul": (None, None)}),
}


def document(doc_id: str) -> dict[str, Any]:
    """Return an annotated text as the corpora have it."""
    text, named = TEXTS[doc_id]
    places = []
    for name, (lat, lon) in named.items():
        word = name.rstrip(".")
        start = text.index(name)
        places.append({"start": start, "end": start + len(word), "surface": word, "lat": lat, "lon": lon})
    return {"doc_id": doc_id, "title": None, "url": None, "date": None, "text": text, "toponyms": places}


def write_corpus(shared: Path, name: str, *doc_ids: str) -> None:
    path = shared / "corpora" / f"{name}.jsonl.gz"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress("".join(f"{json.dumps(document(d))}\n" for d in doc_ids).encode(), mtime=0))
