"""Which actor a noun phrase of a telling names: at its head, as its owner, or as whom it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.events.actors import ActorMention, Lexicon, as_actor, canonical, find_actors
from pipeline.events.grammar import ancestors, conjuncts, is_verb, phrase, preposition_objects, subject
from pipeline.events.proforms import named_before, referent
from pipeline.events.triggers import instrument_in
from pipeline.models import Actor
from pipeline.parse import ParsedText, Token

OWNING = frozenset({"use", "run", "hold", "operate", "belong", "link", "control", "occupy", "man"})
SAYINGS = frozenset(
    {"statement", "report", "message", "post", "video", "communique", "communiqué"}
)  # "put out a |statement| saying that it"
FORMER = frozenset({"former", "retired", "ex", "demobilised", "demobilized"})
#: ranks before a name
SOLDIERS = frozenset(
    [
        "sergeant",
        "sgt",
        "corporal",
        "cpl",
        "lieutenant",
        "lt",
        "private",
        "pvt",
        "sepoy",
        "jawan",
        "naik",
        "havildar",
        "subedar",
        "rifleman",
        "trooper",
        "gunner",
        "airman",
        "colonel",
    ]
)
POLICEMEN = frozenset({"constable", "inspector", "sub-inspector", "superintendent"})
CARRYING = frozenset({"carry", "transport", "ferry"})  # lemmas
POSSESSIVES = frozenset({"its", "their", "his", "her"})
ARMED = frozenset({1, 2, 3, 4, 8})  # ACLED inter codes
MEMBERS = re.compile(
    r"\s+(?:(?:allegedly|reportedly|believed\s+to\s+be|suspected\s+to\s+be|said\s+to\s+be)\s+)?(?:from|of|with|in|loyal|belonging|allied|linked|affiliated|aligned)\s",
    re.IGNORECASE,
)
MEMBERS_REACH = 60  # characters
CUT_REACH = 30  # characters
COMRADES_REACH = 250  # characters
QUALIFIES = re.compile(r"\s(?:(?!and\b|or\b|of\b|in\b|on\b|by\b|with\b)[a-z]+\s){0,2}")
OF_A_PART = re.compile(
    r"\s+(?:allegedly\s+|reportedly\s+)?(?:of|from|belonging\s+to|loyal\s+to)\s+(?:(?:the|a|of|and|[A-Z(\d][\w()’'-]*)\s+){0,10}"
)
CALLED = re.compile(
    r"\s+(?:calling\s+(?:itself|themselves)|that\s+calls\s+itself|(?:called|named|dubbed|known\s+as))\s+(?:the\s+)?[“\"‘']?"
    r"(?P<name>[A-Z][\w’'-]*(?:\s+(?:(?:of|the|for|al|and)\s+)?[A-Z][\w’'-]*)*)"
)
WHERE = re.compile(r"\bin\s+(?:the\s+)?\Z", re.IGNORECASE)
STOP = re.compile(r"[,.;:!?\n]")
OTHERS = frozenset({"those", "who", "whoever", "others", "some", "anyone"})  # "no truce with |those| who killed"


@dataclass(frozen=True, slots=True)
class RoleReader:
    """Reads noun phrases of a text told of a ``country``.

    ``bare``: "soldiers" alone are taken for that country's. ``seen``: the heads on the way here, none of which is asked
    again ("women |carrying| |their| children": the children are the women's, whom the children tell nothing of).
    """

    parsed: ParsedText
    lexicon: Lexicon
    country: str
    bare: bool = False
    seen: frozenset[int] = frozenset()

    def actor(self, head: Token, *, agent: bool) -> Actor | None:
        """Return the actor a noun phrase names: the one at its head, or the one that owns the thing at its head."""
        if not agent and self._is_former(head):
            return canonical("civilians", lexicon=self.lexicon, country=self.country)
        return self._told_of(head, agent=agent)

    def _told_of(self, head: Token, *, agent: bool) -> Actor | None:
        """Return the actor of a noun phrase as it is told of, of whatever time."""
        owner = self._owner(head)
        if owner is not None:
            return self._of_capital(owner) or self._pointed_at(owner, head, agent=agent)
        if agent and self._is_owned(head) and head.lemma.lower() in self.lexicon.word_sets["own_people"]:
            return named_before(self.parsed.text, head.start, lexicon=self.lexicon, country=self.country)
        user = None if agent else self._user(head)
        if user is not None:
            return user
        named = self._named(head, whole=not agent and head.pos != "PROPN")
        if named is None and not agent and head.pos == "PROPN":
            named = self._of_rank(head)
        if named is not None or not agent:
            return named
        if head.pos == "PRON":
            return self._of_pronoun(head)
        return self._unknown(head) if _can_act(head) else None

    def _of_rank(self, head: Token) -> Actor | None:
        """Return the force of one whose rank stands before the name: "killed |Sergeant| Yaniv M."."""
        ranks = {c.text.lower().rstrip(".") for c in self.parsed.children(head) if c.dep == "compound" and c.i < head.i}
        people = "soldiers" if ranks & SOLDIERS else "policemen" if ranks & POLICEMEN else ""
        return canonical(people, lexicon=self.lexicon, country=self.country) if people else None

    def _of_capital(self, owner: Token) -> Actor | None:
        """Return the state for which a capital speaks: "|Ankara| said its jets"."""
        state = self.lexicon.state_of_capital(owner.text) if owner.pos == "PROPN" else ""
        return replace(as_actor(state, self.lexicon), text=owner.text) if state else None

    def _is_former(self, head: Token) -> bool:
        """Whether one was of a force once, and is a civilian now: "a |former| policeman", "a |retired| colonel"."""
        return any(c.text.lower() in FORMER and c.i < head.i for c in self.parsed.children(head))

    def _of_pronoun(self, head: Token) -> Actor | None:
        """Return who "it" is by who reports it; in "they opened fire, the police said" others did."""
        speaker = self._reporter(head)
        word = head.text.lower()
        if speaker is None or word in OTHERS or (speaker.i > head.i and word == "they"):
            return None
        return self._of_capital(speaker) or self._pointed_at(speaker, head, agent=True)

    def _pointed_at(self, other: Token, head: Token, *, agent: bool, bare: bool = False) -> Actor | None:
        """Return the actor of the phrase that ``head`` points at, if it was not asked on the way here."""
        if other.i in self.seen:
            return None
        return replace(self, seen=self.seen | {head.i}, bare=self.bare or bare).actor(other, agent=agent)

    def _named(self, head: Token, *, whole: bool) -> Actor | None:
        """Return the actor that the phrase of ``head`` names: at its head, else the first."""
        start, end = phrase(self.parsed, head, whole=whole)
        told = find_actors(
            self.parsed.text, start, self._members_end(head, end), lexicon=self.lexicon, country=self.country
        )
        found = [m for m in told if m.start < end and (m.start <= head.start < m.end or not self._is_where(m))]
        usable = [m for m in found if self.bare or not m.bare]
        at_head = [m for m in usable if m.start <= head.start < m.end]
        best = next(iter((*at_head, *usable)), None)
        if best is not None and best.kind == "generic":
            best = next((m for m in told if m.kind == "named" and self._goes_with(m, best)), best)
        if best is not None and best.bare:
            return self._comrades(best) or (None if self._are_foreign_soldiers_told_of() else best.actor)
        if best is not None and best.kind != "generic":
            return best.actor
        return self._called(best) or self._stood_for(head, best)

    def _comrades(self, soldiers: ActorMention) -> Actor | None:
        """Return whose soldiers they are by those told just before: "A |Rwandan| patrol hit a mine. Two soldiers …"."""
        text, start = self.parsed.text, soldiers.start
        paragraph = max(text.rfind("\n", 0, start) + 1, start - COMRADES_REACH, 0)
        told = find_actors(text, paragraph, start, lexicon=self.lexicon, country=self.country)
        last = next((m for m in reversed(told) if m.kind in {"state_person", "state", "site"} and not m.bare), None)
        same = last is not None and last.kind != "state" and last.actor.name.startswith("Military")
        return last.actor if same and last is not None and soldiers.actor.name.startswith("Military") else None

    def _are_foreign_soldiers_told_of(self) -> bool:
        """Whether the report names soldiers of another state and none of the country's: whose "troops" are is open."""
        told = find_actors(self.parsed.text, 0, len(self.parsed.text), lexicon=self.lexicon, country=self.country)
        named = [
            m.actor for m in told if m.kind == "state_person" and not m.bare and m.actor.name.startswith("Military")
        ]
        return bool(named) and all(actor.country != self.country for actor in named)

    def _called(self, people: ActorMention | None) -> Actor | None:
        """Return the name that a group goes by: "a resistance group |calling itself| Dawn Column"."""
        match = CALLED.match(self.parsed.text, people.end) if people is not None else None
        if match is None or people is None:
            return None
        named = canonical(match["name"], lexicon=self.lexicon, country=self.country)
        return named if named.inter in ARMED else replace(people.actor, name=match["name"], text=match["name"])

    def _goes_with(self, name: ActorMention, people: ActorMention) -> bool:
        """Whether a name says whose people they are: "|Houthi| coup militia", "fighters of a Front of the |NPA|"."""
        text = self.parsed.text
        before = QUALIFIES.fullmatch(text, name.end, people.start) is not None
        return before or (people.end <= name.start and OF_A_PART.fullmatch(text, people.end, name.start) is not None)

    def _stood_for(self, head: Token, found: ActorMention | None) -> Actor | None:
        """Return whom "the militia" or "the group" stands for by what was told before, else what it says itself."""
        start, end = (head.start, head.end) if found is None else (found.start, found.end)
        actor = referent(self.parsed.text, start, end, lexicon=self.lexicon, country=self.country)
        return actor or (found.actor if found else None)

    def _is_where(self, mention: ActorMention) -> bool:
        """Whether an actor's name only says where: "a village |in the Donetsk People's Republic|"."""
        return WHERE.search(self.parsed.text, max(0, mention.start - 10), mention.start) is not None

    def _members_end(self, head: Token, end: int) -> int:
        """Return where what says whose fighters they are may end: "fighters |loyal to the STC|"."""
        if all(MEMBERS.match(self.parsed.text, at) is None for at in (end, head.end)):
            return end
        stop = STOP.search(self.parsed.text, end, end + MEMBERS_REACH)
        return stop.start() if stop else min(len(self.parsed.text), end + MEMBERS_REACH)

    def _unknown(self, head: Token) -> Actor | None:
        """Return the actor of a name that no table has, if a word of it says that it is one: "the Dawn |Brigade|"."""
        start, end = phrase(self.parsed, head)
        across = self._goes_beyond(start, end)
        if across is not None:
            return across
        found = canonical(self.parsed.text[start:end], lexicon=self.lexicon, country=self.country)
        return found if found.inter in ARMED or _is_body(found.name) else None

    def _goes_beyond(self, start: int, end: int) -> Actor | None:
        """Return the armed actor whose words the parser has cut in two: "|Haiti gangs| free inmates"."""
        stop = STOP.search(self.parsed.text, end, end + CUT_REACH)
        last = stop.start() if stop else self.parsed.text.rfind(" ", end, end + CUT_REACH)
        told = find_actors(self.parsed.text, start, max(end, last), lexicon=self.lexicon, country=self.country)
        found = next((m for m in told if m.start < end < m.end), None)
        return found.actor if found is not None and found.actor.inter in ARMED and not found.bare else None

    def _owner(self, head: Token) -> Token | None:
        """Return whom "its" or "their" stands for: who reports it ("the IDF said |its| jets")."""
        return self._reporter(head) if self._is_owned(head) else None

    def _is_owned(self, head: Token) -> bool:
        return any(c.dep == "poss" and c.text.lower() in POSSESSIVES for c in self.parsed.children(head))

    def _user(self, head: Token) -> Actor | None:
        """Return whose a thing is by the clause behind it: "depots |used by| Hezbollah", "sites |linked to| Iran"."""
        clauses = [c for c in self.parsed.children(head) if c.dep in {"acl", "relcl"}]
        for rider in (o for c in clauses if c.lemma.lower() in CARRYING for o in objects(self.parsed, c)):
            return self._pointed_at(rider, head, agent=False, bare=True)  # "a bus |carrying| soldiers"
        for clause in (c for c in clauses if c.dep == "acl" and c.lemma.lower() in OWNING):
            for token in preposition_objects(self.parsed, clause, frozenset({"by", "to", "with"})):
                actor = self._pointed_at(token, head, agent=True)
                if actor is not None:
                    return actor
        return None

    def _reporter(self, head: Token) -> Token | None:
        """Return the nearest named subject above: "|Israel| said it intercepted a missile"."""
        doers = (subject(self.parsed, v) for v in ancestors(self.parsed, head) if is_verb(v))
        return next(
            (
                d
                for d in doers
                if d is not None and d.i != head.i and d.pos != "PRON" and d.lemma.lower() not in SAYINGS
            ),
            None,
        )


BODIES = re.compile(
    r"\b(?:Army|Armies|Front|Movement|Brigades?|Battalions?|Forces?|Group|Militias?|Guards?|Organi[sz]ation|Union|Alliance|Coalition|Council|Resistance|Commandos?"
    r"|Commandments|Mujahid\w+|Ansar|Lashkar|Jaish|Jaysh|Harakat|Liwa|Saraya|Kata\W?ib|Cartel|Gang|Command|Corps|Dissidents|Rebels|Fighters|Faction|Legion|Network|Squad"
    r"|Avengers|Warriors|Defenders|Vigilantes?|Volunteers|Guerrillas|Tigers|Martyrs|Lions|Revolutionaries)\b"
)


def _is_body(name: str) -> bool:
    """Whether a name is that of a group by one of its words, and is no headline in capitals."""
    return BODIES.search(name) is not None and name != name.upper()


def _can_act(head: Token) -> bool:
    """Whether a phrase without a known actor may still be one: a name, not a thing."""
    return head.pos == "PROPN" and instrument_in(head.text) is None


def objects(parsed: ParsedText, verb: Token) -> Iterator[Token]:
    """Yield the objects of a verb, with what is coordinated with them."""
    for child in parsed.children(verb):
        if child.dep == "dobj":
            yield from conjuncts(parsed, child)
