"""Markdown marks, which a reader of the page does not see: links, pictures, headings, escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.text import Edit

_URL = r"\(\s*<?(?:https?://|/|\.\.?/|#|mailto:)[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:\s+\"[^\"\n]{0,500}\")?\s*\)"
_SIGNS = re.compile(
    rf"(?P<image>!\[[^\[\]\n]{{0,500}}\]{_URL})"
    rf"|(?P<link>\[(?P<label>[^\[\]\n]{{0,500}})\]{_URL})"
    r"|(?P<heading>^\#{1,6}[ \t]+(?=\S))"
    r"|(?P<strong>\*\*(?=\S)(?P<bold>[^*\n]{1,300}?)(?<=\S)\*\*)",
    re.MULTILINE,
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|<>-])")


def markdown_edits(source: str) -> tuple[Edit, ...]:
    r"""Return the deletions that leave the text of a Markdown source; none when it has no links, pictures or headings.

    Examples
    --------
    >>> from pipeline.ingest.text import apply_edits
    >>> apply_edits("Hit [on Friday](https://x.org/a) 3\\.", markdown_edits("Hit [on Friday](https://x.org/a) 3\\."))[0]
    'Hit on Friday 3.'
    """
    edits = [edit for match in _SIGNS.finditer(source) for edit in _deletions(match)]
    if not edits:
        return ()
    taken = [(edit.start, edit.end) for edit in edits]
    edits += [e for e in _escapes(source) if not any(a <= e.start < b for a, b in taken)]
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _deletions(match: re.Match[str]) -> Iterator[Edit]:
    kept = {"link": "label", "strong": "bold"}.get(match.lastgroup or "")
    if kept is None:
        yield Edit(match.start(), match.end())
        return
    yield Edit(match.start(), match.start(kept))
    yield Edit(match.end(kept), match.end())


def _escapes(source: str) -> Iterator[Edit]:
    return (Edit(match.start(), match.end()) for match in _ESCAPE.finditer(source))
