"""Read a page back: its elements, its figures with their rows, the text of each section."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """What stands in a page: its elements, the figures with their rows, the text of each section."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.sections: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.bare: dict[str, list[str]] = {}
        self.figures: list[tuple[str, dict[str, str | None], str]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in {"meta", "br", "link", "input", "img"}:
            self.open.append((tag, attributes))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        section = next((a["id"] for t, a in reversed(self.open) if t in {"section", "aside"} and "id" in a), "")
        self.text.setdefault(section, []).append(data)
        measured = next((a for _, a in reversed(self.open) if "data-measure" in a), None)
        if measured is not None:
            self.figures.append((section, measured, data))
        elif not any(t == "small" for t, _ in self.open):
            self.bare.setdefault(section, []).append(data)
