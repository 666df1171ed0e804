"""A run that the tests share, and one language model."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
from command import sitmap
from small_reports import AS_OF, EPOCH, write_reports

from gazetteer import default_index_path


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the folder of reports, the folder of outputs, and what was printed."""

    reports: Path
    out: Path
    told: str
    warned: str


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="module", autouse=True)
def stopped_clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


@pytest.fixture(scope="session")
def run(built_index: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Three texts and a JSONL file with one good record, one cut short and one without events."""
    folder = tmp_path_factory.mktemp("run")
    reports, out = write_reports(folder / "reports"), folder / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        done = sitmap("map", reports, "--as-of", AS_OF, "--out", out)
    assert done.code == 0, done.err
    return Run(reports, out, done.out, done.err)
