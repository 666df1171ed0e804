"""Put the tables of an evaluation into docs/accuracy.md: `python tools/make_accuracy.py outputs`.

FOLDER is what `sitmap evaluate --out FOLDER` wrote to. What stands between the two marks is replaced, the rest is left.
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
BEGIN = "<!-- begin: tools/make_accuracy.py -->"
END = "<!-- end: tools/make_accuracy.py -->"


def spliced(document: str, tables: str) -> str:
    """Return the document with the tables between its marks.

    Raises
    ------
    ValueError
        If a mark is missing, or the two stand in the wrong order.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the document needs the marks {BEGIN} and {END}, in this order")
    return f"{before}{BEGIN}\n\n{tables.strip()}\n\n{END}{after}"


def main(folder: str) -> None:
    """Replace the tables of docs/accuracy.md."""
    tables = (Path(folder) / "accuracy.md").read_text(encoding="utf-8")
    DOCUMENT.write_text(spliced(DOCUMENT.read_text(encoding="utf-8"), tables), encoding="utf-8")
    print(f"{DOCUMENT.name}: tables of {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
