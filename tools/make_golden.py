"""Write tests/golden/rows/: every field of every event and claim of the examples, and of the seed where it is at hand.

usage: make_golden.py [--shared FOLDER]

A change that moves a field shows in the difference that git prints: read it before you keep it.
tests/integration/test_golden_rows.py compares a fresh run with these files. The seed is another's text: its sentences
are kept as digests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.run import run_map
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "rows"
EXAMPLES, EXAMPLES_AS_OF = ROOT / "examples", date(2024, 2, 29)
SEED, SEED_AS_OF = "seed", date(2023, 11, 22)
GENERATED = "2024-03-01T00:00:00Z"
JSON_TEXT = ("geo_reasons", "geo_alternatives")  # columns that hold JSON as text
QUOTED = ("source_sentence", "source_title", "notes")  # columns that hold a report's own sentences
Rows = dict[str, dict[str, list[dict[str, Any]]]]


def rows_of(inputs: Path, *, as_of: date) -> Rows:
    """Return the events and claims of a run over ``inputs``, by the first document that tells of them."""
    with tempfile.TemporaryDirectory() as folder:
        run_map(Settings((inputs,), Path(folder), as_of), generated=GENERATED, quiet=True)
        layers = {name: _features(Path(folder) / f"{name}.geojson") for name in ("events", "claims")}
    rows: Rows = defaultdict(lambda: {"events": [], "claims": []})
    for name, features in layers.items():
        for feature in features:
            row = _opened({**feature["properties"], "geometry": _point(feature["geometry"])})
            rows[row["doc_id"].split(";")[0]][name].append(row)
    return dict(rows)


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _point(geometry: Mapping[str, Any] | None) -> object:
    """Return the coordinates of a point; polygons are left to the tests of footprints."""
    return geometry["coordinates"] if geometry and geometry["type"] == "Point" else None


def _opened(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: json.loads(value) if key in JSON_TEXT and value else value for key, value in row.items()}


def without_sentences(rows: Rows) -> Rows:
    """Return the rows with a report's own sentences as digests."""
    return {
        doc: {
            name: [{k: digest(v) if k in QUOTED and v else v for k, v in row.items()} for row in part]
            for name, part in parts.items()
        }
        for doc, parts in rows.items()
    }


def digest(text: str) -> str:
    """Return the first half of the SHA-256 of a text.

    Examples
    --------
    >>> digest("")
    'sha256:e3b0c44298fc1c149afbf4c8996fb924'
    """
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def seed_rows(article: Path) -> Rows:
    """Return the rows of the seed article, its sentences as digests."""
    return without_sentences(rows_of(article, as_of=SEED_AS_OF))


def example_rows() -> Rows:
    """Return the rows of the examples."""
    return rows_of(EXAMPLES, as_of=EXAMPLES_AS_OF)


def write(rows: Rows) -> None:
    """Write one file a document."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for doc, parts in rows.items():
        text = json.dumps(parts, ensure_ascii=False, indent=1, sort_keys=True)
        (GOLDEN / f"{doc}.json").write_text(f"{text}\n", encoding="utf-8")


def main(arguments: Iterable[str] | None = None) -> None:
    """Write the golden rows again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    seed = parser.parse_args(None if arguments is None else list(arguments)).shared / "articles" / "seed.txt"
    examples = example_rows()
    for old in GOLDEN.glob("*.json"):
        if old.stem != SEED and old.stem not in examples:
            old.unlink()
    write(examples)
    if seed.is_file():
        write(seed_rows(seed))
    else:
        print(f"{seed} is missing: the seed's rows are left as they are")
    print(f"wrote {len(list(GOLDEN.glob('*.json')))} files to {GOLDEN.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
