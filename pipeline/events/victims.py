"""Who was hit, where no object says so: those who were killed or hurt, and what kind of place was struck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.events._quantities import count_words
from pipeline.events.actor_phrases import class_actor
from pipeline.events.actors import ActorMention, Lexicon, find_actors
from pipeline.events.counts import CountMention
from pipeline.events.proforms import named_before
from pipeline.events.roles import Roles
from pipeline.models import Actor

HURT = ("killed", "injured")
STATE, CIVILIANS = 1, 7  # ACLED inter codes
ANYBODY = frozenset(
    [
        *("", "people", "persons", "others", "other", "more", "dead", "wounded", "casualties", "men"),
        *("recruits", "deaths", "injuries", "bodies", "corpses"),
    ]
)
BEYOND = 60  # characters behind a figure in which it may be said whose people they were ("three fighters of the SDF")


def with_those_hurt(
    roles: Roles, text: str, counts: Sequence[CountMention], *, lexicon: Lexicon, country: str
) -> Roles:
    """Give a blow that names no target those who were hurt by it, or whose place it struck.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> from pipeline.events.counts import find_counts
    >>> line = "The blast killed two beekeepers."
    >>> with_those_hurt(Roles(), line, find_counts(line), lexicon=load_lexicon(), country="SY").target.name
    'Civilians (Syria)'
    """
    known = roles.target
    if known is not None and not (known.inter == CIVILIANS and is_anybody(known.text)):
        return roles
    struck = struck_place(text, roles.target_phrases, lexicon=lexicon, country=country)
    of_state = struck is not None and struck.inter == STATE and struck.name != _name(roles.perpetrator)
    if of_state and all(is_anybody(c.noun) for c in counts if c.kind in HURT):
        return replace(roles, target=struck)  # "a bomb at a barracks killed three people"
    hurt = victim_of(text, counts, lexicon=lexicon, country=country, but=roles.perpetrator)
    if known is not None and (hurt is None or hurt.inter == CIVILIANS):
        return roles
    return replace(roles, target=hurt or struck)


def _name(actor: Actor | None) -> str:
    return "" if actor is None else actor.name


def is_anybody(noun: str) -> bool:
    """Return whether a word for those hurt does not say whether they were of a force or of none.

    Examples
    --------
    >>> is_anybody("people"), is_anybody("soldiers")
    (True, False)
    """
    return next(iter(reversed(noun.lower().split())), "") in ANYBODY


_OWNED = re.compile(r"\bof\s+(?:its|their)\s", re.IGNORECASE)
_OF_THEM = re.compile(
    r"\s+(?:\([^)]{1,20}\)\s+)?(?:of|from|in|with)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}"
)  # "an inspector of |police|"
_OWN_LOSS = re.compile(r"\blos(?:t|ing)\s+\Z", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"\s+of\s+(?:[\w’'-]+\s+){0,4}?(?:famil|minorit|communit|household|tribe|clan|congregation|parish)", re.IGNORECASE
)


def victim_of(
    text: str, counts: Sequence[CountMention], *, lexicon: Lexicon, country: str, but: Actor | None = None
) -> Actor | None:
    """Return whom the counted dead and wounded make the target: an actor named among them, else civilians.

    Parameters
    ----------
    text : str
    counts : sequence of CountMention
        Those of one incident.
    lexicon : Lexicon
    country : str
        ISO 3166-1 alpha-2 of the event.
    but : Actor, optional
        Who did it; the dead on that side are not its target.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> from pipeline.events.counts import find_counts
    >>> line = "The blast killed two beekeepers and their mother."
    >>> victim_of(line, find_counts(line), lexicon=load_lexicon(), country="SY").name
    'Civilians (Syria)'
    """
    told = [c for kind in HURT for c in counts if c.kind == kind and c.count.high != 0]
    found = [actor for c in told if (actor := _counted(text, c, lexicon, country)) is not None and actor != but]
    return found[0] if found else None


def _counted(text: str, mention: CountMention, lexicon: Lexicon, country: str) -> Actor | None:
    """Return who those counted by one figure are."""
    if _OWN_LOSS.search(text, max(0, mention.start - 30), mention.start):
        return None  # whose men they were, the subject says
    end = _clause_end(text, mention.end)
    actors = find_actors(text, mention.start, end, lexicon=lexicon, country=country)
    named = _last(m for m in actors if m.start < mention.end)
    if (named is None or named.kind == "generic") and _OWNED.search(text, mention.start, mention.end):
        owner = named_before(text, mention.start, lexicon=lexicon, country=country)
        if owner is not None:
            return owner
    if named is None:
        named = next((m for m in actors if _OF_THEM.fullmatch(text, mention.end, m.start)), None)
    if named is not None:
        return named.actor
    rank = mention.noun.lower().rpartition("-")[2]  # "sub-|inspector|"
    if rank in lexicon.word_sets["of_some_force"] and not _OF_PEOPLE.match(text, mention.end):
        return None
    if not _is_person(mention.noun):
        return None
    return replace(class_actor(lexicon.classes["civilians"], country, lexicon), text=mention.noun)


def _clause_end(text: str, end: int) -> int:
    stop = re.compile(r"[,.;:!?\n]").search(text, end, end + BEYOND)
    return stop.start() if stop else min(len(text), end + BEYOND)


def _last(mentions: Iterable[ActorMention]) -> ActorMention | None:
    return next(iter(reversed(list(mentions))), None)


def _is_person(noun: str) -> bool:
    """Whether a word stands for a person: one known, or one that no table has ("a beekeeper was killed")."""
    word = noun.lower()
    classes = count_words().nouns.get(word)
    if classes is not None:
        return "person" in classes
    return word.endswith("-year-old") or (word.isalpha() and not noun[:1].isupper())


def struck_place(text: str, spans: Sequence[tuple[int, int]], *, lexicon: Lexicon, country: str) -> Actor | None:
    """Return whose the place was that was struck, by the last word of its phrase: a "market", a "police station".

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> line = "Jets hit a crowded market."
    >>> struck_place(line, [(9, 25)], lexicon=load_lexicon(), country="SY").name
    'Civilians (Syria)'
    """
    for start, end in spans:
        words = re.findall(r"[^\W\d_][\w’'-]*", _PAST_HEAD.split(text[start:end], maxsplit=1)[0])
        if words and words[-1] in _NAMES:
            continue
        words = [w.lower() for w in words]
        known = (lexicon.places.get(phrase) for phrase in (" ".join(words[-2:]), *words[-1:]))
        cls = next(filter(None, known), None)
        if cls is not None and cls != "anyone":
            return replace(class_actor(lexicon.classes[cls], country, lexicon), text=text[start:end])
    return None


_NAMES = frozenset(
    {"Village", "House", "Bar", "Farm", "Bank", "Home", "Community", "Settlement"}
)  # "Green Village", a base
_PAST_HEAD = re.compile(r"[,;:]|\s(?:of|in|at|near|on|for|from|with|by|that|which|where|used|belonging)\s")
