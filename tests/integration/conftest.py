"""A run that the tests share, one language model, and reports written for these tests."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
from command import sitmap, write_jsonl

from gazetteer import default_index_path

EPOCH = "1700000000"
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


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the folder of reports, the folder of outputs, and what was printed."""

    reports: Path
    out: Path
    told: str
    warned: str


@pytest.fixture(scope="session", autouse=True)
def built_index() -> None:
    if not default_index_path().is_file():
        pytest.skip(f"{default_index_path()} is missing: run `sitmap gazetteer build`")


@pytest.fixture(scope="session", autouse=True)
def one_model() -> Iterator[None]:
    """Load the language model once: it takes a third of a run of the seed."""
    with pytest.MonkeyPatch.context() as patch:
        load = functools.cache(lambda name, exclude: spacy_load(name, exclude=list(exclude)))
        spacy_load = spacy.load
        patch.setattr(spacy, "load", lambda name, exclude=(): load(name, tuple(exclude)))
        yield


@pytest.fixture(scope="session", autouse=True)
def stopped_clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


def write_reports(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_jsonl(folder / "wires.jsonl", *RECORDS)
    return folder


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Three texts and a JSONL file with one good record, one cut short and one without events."""
    folder = tmp_path_factory.mktemp("run")
    reports, out = write_reports(folder / "reports"), folder / "out"
    done = sitmap("map", reports, "--as-of", AS_OF, "--out", out)
    assert done.code == 0, done.err
    return Run(reports, out, done.out, done.err)
