"""The results as files: ``accuracy.json``, ``accuracy.csv``, ``accuracy.md`` and ``worst_errors.jsonl``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.evaluation.results import Results
from pipeline.evaluation.tables import columns_of, judges_line, tables_of
from pipeline.evaluation.worst import worst_documents
from pipeline.products.files import write_text

WORST = 50  # documents of each row and part, where no number is given


def write_report(results: Results, folder: Path, *, worst: int | None = None) -> tuple[Path, ...]:
    """Write the files; return their paths.

    Parameters
    ----------
    results : Results
        Errors that are not to be looked at already taken out.
    folder : Path
        Made where it is missing.
    worst : int, optional
        Documents of each row and part whose errors are written.

    Raises
    ------
    OutputError
        If a file cannot be written.

    Examples
    --------
    >>> write_report(results, Path("outputs"))  # doctest: +SKIP
    (PosixPath('outputs/accuracy.json'), ...)
    """
    files = {
        "accuracy.json": _json(results),
        "accuracy.csv": _csv(results),
        "accuracy.md": _markdown(results),
        "worst_errors.jsonl": _errors(results, worst or WORST),
    }
    for name, text in files.items():
        write_text(folder / name, text)
    return tuple(folder / name for name in files)


def _json(results: Results) -> str:
    told = {key: value for key, value in asdict(results).items() if key != "errors"}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _csv(results: Results) -> str:
    out = io.StringIO()
    columns: Sequence[str] = columns_of(results.figures)
    writer = csv.DictWriter(out, ["row", *columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"row": row, **figures} for row, figures in results.figures.items())
    return out.getvalue()


def _markdown(results: Results) -> str:
    tables = "\n\n".join(table.markdown() for table in tables_of(results))
    return f"{tables}\n\n{judges_line(results.judges)}\n"


def _errors(results: Results, count: int) -> str:
    rows = [asdict(error) for _, errors in worst_documents(results.errors, count) for error in errors]
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
