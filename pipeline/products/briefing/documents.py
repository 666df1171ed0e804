"""A briefing as PDF and as a Word document, from the HTML page and from the Markdown: one text, said once.

Neither library is let near the network or the disk: the page brings all it needs.
"""

from __future__ import annotations

import io
import logging
import os
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pipeline.errors import OutputError

__all__ = ["docx", "pdf"]

_MISSING = (
    "briefing.pdf: WeasyPrint finds no Pango on this machine ({why}); install it (Debian: apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), or print briefing.html from a browser"
)
_LEVELS = {"h1": 0, "h2": 1, "h3": 2}
_CAPTIONS = {"briefing-map": "Where", "briefing-timeline": "When"}
_SMALL_TABLE, _WIDE_TABLE = 8.5, 6.5  # points
_MANY_COLUMNS = 7
_SHORTEST, _LONGEST = 9, 70  # letters
_TEXT_WIDTH = 267  # mm
_CLOCK = "SOURCE_DATE_EPOCH"  # the time, in seconds, for what is built to be the same each time
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold


def pdf(page: str) -> bytes:
    """Return a self-contained HTML page as PDF.

    Raises
    ------
    OutputError
        If the system lacks what WeasyPrint needs.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - half a second, and it may not load
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise OutputError(_MISSING.format(why=str(error).splitlines()[0])) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of each rule that only a screen needs
    with _timeless_fonts():
        made = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(pdf_identifier=b"sitmap")
    return bytes(made)


@contextmanager
def _timeless_fonts() -> Iterator[None]:
    """Keep the clock out of the fonts: where HarfBuzz cannot cut them, fontTools does, and writes when it did."""
    told = os.environ.get(_CLOCK)
    os.environ.setdefault(_CLOCK, "0")
    try:
        yield
    finally:
        if told is None:
            del os.environ[_CLOCK]


def docx(markdown: str, pictures: Mapping[str, bytes]) -> bytes:
    r"""Return a briefing's Markdown as a Word document, with its pictures after the bottom line.

    Parameters
    ----------
    markdown : str
        What ``briefing.md`` holds: headings, paragraphs, lists, tables.
    pictures : mapping
        Name -> PNG.

    Examples
    --------
    >>> docx("# Briefing\n\nNothing was reported.\n", {})[:2]
    b'PK'
    """
    from docx import Document  # noqa: PLC0415 - a third of a second
    from markdown_it import MarkdownIt  # noqa: PLC0415

    document = Document()
    _lay_out(document)
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    for block in _blocks(tokens):
        _write(document, block, pictures)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer)


def _timeless(package: io.BytesIO) -> bytes:
    """Return a zip whose members have no time of this machine's: the same briefing, the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _lay_out(document: Any) -> None:  # noqa: ANN401 - python-docx is untyped
    """Set the page on its side, as the table of incidents is wide, and the times to none of this machine's."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.author = "sitmap"
    document.core_properties.created = document.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)


def _blocks(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the tokens of each block at the top: from where it opens to where it closes."""
    block: list[Any] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _write(document: Any, block: Sequence[Any], pictures: Mapping[str, bytes]) -> None:  # noqa: ANN401
    kind = block[0].type
    if kind == "heading_open":
        title = block[1].content
        if title == "Key figures":
            _add_pictures(document, pictures)
        _add_runs(document.add_heading(level=_LEVELS[block[0].tag]), block[1])
    elif kind == "table_open":
        _add_table(document, block)
    else:
        style = "List Bullet" if kind == "bullet_list_open" else None
        for inline in (token for token in block if token.type == "inline"):
            _add_runs(document.add_paragraph(style=style), inline)


def _add_pictures(document: Any, pictures: Mapping[str, bytes]) -> None:  # noqa: ANN401
    from docx.shared import Mm  # noqa: PLC0415

    for name, picture in pictures.items():
        document.add_heading(_CAPTIONS[name], level=1)
        document.add_picture(io.BytesIO(picture), width=Mm(190 if name == "briefing-map" else 160))


def _add_table(document: Any, block: Sequence[Any]) -> None:  # noqa: ANN401
    rows = _rows(block)
    table = document.add_table(rows=0, cols=max(len(row) for row in rows), style="Light Grid Accent 1")
    size = _WIDE_TABLE if len(rows[0]) > _MANY_COLUMNS else _SMALL_TABLE
    widths = _widths(rows)
    table.autofit = False
    for row in rows:
        for cell, inline, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.width = width
            _add_runs(cell.paragraphs[0], inline, size=size)


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Share the width of the page out by the longest text of each column, within reason."""
    from docx.shared import Mm  # noqa: PLC0415

    longest = [max(len(inline.content) for inline in column) for column in zip(*rows, strict=True)]
    weights = [min(max(length, _SHORTEST), _LONGEST) for length in longest]
    return [int(Mm(_TEXT_WIDTH) * weight / sum(weights)) for weight in weights]


def _rows(block: Sequence[Any]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for token in block:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    return rows


def _add_runs(paragraph: Any, inline: Any, *, size: float | None = None) -> None:  # noqa: ANN401
    """Add the words of an inline token; links keep their words, and their address behind them."""
    from docx.shared import Pt  # noqa: PLC0415

    bold = italic = 0
    address = ""
    for token in inline.children:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            address = str(token.attrGet("href"))
        text = {"softbreak": " ", "link_close": f" ({address})"}.get(token.type, token.content)
        if text:
            run = paragraph.add_run(_UNWRITABLE.sub("\ufffd", text))
            run.bold, run.italic = bool(bold) or None, bool(italic) or None
            run.font.size = Pt(size) if size else None
