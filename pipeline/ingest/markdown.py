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
    r"|(?P<strong>\*\*(?=\S)(?P<bold>[^*\n]{1,300}?)(?<=\S)\*\*)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!|<>-]))",
    re.MULTILINE,
)


def markdown_edits(source: str) -> tuple[Edit, ...]:
    r"""Return the deletions that leave the text of a Markdown source; none when it has no links, pictures or headings.

    Examples
    --------
    >>> from pipeline.ingest.text import apply_edits
    >>> apply_edits("Hit [on Friday](https://x.org/a) 3\\.", markdown_edits("Hit [on Friday](https://x.org/a) 3\\."))[0]
    'Hit on Friday 3.'
    """
    if "[" not in source and "#" not in source:
        return ()
    signs = list(_SIGNS.finditer(source))
    if not any(match["image"] or match["link"] or match["heading"] for match in signs):
        return ()  # a lone backslash or pair of stars is not Markdown yet
    return tuple(edit for match in signs for edit in _deletions(match))


def _deletions(match: re.Match[str]) -> Iterator[Edit]:
    kept = "label" if match["link"] else "bold" if match["strong"] else None
    if kept is None:
        yield Edit(match.start(), match.end())
        return
    yield Edit(match.start(), match.start(kept))
    yield Edit(match.end(kept), match.end())
