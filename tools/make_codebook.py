#!/usr/bin/env python3
"""Write docs/codebook.md from the tables that the code reads (pipeline/data/fields.yaml, codes.yaml).

usage: make_codebook.py [--check]

--check   write nothing; exit 1 if docs/codebook.md is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline import codes
from pipeline.fields import LayerSpec, layer_specs
from pipeline.models import Count

CODEBOOK = Path(__file__).resolve().parents[1] / "docs" / "codebook.md"

INTRODUCTION = Path(__file__).with_name("codebook_intro.md")


def main(arguments: Sequence[str]) -> int:
    """Write the codebook, or check it; return the exit code."""
    text = codebook()
    if "--check" in arguments:
        current = CODEBOOK.exists() and CODEBOOK.read_text(encoding="utf-8") == text
        print(f"{CODEBOOK.name} is {'current' if current else 'out of date: run tools/make_codebook.py'}")
        return 0 if current else 1
    CODEBOOK.parent.mkdir(exist_ok=True)
    CODEBOOK.write_text(text, encoding="utf-8")
    print(f"wrote {CODEBOOK.name}")
    return 0


def codebook() -> str:
    """Return the codebook as Markdown."""
    layers = [part for spec in layer_specs().values() for part in layer_part(spec)]
    return (
        "\n".join(
            [
                INTRODUCTION.read_text(encoding="utf-8"),
                *layers,
                *event_types_part(),
                *precision_part(),
                *other_codes_part(),
            ]
        ).rstrip()
        + "\n"
    )


def layer_part(spec: LayerSpec) -> list[str]:
    """Return the part on one layer."""
    rows = [(f"`{field.name}`", field.type, field.text) for field in spec.fields]
    about = f"Geometry: {spec.geometry}, or null. A row's id: `{spec.key}`, which is also the feature's id."
    return [f"## {spec.name}", "", about, "", *table(("column", "type", "what it holds"), rows), ""]


def event_types_part() -> list[str]:
    """Return the part on event types."""
    rows = [
        (code.event_type, code.sub_event_type, code.disorder_type, code.plover_type, code.plover_mode)
        for code in map(codes.code_of, codes.sub_event_types())
    ]
    note = "PLOVER's mode stays empty where none of its modes says what ACLED's sub-type says."
    head = ("event_type", "sub_event_type", "disorder_type", "plover_type", "plover_mode")
    return ["## Event types", "", note, "", *table(head, rows), ""]


def precision_part() -> list[str]:
    """Return the part on precision."""
    spans = {"geo_precision": 3, "where_prec": 7, "time_precision": 3, "date_prec": 5}
    scale = [
        (f"`{name}`", str(n), codes.precision_words(name, n))
        for name, most in spans.items()
        for n in range(1, most + 1)
    ]
    areas = [(str(n), codes.precision_words("where_prec", n), codes.area_kind(n)) for n in range(1, 8)]
    drawn = ["What `areas.kind` is for each `where_prec` (a vague region, such as a desert, is `region`):", ""]
    return [
        "## Precision", "", *table(("column", "code", "means"), scale), "",
        *drawn, *table(("where_prec", "means", "kind"), areas), "",
    ]  # fmt: skip


def other_codes_part() -> list[str]:
    """Return the part on actors, counts and confidence."""
    inter = [(str(n), codes.inter_name(n)) for n in range(9)]
    dozens, hundreds = (codes.fatalities_of(Count(24, 24, None, "at_least", word)) for word in ("dozens", "hundreds"))
    levels = ", ".join(f"from {least} {word}" for word, least in codes.confidence_levels())
    return [
        "## Actors", "",
        "`interaction` is both codes, the smaller first; 0 behind a lone actor.", "",
        *table(("inter1, inter2", "means"), inter), "",
        "## Counts", "",
        "`low`, `best` and `high` are what the words say: *eight* 8, 8, 8; *at least 62* 62, 62, open;",
        "*several* 2, 3, open; *dozens* 24, 24, open. `fatalities` is ACLED's conservative number: `low`, but",
        f"{dozens} for *dozens* and {hundreds} for *hundreds*.", "",
        "## Confidence", "",
        "`confidence` is the chance that the event is right as coded, in kind, day and place, learned from judged",
        f"events ([card](model-card-confidence.md)); `confidence_level` says it in words: {levels}.", "",
    ]  # fmt: skip


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
