"""A shared folder made by hand: two small corpora, and scorers."""

from __future__ import annotations

from pathlib import Path

from evaluation_documents import write_corpus

# Scores as the shared scorer does, of exactly equal spans only.
GEOPARSE = """
import json, sys
gold, found = ([json.loads(line) for line in open(path)] for path in sys.argv[1:3])
answers = {(d["doc_id"], t["start"], t["end"]): t for d in found for t in d["toponyms"] if t["lat"] is not None}
places = [(d["doc_id"], t) for d in gold for t in d["toponyms"] if t["lat"] is not None]
near = [t for d, t in places if (a := answers.get((d, t["start"], t["end"]))) and abs(a["lat"] - t["lat"]) < 1]
share = len(near) / len(places)
print(json.dumps({"docs": len(gold), "places": len(places), "acc161": share, "acc25": share, "auc": 1 - share,
                  "precision": share, "recall": share}))
"""
EVENTS = """
import json
print(json.dumps({"gold": 2, "predicted": 2, "matched": 1, "detect_p": 0.5, "detect_r": 0.5, "detect_f1": 0.5,
                  "place": 1.0, "date": 1.0, "sub_type": None, "counts": None, "full_f1": 0.5, "negatives": 0}))
"""


def make_shared(folder: Path) -> Path:
    """Make the folder and return it."""
    (folder / "score").mkdir(parents=True)
    (folder / "score" / "geoparse.py").write_text(GEOPARSE, encoding="utf-8")
    (folder / "score" / "events.py").write_text(EVENTS, encoding="utf-8")
    write_corpus(folder, "LGL", "a", "b", "c")
    write_corpus(folder, "TR-News", "b")
    return folder
