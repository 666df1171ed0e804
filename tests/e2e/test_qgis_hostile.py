"""Hostile text in the map tips of real QGIS: every known injection and a sample of known attacks is shown as text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hostile_texts import EVALUATED, hostile_layers, known, writable
from qgis_python import probed

from pipeline.products.qgis import Page, write_geopackage, write_project

pytestmark = pytest.mark.slow
TEMPLATE_TAGS = {"div", "b", "br", "q", "small"}


class Tip(HTMLParser):
    """What stands in a map tip: its tags with their attributes, and its text."""

    def __init__(self, tip: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.others: list[str] = []
        self.feed(tip)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@pytest.fixture(scope="module")
def texts():
    return known()


@pytest.fixture(scope="module")
def seen(texts, tmp_path_factory):
    """What QGIS says of a project that holds each text in every field of every layer."""
    folder = tmp_path_factory.mktemp("qgis")
    layers = hostile_layers(texts, sound=True)
    write_geopackage(layers, folder / "events.gpkg", generated="2024-02-29T12:00:00Z")
    write_project(layers, folder / "project.qgz", Page(texts[0], tuple(texts[:40])))
    return probed("qgis_project_probe.py", folder, folder)


@pytest.mark.parametrize("layer", ["events", "areas", "claims", "mentions"])
def test_each_text_is_text_in_the_map_tip(seen, texts, layer):
    tips = [Tip(tip) for tip in seen["layers"][f"layer_{layer}"]["tips"]]
    assert len(tips) == len(texts)
    for tip, text in zip(tips, texts, strict=True):
        assert {tag for tag, _ in tip.tags} <= TEMPLATE_TAGS, text
        assert {name for _, names in tip.tags for name in names} <= {"style"}, text
        assert tip.others == [], text
        assert writable(text) in "".join(tip.words)
        assert EVALUATED not in "".join(tip.words) or EVALUATED in text


def test_the_project_opens_and_prints_all_the_same(seen):
    assert seen["read"] is True
    assert all(layer["valid"] for layer in seen["layers"].values())
    assert seen["printed"] is True
