"""Small walks over the dependency parse: phrases, roles, clauses, distances."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.parse import ParsedText, Sentence, Token

CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "appos", "parataxis", "csubj"})
ACCUSING = frozenset({"accuse", "blame", "suspect"})  # lemmas
SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})


def phrase(parsed: ParsedText, head: Token, *, whole: bool = False) -> tuple[int, int]:
    """Return (start, end) of the noun phrase of ``head``, without clauses.

    Unless ``whole``, what is coordinated with it and phrases after it ("a camp |in Yemen|") are cut off too.
    """
    cut = CLAUSES if whole else CLAUSES | {"conj", "cc", "punct"}
    left, right, queue = head, head, [head]
    while queue:
        for child in parsed.children(queue.pop()):
            late = child.dep == "prep" and child.lemma.lower() not in {"of", "for"} and not whole
            aside = child.lemma.lower() == "for" and any(c.lemma == "part" for c in parsed.children(child))
            if late or aside or (child.dep in cut and child.text not in {"-", "’s", "'s"}):
                continue
            left = child if child.i < left.i else left
            right = child if child.i > right.i else right
            queue.append(child)
    return left.start, right.end


def is_verb(token: Token) -> bool:
    """Return whether a token is a verb or an auxiliary."""
    return token.pos in {"VERB", "AUX"}


def first_conjunct(parsed: ParsedText, token: Token) -> Token:
    """Return the first of the words that ``token`` is coordinated with, which bears their role."""
    while token.dep == "conj":
        token = parsed.tokens[token.head]
    return token


def conjuncts(parsed: ParsedText, token: Token) -> tuple[Token, ...]:
    """Return ``token`` and what is coordinated with it."""
    found, queue = [token], [token]
    while queue:
        more = [c for c in parsed.children(queue.pop()) if c.dep == "conj"]
        found += more
        queue += more
    return tuple(found)


def subject(parsed: ParsedText, verb: Token) -> Token | None:
    """Return the subject of a verb: its own, the noun it modifies, or that of the verb it hangs on."""
    own = next((c for c in parsed.children(verb) if c.dep in SUBJECTS | PASSIVE_SUBJECTS), None)
    if own is not None:
        return _antecedent(parsed, verb, own)
    head = parsed.tokens[verb.head]
    if verb.dep == "pcomp" and (accused := _accused(parsed, head)) is not None:
        return accused
    if verb.dep in {"conj", "xcomp", "advcl", "pcomp", "dep"} and head.i != verb.i:
        if verb.dep == "advcl" and verb.tag == "VBG" and head.lemma.lower() in {"call", "describe", "compare"}:
            return None  # "called the barrage targeting Kyiv one of the worst"
        return subject(parsed, _verb_above(parsed, verb))
    if verb.dep in {"acl", "relcl"} and verb.tag != "VBN":
        return head
    return None


def _accused(parsed: ParsedText, prep: Token) -> Token | None:
    """Return who is said to have done it: "accused |the rebels| of killing", "|the rebels| are blamed for killing"."""
    above = parsed.tokens[prep.head]
    verb = above if is_verb(above) else parsed.tokens[above.head]
    if prep.text.lower() not in {"of", "for"} or verb.lemma.lower() not in ACCUSING:
        return None
    return next((c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"}), None)


def _verb_above(parsed: ParsedText, verb: Token) -> Token:
    head = parsed.tokens[verb.head]
    while not is_verb(head) and head.head != head.i:
        head = parsed.tokens[head.head]
    return head


def _antecedent(parsed: ParsedText, verb: Token, own: Token) -> Token:
    """Return what "which" or "who" stands for."""
    return parsed.tokens[verb.head] if own.text.lower() in {"which", "who", "that"} and verb.dep == "relcl" else own


def is_passive(parsed: ParsedText, verb: Token) -> bool:
    """Whether the verb is passive, or a participle after its noun ("missiles fired from")."""
    children = parsed.children(verb)
    if any(c.dep in PASSIVE_SUBJECTS or c.dep == "auxpass" for c in children):
        return True
    if verb.tag == "VBN" and verb.dep in {"acl", "advcl"} and not any(c.dep == "aux" for c in children):
        return True
    head = parsed.tokens[verb.head]
    shares = verb.dep == "conj" and verb.tag == "VBN" and not any(c.dep in SUBJECTS or c.dep == "aux" for c in children)
    return shares and head.i != verb.i and head.pos == "VERB" and is_passive(parsed, head)


def preposition_objects(parsed: ParsedText, token: Token, words: frozenset[str]) -> Iterator[Token]:
    """Yield the objects of the prepositions among ``words`` that hang on ``token``, with their conjuncts."""
    for child in parsed.children(token):
        if child.dep in {"prep", "agent", "dative"} and child.text.lower() in words:
            for found in parsed.children(child):
                if found.dep in {"pobj", "pcomp"}:
                    yield from conjuncts(parsed, found)


def ancestors(parsed: ParsedText, token: Token) -> Iterator[Token]:
    """Yield the heads of ``token`` up to the root of its sentence."""
    while token.head != token.i:
        token = parsed.tokens[token.head]
        yield token


def distance(parsed: ParsedText, one: Token, other: Token) -> int:
    """Return the number of steps between two tokens of a sentence along the dependency tree."""
    up = [one.i, *(t.i for t in ancestors(parsed, one))]
    steps = {i: n for n, i in enumerate(up)}
    for n, i in enumerate([other.i, *(t.i for t in ancestors(parsed, other))]):
        if i in steps:
            return n + steps[i]
    return 99


def token_for(parsed: ParsedText, sentence: Sentence, start: int, end: int) -> Token | None:
    """Return the token of a span that hangs outside it."""
    inside = [t for t in parsed.tokens_of(sentence) if t.start < end and t.end > start]
    numbers = {t.i for t in inside}
    return next((t for t in inside if t.head not in numbers or t.head == t.i), None)


#: Verbs of those who meet with what a noun tells, by the preposition before that.
MEETING = {
    "under": ("come", "be", "take", "put", "keep", "find", "land"),
    "into": ("fall", "run", "walk", "drive", "stumble"),
    "to": ("fall",),
}


def came_under(parsed: ParsedText, noun: Token) -> Token | None:
    """Return the verb of those who |came under| fire or |fell into| an ambush, or were |met with| gunfire.

    None where a noun tells of no such thing.
    """
    prep = parsed.tokens[noun.head]
    verb = parsed.tokens[prep.head]
    if noun.dep != "pobj":
        return None
    came = verb.lemma.lower() in MEETING.get(prep.text.lower(), ())
    met = prep.text.lower() in {"by", "with"} and verb.lemma.lower() in {"meet", "greet"} and is_passive(parsed, verb)
    return verb if came or met else None
