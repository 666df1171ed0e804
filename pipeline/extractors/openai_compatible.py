"""``Extractor`` by a language model of the user's own; where it gives nothing usable, the rules read the article."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from pipeline.article import Tools
from pipeline.codes import sub_event_types
from pipeline.errors import ExtractorError, UsageError
from pipeline.events import Extraction, Extractor
from pipeline.events.actors import Lexicon, load_lexicon
from pipeline.events.dates import reference_date
from pipeline.events.passed_over import Dropped
from pipeline.extractors.answer import read_answer
from pipeline.extractors.checked import Checker, DroppedError, Resolve
from pipeline.extractors.endpoint import Endpoint, EndpointError
from pipeline.models import Article, Event, Resolution, SourceRef
from pipeline.parse import ParsedText
from pipeline.settings import ExtractorSettings
from pipeline.toponyms import resolve_toponyms

MOST_TEXT = 60_000  # characters of a report sent; a longer one is read by the rules
GIVE_UP_AFTER = 3  # reports in a row without an answer; then the endpoint is asked no more
_log = logging.getLogger("sitmap.extractor")


class _NotAskedError(EndpointError):
    """The endpoint was not asked at all."""


class ModelExtractor:
    """Ask a model for the events of an article, and believe only what the article bears out.

    Parameters
    ----------
    endpoint : Endpoint
    rules : Extractor
        Reads the claims of every article, and the events of those for which the model gives no usable answer.
    resolve : callable
        Resolves places: (article, mentions) -> resolutions. The model's coordinates are never looked at.
    lexicon : Lexicon, optional
    strict : bool
        Raise where there is no usable answer, rather than fall back on the rules.

    Examples
    --------
    >>> endpoint = Endpoint("http://localhost:8000/v1", "my-model")
    >>> extractor = ModelExtractor(endpoint, RuleExtractor(), resolve=resolve)  # doctest: +SKIP
    """

    def __init__(
        self,
        endpoint: Endpoint,
        rules: Extractor,
        *,
        resolve: Resolve,
        lexicon: Lexicon | None = None,
        strict: bool = False,
    ) -> None:
        self.endpoint, self.rules, self.resolve, self.strict = endpoint, rules, resolve, strict
        self.lexicon = lexicon or load_lexicon()
        self._failed = 0

    def extract(
        self, article: Article, parsed: ParsedText, resolutions: Sequence[Resolution], *, as_of: date | None
    ) -> Extraction:
        """Return what the article tells.

        Raises
        ------
        ExtractorError
            If ``strict``, and the model gave no usable answer.
        """
        by_rules = self.rules.extract(article, parsed, resolutions, as_of=as_of)
        today = reference_date(article, as_of=as_of).day
        try:
            told, faults = read_answer(self._answer(article, today))
        except EndpointError as error:
            was_asked = not isinstance(error, _NotAskedError)
            self._failed += was_asked
            level = logging.WARNING if was_asked else logging.INFO
            _log.log(level, "%r: the extractor failed: %s", article.doc_id, error)
            return self._fall_back(article, by_rules, str(error))
        self._failed = 0
        checker = Checker(article, tuple(resolutions), self.resolve, today, self.lexicon)
        dropped = [Dropped(_nowhere(article), f"the extractor's answer: {why}") for why in faults]
        events: dict[str, Event] = {}
        for one in told:
            try:
                event = checker.event_of(one, f"read by the model {self.endpoint.model}")
                events.setdefault(event.event_id, event)
            except DroppedError as why:
                dropped.append(Dropped(why.source or _nowhere(article), f"the extractor's answer: {why}"))
        return Extraction(tuple(events.values()), by_rules.claims, tuple(dropped))

    def _answer(self, article: Article, today: date | None) -> str:
        text = "\n".join(article.text[b.start : b.end] for b in article.blocks if b.is_content) or article.text
        if len(text) > MOST_TEXT:
            raise _NotAskedError(f"the report is longer than {MOST_TEXT:,} characters, and was not sent")
        if self._failed >= GIVE_UP_AFTER:
            raise _NotAskedError(f"it gave no answer {GIVE_UP_AFTER} times in a row, and is asked no more")
        asked = {"report_day": today.isoformat() if today else None, "report_text": text}
        return self.endpoint.ask(
            [
                {"role": "system", "content": _prompt()},
                {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
            ]
        )

    def _fall_back(self, article: Article, by_rules: Extraction, why: str) -> Extraction:
        """Return what the rules read, with why, or raise where that is not wanted."""
        if self.strict:
            raise ExtractorError(
                f"{article.path or article.doc_id}: the extractor {self.endpoint.url} failed: {why}; start it, raise "
                "--extractor-timeout, or leave --extractor-strict out, so that the rules read what it does not"
            )
        note = f"read by the rules, as the extractor failed: {why}"
        events = tuple(replace(e, notes=(*e.notes, note)) for e in by_rules.events)
        told = Dropped(_nowhere(article), f"the extractor failed: {why}; the article was read by the rules")
        return Extraction(events, by_rules.claims, (*by_rules.passed_over, told))


def endpoint_of(asked: ExtractorSettings | None) -> Endpoint | None:
    """Return the endpoint that a run was asked to use, with the key from its variable; None where none is asked for.

    Raises
    ------
    UsageError
        If the variable is empty, or the address cannot be used.
    """
    if asked is None:
        return None
    key = os.environ.get(asked.key_env, "").strip() if asked.key_env else ""
    if asked.key_env and not key:
        raise UsageError(f"{asked.key_env}: the variable is not set; put the extractor's key there, or leave it out")
    return Endpoint(asked.url, asked.model, key, asked.timeout)


def with_extractor(tools: Tools, endpoint: Endpoint | None, *, strict: bool = False) -> Tools:
    """Return the tools with a model in the place of the rules, which stay behind it; unchanged without an endpoint."""
    if endpoint is None:
        return tools
    resolve: Resolve = lambda article, mentions: resolve_toponyms(  # noqa: E731 - a name for its type
        article, mentions, gazetteer=tools.gazetteer, ranker=tools.ranker
    )
    return replace(tools, extractor=ModelExtractor(endpoint, tools.extractor, resolve=resolve, strict=strict))


def _nowhere(article: Article) -> SourceRef:
    """Return a reference to the article where there is no sentence to point at."""
    return SourceRef(article.doc_id, "", 0, 0, article.source, article.url, article.date, article.title)


@cache
def _prompt() -> str:
    text = files("pipeline.extractors").joinpath("data/prompt.txt").read_text(encoding="utf-8")
    return text.replace("{sub_event_types}", "; ".join(sub_event_types()))
