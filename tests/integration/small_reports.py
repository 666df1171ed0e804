"""Reports written for these tests: three texts, and a JSONL file with a line cut short and a report without events."""

from __future__ import annotations

from pathlib import Path

from command import write_jsonl

EPOCH = "1700000000"  # 14 November 2023
AS_OF = "2023-11-25"
REPORTS = {
    "mosul.txt": (
        "Army base shelled in northern Iraq\n\n"
        "MOSUL, Iraq, Nov 21 (Northline) - Gunmen shelled an army base in Mosul on Tuesday, killing three soldiers and "
        "wounding five, a police officer said.\n"
    ),
    "anbar.txt": (
        "Strike in western Iraq\n\n"
        "BAGHDAD, Nov 22 (Northline) - U.S. warplanes bombed a militia depot in Anbar province on Wednesday, two "
        "security sources said. Casualties were being assessed.\n"
    ),
    "syria.txt": (
        "Rockets hit base in Syria\n\n"
        "BEIRUT, Nov 23 (Northline) - Militiamen fired rockets at Al-Tanf garrison in Syria on Thursday, and two U.S. "
        "soldiers were wounded, officials said. There have been at least 70 attacks on U.S. troops in Iraq and Syria "
        "since October 17.\n"
    ),
}
RECORDS = (
    {
        "doc_id": "hasakah-1",
        "text": "Turkish drones struck an oil field in Hasakah province on Friday, killing two people.",
        "title": "Drones strike oil field",
        "date": "2023-11-24",
        "source": "Northline",
        "url": "https://example.org/hasakah",
    },
    '{"doc_id": "cut", "text": "Rockets hit ',
    {"doc_id": "quiet-1", "text": "Talks on trade went on in Amman.", "date": "2023-11-24"},
)


def write_reports(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_jsonl(folder / "wires.jsonl", *RECORDS)
    return folder
