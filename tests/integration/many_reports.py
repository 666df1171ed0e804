"""Some dozens of short reports, no two alike, for tests of what spreads and resumes the reading of them."""

from __future__ import annotations

import hashlib
import json
from itertools import product
from pathlib import Path

from command import write_jsonl

from gazetteer import default_index_path
from pipeline.engines import Recipe, Task
from pipeline.models import Article
from pipeline.settings import DEFAULT_MODEL
from pipeline.store import WORK_FILE

CALL = "import sys; from pipeline.cli import main; main(sys.argv[1:])"
LONGEST = 600  # seconds, on a machine that is busy with other things

TOWNS = ("Mosul, Iraq", "Kirkuk, Iraq", "Erbil, Iraq", "Hit, Iraq", "Idlib, Syria", "Homs, Syria", "Raqqa, Syria")
DEEDS = (
    "Gunmen shelled an army base",
    "A drone struck a fuel depot",
    "Militiamen fired rockets at a police post",
    "A roadside bomb hit a convoy",
)
MOST = len(TOWNS) * len(DEEDS) * 28


def write_many(folder: Path, number: int) -> Path:
    """Write so many reports into one file of JSON Lines; return the folder."""
    assert number <= MOST
    told = [
        {
            "doc_id": f"wire-{n:04}",
            "text": f"{deed} in {town.split(',')[0]} on Tuesday, killing {2 + n % 7} people, officials in {town} said.",
            "title": f"{deed} in {town}",
            "date": f"2023-11-{day:02}",
            "source": "Northline",
        }
        for n, (deed, town, day) in enumerate(product(DEEDS, TOWNS, range(1, 29)))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    write_jsonl(folder / "wires.jsonl", *told[:number])
    return folder


def made(folder: Path) -> dict[str, object]:
    """The bytes of every product, and what the record says but for the time it took and where it lies."""
    there = folder.iterdir()  # the journal of the work file stays until it is next written to
    files = {path for path in there if not path.name.startswith(WORK_FILE) and path.name != "run.json"}
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    record["settings"]["out"], record["timings_s"] = "", sorted(record["timings_s"])
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} | {"run.json": record}


def tasks(number: int) -> list[Task]:
    texts = [f"Gunmen shelled a base in Mosul on November {1 + n % 28}, killing {n + 2} men." for n in range(number)]
    return [Task(f"key-{n}", f"digest-{n}", Article(f"wire-{n}", text)) for n, text in enumerate(texts)]


def recipe(model: str = DEFAULT_MODEL) -> Recipe:
    return Recipe(model, default_index_path())
