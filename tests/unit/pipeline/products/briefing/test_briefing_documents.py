"""PDF, Word and the drawings by themselves: they say what the page says, load nothing and run nothing."""

from __future__ import annotations

import io
import re
import sys
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from briefing_rows import VERSIONS, event, layers_of
from docx import Document
from test_briefing_hostile import OURS, hostile_layers

from pipeline.errors import OutputError
from pipeline.products.briefing import KINDS, write_briefing
from pipeline.products.briefing.documents import docx, pdf
from pipeline.products.briefing.figures import png, standalone
from pipeline.products.briefing.words import visible


def has_pango():
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(not has_pango(), reason="Pango is missing: apt-get install libpangoft2-1.0-0")
ARABIC = "جرف الصخر"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def made(tmp_path):
    def write(layers, *kinds, **more):
        paths = write_briefing(layers, tmp_path, kinds=kinds, versions=VERSIONS, generated="2023-11-27", **more)
        return {path.name: path for path in paths}

    return write


def words_of_pdf(path):
    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def words_of_docx(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def numbers(text):
    return sorted(re.findall(r"\d+", text))


@needs_pango
def test_every_kind_is_written(made, layers):
    assert set(made(layers, *KINDS)) == {
        "briefing.html", "briefing.md", "briefing.pdf", "briefing.docx", "briefing-map.svg", "briefing-map.png",
        "briefing-timeline.svg", "briefing-timeline.png",
    }  # fmt: skip


def test_word_has_every_number_of_the_markdown(made, layers):
    files = made(layers, "md", "docx")
    markdown = re.sub(r"\[.*?\]\(<(.*?)>\)", r"\1", files["briefing.md"].read_text("utf-8"))
    assert set(numbers(markdown)) == set(numbers(words_of_docx(files["briefing.docx"])))


def test_word_has_every_row_of_the_incidents(made, layers):
    files = made(layers, "md", "docx")
    rows = [line for line in files["briefing.md"].read_text("utf-8").splitlines() if line.startswith("| ")]
    tables = Document(files["briefing.docx"]).tables
    assert sum(len(table.rows) for table in tables) == len(rows)
    assert all(len({len(row.cells) for row in table.rows}) == 1 for table in tables)


@needs_pango
def test_pdf_has_the_bottom_line_and_the_figures(made, layers):
    files = made(layers, "html", "pdf")
    text = " ".join(words_of_pdf(files["briefing.pdf"]).split())
    assert "Bottom line" in text
    said = re.findall(r'data-measure="[^"]*"[^>]*>([^<]+)<', files["briefing.html"].read_text("utf-8"))
    assert said
    assert set(numbers(" ".join(said))) <= set(numbers(text))


@needs_pango
def test_pdf_embeds_a_font_that_has_the_arabic(made):
    path = made(layers_of([event(1, "2023-11-20", "asad", source_sentence=ARABIC)]), "pdf")["briefing.pdf"]
    shown = words_of_pdf(path)
    assert sum("\u0600" <= letter <= "\u06ff" or "\ufb50" <= letter <= "\ufefc" for letter in shown) >= len(ARABIC) - 1
    assert "\ufffd" not in shown


@needs_pango
def test_nothing_is_loaded():
    tried = '<p>x</p><img src="https://evil.example/x.png"><link rel="stylesheet" href="file:///etc/passwd">'
    document = pypdfium2.PdfDocument(pdf(tried))
    assert document[0].get_textpage().get_text_bounded().strip() == "x"


def test_without_pango_the_remedy_is_named(monkeypatch):
    class Broken:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(OutputError, match=r"no Pango on this machine \(cannot load.*apt-get install libpango"):
        pdf("<p>x</p>")


@pytest.mark.parametrize("text", OURS)
def test_hostile_text_is_text_in_word(made, text):
    words = words_of_docx(made(hostile_layers(text), "docx")["briefing.docx"])
    shown = " ".join(visible(text.replace("\0", "\ufffd")).split())  # the layers hold no NUL
    assert shown in " ".join(words.split())


@needs_pango
def test_hostile_text_is_text_in_pdf(made):
    layers = layers_of([event(n, "2023-11-20", "asad", source_sentence=text) for n, text in enumerate(OURS)])
    path = made(layers, "pdf")["briefing.pdf"]
    assert "<script>window.canary=1</script>" in words_of_pdf(path).replace("\n", "").replace("\r", "")
    raw = path.read_bytes()
    assert b"/JavaScript" not in raw
    assert b"/Launch" not in raw


@pytest.mark.parametrize("kind", [pytest.param("pdf", marks=needs_pango), "docx", "figures"])
def test_the_same_each_time(made, layers, kind):
    once = {name: path.read_bytes() for name, path in made(layers, kind).items()}
    again = {name: path.read_bytes() for name, path in made(layers, kind).items()}
    assert once == again


def test_drawings_bring_their_colours(made, layers):
    files = made(layers, "figures")
    for name in ("briefing-map.svg", "briefing-timeline.svg"):
        text = files[name].read_text("utf-8")
        assert "var(" not in text
        assert ET.fromstring(text).find("{http://www.w3.org/2000/svg}style").text
    assert files["briefing-map.png"].read_bytes().startswith(PNG)


def test_a_mark_has_the_colour_of_its_kind():
    drawn = standalone(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path class="mark exact k1" d="M0,0H9V9H0Z"/></svg>'
    )
    assert drawn.count("#D55E00") >= 1
    assert png(drawn) != png(drawn.replace("#D55E00", "#00FF00"))


@needs_pango
def test_no_incidents_give_an_honest_document(made, no_layers):
    files = made(no_layers, *KINDS)
    assert set(files) == {"briefing.html", "briefing.md", "briefing.pdf", "briefing.docx"}
    assert "no incident" in words_of_docx(files["briefing.docx"]).lower()


def test_pictures_stand_in_the_document(made, layers):
    document = Document(made(layers, "docx")["briefing.docx"])
    assert len(document.inline_shapes) == 2


def test_control_characters_do_not_break_word():
    assert Document(io.BytesIO(docx("a \x0b b \x01", {}))).paragraphs[0].text.startswith("a")
