"""The same row twice is one; of a coded dataset's id that stands twice the latest telling is kept."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.tabular import TableRow
from pipeline.models import Rejection
from pipeline.rows.told import doc_id_of


def once(rows: Sequence[TableRow]) -> tuple[tuple[TableRow, ...], tuple[Rejection, ...]]:
    """Return each row once, in order, and the others as rejections.

    Of two rows with the same id that differ, the one changed last is kept, where the table says when it was changed;
    else the one that was read last.
    """
    kept: dict[str, TableRow] = {}
    again = []
    for row in rows:
        doc_id = doc_id_of(row)
        known = kept.get(doc_id)
        if known is None:
            kept[doc_id] = row
            continue
        is_newer = row.attributes != known.attributes and _changed(row) >= _changed(known)
        newer, older = (row, known) if is_newer else (known, row)
        kept[doc_id] = newer
        again.append(_again(newer, older))
    return tuple(kept.values()), tuple(again)


def _changed(row: TableRow) -> tuple[int, str]:
    """Return when a row was last changed, as it sorts: seconds since 1970 by their number, dates by their letters."""
    said = row.text("updated")
    return (int(said), "") if said.isdecimal() else (0, said)


def _again(kept: TableRow, other: TableRow) -> Rejection:
    where = f"{kept.file}, row {kept.number}"
    if kept.attributes == other.attributes:
        return other.refuse("the same row again; counted once", other.text("id"), f"none needed; see {where}")
    theirs = dict(other.attributes)
    differ = ", ".join(name for name, value in kept.attributes if theirs.get(name) != value)
    cause = f"the same id as {where}, which is kept; they differ in {differ or 'their columns'}"
    return other.refuse(cause, other.text("id"), "leave out the row that does not hold")
