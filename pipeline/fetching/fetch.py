"""Addresses and feeds -> a folder of reports, one after the other; what cannot be had is told, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from pipeline.fetching.addresses import FetchError
from pipeline.fetching.archive import Archive, Page
from pipeline.fetching.client import Answer
from pipeline.fetching.feeds import entries_of
from pipeline.fetching.manners import Manners


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: new, changed, unchanged, a feed, or refused; why, and the file."""

    url: str
    what: str
    why: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches reports, and those that feeds link to.

    Parameters
    ----------
    manners : Manners
    archive : Archive
    limit : int
        Entries of one feed that are fetched, from its top.
    """

    manners: Manners
    archive: Archive
    limit: int = 50

    def fetch(self, urls: Sequence[str]) -> Iterator[Fetched]:
        """Fetch each address once; yield what became of it as soon as it is known."""
        done: set[str] = set()
        for url in dict.fromkeys(urls):
            yield from self._one(Page(url), done, follow=True)

    def _one(self, page: Page, done: set[str], *, follow: bool) -> Iterator[Fetched]:
        if page.url in done:
            return
        done.add(page.url)
        try:
            answer = self.manners.get(page.url, self.archive.conditions(page))
            entries = entries_of(answer) if follow and answer.status == HTTPStatus.OK else None
            if entries is None:
                yield self._kept(page, answer)
                return
        except FetchError as error:
            yield Fetched(page.url, "refused", str(error).removeprefix(f"{page.url}: "))
            return
        told = f"{len(entries)} entries" + (
            f", the first {self.limit} are fetched" if len(entries) > self.limit else ""
        )
        yield Fetched(page.url, "feed", told)
        for entry in entries[: self.limit]:
            yield from self._one(Page(entry.url, entry.title, entry.day, entry.source, page.url), done, follow=False)

    def _kept(self, page: Page, answer: Answer) -> Fetched:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Fetched(page.url, "unchanged")
        if answer.status != HTTPStatus.OK:
            raise FetchError(f"the server answers {answer.status}")
        if not self.archive.takes(answer):
            raise FetchError(f"is {answer.kind or 'of no said kind'}, neither a page nor plain text nor a feed")
        path, what = self.archive.keep(page, answer)
        return Fetched(page.url, what, path=path)
