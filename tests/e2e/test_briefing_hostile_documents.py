"""Hostile text in the briefing as PDF and for Word: every known injection and a sample of known attacks."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from docx import Document
from hostile_texts import EVALUATED, hostile_layers, known

from pipeline.products.briefing import write_briefing
from pipeline.products.briefing.words import visible

pytestmark = pytest.mark.slow
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACTIVE_IN_WORD = {"instrText", "fldSimple", "altChunk", "object", "control", "dde", "subDoc"}
ACTIVE_IN_PDF = (
    b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/SubmitForm", b"/AcroForm",
)  # fmt: skip


SAMPLE_IN_PDF = 60  # a page is set in a third of a second; the page that it is made of is tested with all


def written(folder: Path, kind: str, texts: list[str]) -> Path:
    """Write the briefing of an event, a claim and a place named for each text, which stands in every field of text."""
    layers = hostile_layers(texts, sound=False)
    (path,) = write_briefing(layers, folder, kinds=(kind,), versions={"sitmap": "0"}, generated="2023-11-27")
    return path


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Path:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("Pango is missing: apt-get install libpangoft2-1.0-0")
    return written(tmp_path_factory.mktemp("pdf"), "pdf", known(sample=SAMPLE_IN_PDF))


@pytest.fixture(scope="module")
def word(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("docx"), "docx", known())


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens: a line may end after any, and is read back without."""
    return re.sub(r"[\s\u00ad\ufffe\x02-]+", "", unicodedata.normalize("NFKC", text))


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with its packed streams beside it, so that a word in them is found."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1].rstrip(b"\r\n")))
        except zlib.error:
            continue
    return b"\n".join(parts)


def links_of(raw: bytes) -> set[bytes]:
    return set(re.findall(rb"/URI\s*\(((?:[^()\\]|\\.)*)\)", raw))


def test_every_text_is_text_in_the_pdf(pdf):
    document = pypdfium2.PdfDocument(pdf)
    shown = squeezed("".join(page.get_textpage().get_text_bounded() for page in document))
    texts = known(sample=SAMPLE_IN_PDF)
    plain = [text for text in texts if text.isascii() and text.isprintable()]
    assert len(plain) > SAMPLE_IN_PDF
    assert [text for text in plain if squeezed(visible(text)) not in shown] == []
    assert EVALUATED in "".join(texts) or EVALUATED not in shown


def test_nothing_in_the_pdf_can_run_and_links_are_links(pdf):
    raw = unpacked(pdf.read_bytes())
    assert b"/Annots" in raw, "what is looked for below would be found"
    assert [name for name in ACTIVE_IN_PDF if re.search(re.escape(name) + rb"\b", raw)] == []
    assert all(link.startswith((b"http://", b"https://")) for link in links_of(raw))


def test_every_text_is_text_in_word(word):
    document = Document(word)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    shown = " ".join(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).split())
    lost = [t for t in known() if " ".join(visible(t.replace("\0", "\ufffd")).split()) not in shown]
    assert lost == []


def test_nothing_in_the_word_document_can_run_and_links_are_links(word):
    with zipfile.ZipFile(word) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}
    assert not [name for name in names if "vba" in name.lower() or "embeddings" in name or "activeX" in name]
    tags = {element.tag.removeprefix(WORD) for part in parts.values() for element in ET.fromstring(part).iter()}
    assert not tags & ACTIVE_IN_WORD
    outside = [element.get("Target") for name, part in parts.items() if name.endswith(".rels")
               for element in ET.fromstring(part) if element.get("TargetMode") == "External"]  # fmt: skip
    assert all(target.startswith(("http://", "https://")) for target in outside)
