"""A feed -> the reports that it links to."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

import feedparser

from pipeline.fetching.addresses import FetchError
from pipeline.fetching.client import Answer

_FEED_KINDS = ("rss", "atom", "xml", "rdf")
_LONGEST = 500  # characters of a title


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one report."""

    url: str
    title: str = ""
    day: date | None = None
    source: str = ""


def entries_of(answer: Answer) -> Sequence[Entry] | None:
    """Return the entries of a feed in its order, each address once; None where the answer is no feed.

    Raises
    ------
    FetchError
        If it defines entities.

    Examples
    --------
    >>> item = b"<item><title>Two killed</title><link>/a</link></item>"
    >>> body = b"<rss version='2.0'><channel><title>Wire</title>" + item + b"</channel></rss>"
    >>> entries_of(Answer("https://news.example.org/feed", 200, {"content-type": "application/rss+xml"}, body))
    [Entry(url='https://news.example.org/a', title='Two killed', day=None, source='Wire')]
    """
    if not any(word in answer.kind for word in _FEED_KINDS) or "xhtml" in answer.kind:
        return None
    if b"<!ENTITY" in answer.body.replace(b"\0", b""):  # in UTF-16 too; no honest feed defines any
        raise FetchError(f"{answer.url}: a feed that defines entities, which can grow without end; it is not read")
    # feedparser takes bytes as they are, a string as an address to fetch or a file to open: never a string.
    feed = feedparser.parse(
        io.BytesIO(answer.body), response_headers={"content-type": answer.headers.get("content-type", "")}
    )
    if not feed.get("version"):
        return None
    name = str(feed.feed.get("title", ""))[:_LONGEST]
    found = [_entry(item, answer.url, name) for item in feed.entries if item.get("link")]
    return list({entry.url: entry for entry in reversed(found)}.values())[::-1]


def _entry(item: feedparser.FeedParserDict, base: str, source: str) -> Entry:
    told = item.get("published_parsed") or item.get("updated_parsed")
    day = date(told.tm_year, told.tm_mon, told.tm_mday) if told else None
    return Entry(urljoin(base, str(item.link)), str(item.get("title", ""))[:_LONGEST], day, source)
