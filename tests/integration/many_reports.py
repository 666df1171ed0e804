"""Some dozens of short reports, no two alike, for tests of what spreads and resumes the reading of them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from command import write_jsonl

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
