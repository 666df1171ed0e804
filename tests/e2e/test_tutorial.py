"""The notebook of the docs: it runs as it is, and the maps in it are there, in a browser with the network off."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed: the notebook is not run")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: the notebook is not run")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not opened")
ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed: the page is not opened"),
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The HTML outputs of the notebook's cells, run in a copy of the folder it expects."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "docs").mkdir()
    (folder / "outputs").mkdir()
    shutil.copytree(ROOT / "examples", folder / "examples")
    notebook = nbformat.read(ROOT / "docs" / "tutorial.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder / "docs")}}).execute()
    assert (folder / "outputs" / "deadly.html").is_file()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        output["data"]["text/html"]
        for cell in cells
        for output in cell.outputs
        if "text/html" in output.get("data", ())
    ]


def test_maps_show_themselves(outputs, opened, tmp_path):
    frames = [output for output in outputs if "<iframe" in output]
    assert len(frames) == 3
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{''.join(frames)}</body>", encoding="utf-8")
    page = opened.page
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto(path.as_uri())
    for number in range(len(frames)):
        inside = page.frame_locator("iframe").nth(number)
        inside.locator("html[data-ready]").wait_for(state="attached")
        assert re.search("[1-9]", inside.locator("#shown").inner_text())
    assert [url for url in opened.requests if url not in {path.as_uri(), "about:srcdoc"}] == []
    assert opened.complaints == []


def test_tables_are_in_it(outputs):
    assert sum("<table" in output for output in outputs) >= 3
