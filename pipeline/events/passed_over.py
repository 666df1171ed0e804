"""Tellings that become no event, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.codes import event_type_of
from pipeline.events.drafts import OWN_KINDS, Draft
from pipeline.events.generalities import SINCE
from pipeline.events.joining import HARM
from pipeline.events.other_matter import is_unreal
from pipeline.events.places import coarseness, unknown_name
from pipeline.events.triggers import load_tables
from pipeline.models import SourceRef

BACKGROUND_DAYS = 30
HISTORY_DAYS = 365
DISTRICT = 3  # UCDP where_prec: up to here a place is near enough to one spot
COUNTRY = 6  # the same: from here on it is no place to draw a point at
MANY = 10  # arrests that are news by their number
STATE, CIVILIANS, FOREIGN = 1, 7, 8  # ACLED inter codes
ARMED = frozenset({1, 2, 3, 4, 8})
WEEK = 3  # UCDP date_prec: several days, up to a week
MONTH = 4  # UCDP date_prec: from here on a time is too long for one incident


#: what is no weapon of war, by which one is struck: "a girl was hit |by a bottle|"
BLUNT = re.compile(
    r"\b(?:hit|struck|grazed)\s+(?:(?:on|in)\s+the\s+\w+\s+)?by\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:stones?|rocks?|bricks?|bottles?|batons?|truncheons?|canisters?|slingshots?|catapults?|sticks?|chairs?|eggs?)\b",
    re.IGNORECASE,
)
#: words for those who take a place, besides the names of armed sides
SIDE = re.compile(
    r"\b(?:(?:russian|ukrainian|syrian|azerbaijani|armenian|houthi|kurdish|israeli|enemy|opposition|loyalist|islamist)\s+hands"
    r"|alliance|coalition|government['’]s|regime|junta|army|rebels?|insurgents?|jihadists?|separatists?|occupiers?|garrisons?|militias?|taliban|brigades?)\b",
    re.IGNORECASE,
)
ROBBERY = re.compile(
    r"\b(?:in|during|after)\s+(?:an?|the)\s+(?:\w+\s+)?(?:robbery|burglary|mugging|hold-?up)\b", re.IGNORECASE
)
AT_ONE = HARM | {"shooting", "beating"}  # families
#: "opened fire |on a car|", "shot |at the crowd|": at somebody or something
SHOT_AT = re.compile(
    r"\b(?:fire|fired|shot|shots|gunfire|shooting)\b[^.;]{0,50}?\b(?:at|on|upon|into|towards?)\s+"
    r"(?:an?|the|his|her|their|its)\s+(?!air|sky|ground|morning|evening|night|scene|end|time|day|outskirts|edge)\w"
)
#: "drove |into machine-gun fire|", "was |met with a volley|": somebody was shot at
INTO_FIRE = re.compile(
    r"\binto\s+(?:\w+\s+){0,2}?(?:machine[- ]?guns?(?:[- ]fire)?|gunfire|crossfire)\b"
    r"|\b(?:met|greeted)\s+(?:with|by)\s+(?:\w+\s+){0,2}?(?:volleys?|fusillades?|gunfire)\b"
    r"(?!\s+of\s+(?!shots|bullets|fire|gunfire))"
    r"|\bsniped\s+at\b",
    re.IGNORECASE,
)
#: guns that are named as such: "|howitzers| did not let up", "|machine guns| rattled", and no salute of theirs
GUNS_FIRED = re.compile(
    r"\b(?:howitzers?|artillery|mortars?|grads?|batter(?:y|ies)|machine[- ]?guns?"
    r"|rocket\s+launchers?|self-propelled|kalashnikovs?)\b"
    r"(?![^.;]*\b(?:salutes?|parades?|exercises?|drills?|anniversary|ceremon\w+|funeral|farewell)\b)",
    re.IGNORECASE,
)
#: those with whom fire is traded, who have no name: "traded shots with |a patrol|"
WITH_MEN = re.compile(
    r"\b(?:patrols?|soldiers|troops|police(?:men)?|guards|rangers|rebels|militants|gunmen|gendarmes|militiamen|insurgents|guerrillas|bandits|poachers|jihadists|smugglers|attackers)\b",
    re.IGNORECASE,
)
#: whole magazines are fired at somebody, not into the air
EMPTIED = re.compile(
    r"\bempt(?:ied|ying)\b[^.;]{0,30}\b(?:magazine|clip)s?\b(?![^.;]{0,30}\b(?:air|sky)\b)", re.IGNORECASE
)
#: whoever shot, somebody was the mark: "was |fired on| from a car", "a lorry |came under fire|"
FIRED_ON = re.compile(
    r"\b(?:was|were|been|being|got)\s+(?:\w+\s+)?(?:fired\s+(?:on|at|upon)|shot\s+at|shot\s+up)\b(?!\s+(?:the\s+spot|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d))"
    r"|\b(?:cars?|lorry|lorries|trucks?|bus(?:es)?|minibus|vehicles?|boats?|canoes?|convoy|ambulances?|motorcycles?|taxis?|trains?|crew|team|homes?|houses?|village|hamlet|passengers)\b[^.;]{0,30}?\bcame\s+under\s+(?:\w+\s+){0,2}?(?:fire|gunfire)\b"
    r"|^\W*shot\s+at\b(?!\s+(?:goal|redemption|the\s+title|glory))|\bempt(?:ied|ying)\b[^.;]{0,40}\b(?:into|at)\s+(?:him|her|them|his|the\s+\w+)\b",
    re.IGNORECASE,
)
YEARS = re.compile(
    r"\b(?:in|over|for|during)\s+(?:the\s+)?(?:recent|past|last|previous|many|several|few|\s)*years\b"
    r"|\bthe\s+(?:first|second|last|past)\s+(?:half-?year|six\s+months|half\s+of\s+(?:the\s+year|20\d\d)|quarter)\b"
    r"|\bcovering\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:months?|years?|quarters?|weeks)\b",
    re.IGNORECASE,
)
#: how statistics are told: "the |annual tables| list 51 persons lynched", "in nine months"
STATISTICS = re.compile(
    r"\b(?:annual|yearly|half-yearly|quarterly|monthly|year-end)\s+(?:\w+\s+)?(?:report|table|tally|review|figure|statistic|survey|bulletin|count|digest)s?\b|\bstatistics\b"
    r"|\b(?:across|over|in)\s+(?:the\s+(?:past|last|first)\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+(?:months|years|decades)\b(?!\s+(?:old|ago))",
    re.IGNORECASE,
)
TRIED = re.compile(
    r"\b(?:into|towards?)\s+the\s+(?:sea|ocean|Pacific|East\s+Sea|Sea\s+of\s+Japan)\b"
    r"|\b(?:in|as|for)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?salutes?\b|\btest[- ]?fir\w+|\btest[- ]launch\w*"
    r"|\b(?:military|joint|naval|live-fire)\s+(?:exercise|drill|manoeuvre|maneuver)s?\b",
    re.IGNORECASE,
)
WERE_SHOT = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?(?:shot|gunned)\b(?!\s+down\s+over)")
SHOT_THEM = re.compile(
    r"\bshot\s+(?:dead\s+)?(?:him|her|them|(?:the|an?|his|her|their|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+"
    r"(?!ball|goal|film|movie|video|documentary|photo|picture|penalty|free|series|scene|look|glance|round|warning|air\b)\w+)"
)
IN_ONE_ALONE = re.compile(r"\b(?:in|at)\s+[^,;.]{1,40}\s+alone\b")  # a statistic: "in Petare alone 212 were shot"
RIDDLED = re.compile(r"\b(?:riddled|sprayed|peppered|raked)\s+(?:\w+\s+)?(?:with|by)\b", re.IGNORECASE)
#: those who arrest for what one stands for, not for a theft
OF_THE_STATE = re.compile(
    r"\b(?:soldiers?|troops|army|military|junta|regime|gendarmes?|militia(?:men)?|paramilitar\w+|intelligence|secret\s+(?:police|service)|state\s+security"
    r"|security\s+(?!guards?\b|camera)\w+|Basij\w*|Revolutionary\s+Guards?|IRGC|counter-?terror\w*|anti-?terror\w*|plain-?clothes\w*"
    r"|occupation\s+forces|Israeli|settlers?|Taliban|Houthis?|Asayish|rangers|CTD|NIA|FSB|SBU|SSS|DSS|NISS|GIS|ANR|Shin\s+Bet|special\s+forces|commandos?)\b",
    re.IGNORECASE,
)
FOR_THE_OTHER_SIDE = re.compile(
    r"\b(?:suspicion|suspected|accused|accusing|charges?|grounds|allegations?)\s+(?:of|that)\b[^.;]*\b(?:feed|help|aid|support|back|shelter|harbour|harbor|link|tie|collaborat|belong|spy|hid)\w*"
    r"|\b(?:links?|ties|affiliat\w+|loyal\w*|sympath\w+)\s+(?:to|with|for)\b|\bfor\s+(?:feeding|helping|aiding|supporting|sheltering|harbou?ring|backing)\b"
    r"|\b(?:union\w*|resistance|Ahwazi|Baloch|Kurd\w*|Uy?ghurs?|Hazaras?|clerics?|preachers?|imams?|pastors?|lawyers?|PDF|Wazalendo|ex-prisoners?|dissent)\b",
    re.IGNORECASE,
)
#: what anybody may be arrested for
THEFT = re.compile(
    r"\b(?:steal\w*|stole|thefts?|robb\w+|burglar\w+|fraud\w*|speeding|drunk\w*|drugs?|cocaine|heroin|cannabis|shoplift\w+|embezzl\w+|counterfeit\w*|illegal\s+(?:mining|logging|fishing)|brib\w+)\b",
    re.IGNORECASE,
)
#: who robs for himself, and what is only played or one's own
THIEVES = re.compile(
    r"\b(?:thieves|thief|burglars?|shoplifters?|pickpockets?|muggers?)\b|\b(?:his|her|their)\s+own\s+(?:house|home|shop|car|flat)\b",
    re.IGNORECASE,
)
#: told of a match, or of what a court hears
IN_MATCH = re.compile(r"\b\d+(?:st|nd|rd|th)\s+minute\b|\b(?:home|away|visiting)\s+side\b", re.IGNORECASE)
ON_TRIAL = re.compile(
    r"\b(?:on|stood|stands?|standing|faces?|facing)\s+trial\b[^.;]*\b(?:for|over|accused)\b|\bsentence\s+of\b[^.;]*\b(?:asked|sought|requested|demanded|handed)\b",
    re.IGNORECASE,
)
MOCK = re.compile(
    r"\b(?:mock|staged|simulated|fake|pretend|make-believe|feigned)\s+(?:\w+\s+)?(?:abduct|kidnap|attack|arrest|execution|raid|bomb|massacre|battle)\w*",
    re.IGNORECASE,
)
ROBBING = frozenset({"looting", "take", "raid", "steal", "sacking", "burning", "abduction"})  # families
ROBBED = frozenset({"Looting/property destruction", "Abduction/forced disappearance", None})
OCCUPIED = frozenset({"PS"})  # countries (ISO 2) where it is the other side's army that arrests
#: those who only train: "troops |on manoeuvres| repelled an attack"
MANOEUVRES = re.compile(
    r"\b(?:on|in|during|at)\s+(?:an?\s+|the\s+)?(?:(?:annual|autumn|spring|military|joint|large|field|live|nato|naval|winter|summer)\s+)*"
    r"(?:manoeuvres?|maneuvers?|war\s?games?|exercises?"
    r"|(?:[\w-]+\s+)?drills?|mock\s+(?:attack|battle|assault)s?)\b",
    re.IGNORECASE,
)

#: what was left by a war of long ago
RELIC = re.compile(
    r"\b(?:(?:First|Second)\s+World\s+War|World\s+War\s+(?:I|II|One|Two)|WW\s?(?:I|II|1|2)|wartime"
    r"|(?:Civil|Vietnam|Korean|Indochina|Pacific|Great|Winter|Chaco)\s+(?:[Ww]ar|[Cc]onflict)"
    r"|(?:dat(?:ing|ed)|left\s+over)\s+(?:from|back\s+to)\s+(?:the\s+)?(?:19[0-8]\d|forties|fifties|(?:last|world)\s+war))\b"
)
RECALLED = re.compile(
    r"\W*(?:(?:we|let\s+us|let['’]s)\s+(?:remind|recall)\b|(?:to\s+)?(?:recall|remind)(?:,|\s+that\b)|as\s+a\s+reminder\b"
    r"|it\s+(?:is\s+worth|should|would|must|is\s+to)\s+(?:be\s+)?(?:recall|remind|remember)\w*\s+that\b)",
    re.IGNORECASE,
)
#: "Seventy years after …, she still |recalls| how"
YEARS_LATER = re.compile(
    r"\b(?:years|decades|century|generation)\s+(?:after|ago|later|on|since)\b[^.;]*\b(?:recall|remember|relive|reminisce|recount)(?:s|ed|ing)?\b"
    r"|\b(?:recall|remember|relive|reminisce|recount)(?:s|ed|ing)?\b[^.;]*\blast\s+(?:winter|spring|summer|autumn|year)\b"
    r"|\b(?:recall|remember|relive|reminisce|recount)(?:s|ed|ing)?\b[^.;]*\b(?:years|decades|generations)\s+(?:after|ago|later|on|since|earlier)\b",
    re.IGNORECASE,
)
ONE_BLOW = re.compile(
    r"\W*(?:an?|one|another)\s+(?:[\w-]+\s+){0,3}?(?:attack|raid|bombing|explosion|blast|ambush|strike|airstrike|assault|massacre)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A telling that became no event, and why: kept, so that nothing is dropped silently."""

    draft: Draft
    why: str

    @property
    def source(self) -> SourceRef:
        """The sentence that tells it."""
        return self.draft.source


@dataclass(frozen=True, slots=True)
class Dropped:
    """What an extractor other than the rules told and the article does not bear out, or did not tell, and why."""

    source: SourceRef
    why: str


@dataclass(frozen=True, slots=True)
class _Telling:
    """A draft that matches nothing told before.

    ``lead``: it opens the report; ``old``: it is of weeks ago; ``ancient``: of years.
    """

    draft: Draft
    lead: bool
    old: bool
    ancient: bool

    @property
    def timeless(self) -> bool:
        """Whether it has no day of its own."""
        return self.draft.when is None

    @property
    def undated(self) -> bool:
        """Whether it has neither a day of its own nor one on which it was told."""
        return self.draft.when is None and self.draft.said_day is None

    @property
    def coarse(self) -> bool:
        """Whether its place is wider than a district; in the opening, any place will do."""
        return coarseness(self.draft.placement) > DISTRICT and not (self.lead and self.draft.placed)

    @property
    def local(self) -> bool:
        """Whether it is of a kind that counts only where its place is said."""
        return load_tables().families[self.draft.family].local

    @property
    def named(self) -> bool:
        """Whether a place is named, or one whom nobody placed was killed at a name that no gazetteer has."""
        dead = bool(self.draft.fatalities.low) and bool(self.draft.placement.description)
        return self.draft.placed or dead

    @property
    def causeless(self) -> bool:
        """Whether people only died or were hurt, none of them armed: that may be anything."""
        target = self.draft.target
        armed = target is not None and target.inter in ARMED
        return self.draft.mere and self.draft.sub is None and self.draft.perpetrator is None and not armed

    @property
    def common_crime(self) -> bool:
        """Whether it is told as a robbery, and no armed side is named."""
        sides = (self.draft.perpetrator, self.draft.target)
        armed = any(a is not None and a.inter in ARMED for a in sides)
        return self.draft.family in AT_ONE and not armed and ROBBERY.search(self.draft.source.sentence) is not None

    @property
    def on_trial(self) -> bool:
        """Whether somebody stands trial for it, and no day is said on which it was."""
        return ON_TRIAL.search(self.draft.source.sentence) is not None

    @property
    def for_oneself(self) -> bool:
        """Whether thieves took it, or it is one's own, or only played: no side of a conflict."""
        told = self.draft.source.sentence
        return MOCK.search(told) is not None or (
            self.draft.family in ROBBING and self.draft.sub in ROBBED and THIEVES.search(told) is not None
        )

    @property
    def figurative(self) -> bool:
        """Whether a verb of blows stands without weapon, armed side or harm: "vandals target cars"."""
        draft = self.draft
        sides = (draft.perpetrator, draft.target)
        armed = any(a is not None and a.inter in ARMED for a in sides)
        harmed = draft.fatalities.text or draft.injuries.text
        words = re.findall(r"[a-z]+", draft.source.sentence.lower())
        blow = any(w in load_tables().nouns or w.removesuffix("s") in load_tables().nouns for w in words)
        fired = draft.idiom and GUNS_FIRED.search(draft.source.sentence) is not None
        idle = BLUNT.search(draft.source.sentence) is not None or not (armed or harmed or blow or fired)
        return draft.family == "strike" and draft.sub is None and idle

    @property
    def unseen(self) -> bool:
        """Whether only shots were heard: by nobody, at nobody, without harm."""
        harmed = self.draft.fatalities.text or self.draft.injuries.text
        told = self.draft.source.sentence
        counted = IN_ONE_ALONE.search(told) is not None
        said = (SHOT_AT, EMPTIED, RIDDLED, WERE_SHOT, SHOT_THEM, INTO_FIRE, FIRED_ON)
        at_whom = not counted and any(one.search(told) is not None for one in said)
        return self.draft.family == "shooting" and self.faceless and not harmed and not at_whom

    @property
    def trial(self) -> bool:
        """Whether a weapon is only tried: "fired a missile into the sea"."""
        draft = self.draft
        harmed = draft.fatalities.text or draft.injuries.text
        if not harmed and MANOEUVRES.search(draft.source.sentence):
            return True
        return not harmed and draft.target is None and TRIED.search(draft.source.sentence) is not None

    @property
    def retold_in_quotation(self) -> bool:
        """Whether somebody is quoted on what is not said to have been anywhere or on any day."""
        draft = self.draft
        vague = not draft.placed and not draft.placement.description and self.timeless
        return draft.quoted and (vague or draft.by_pronoun) and not draft.placed and self.timeless

    @property
    def month_of_harm(self) -> bool:
        """Whether no more is told than how many died in a month or more, by nobody's hand."""
        return self.draft.family == "harm" and self.of_months and self.draft.perpetrator is None

    @property
    def of_years(self) -> bool:
        """Whether no day is said, only that it goes on for years: "several operations in recent years"."""
        return self.timeless and YEARS.search(self.draft.source.sentence) is not None

    @property
    def of_statistics(self) -> bool:
        """Whether it is only counted with others of months or years, or told of them in a clause."""
        draft = self.draft
        told = bool(draft.fatalities.low) or draft.in_clause or draft.bare or not draft.counts
        vague = self.timeless or draft.in_clause or not draft.placed or self.coarse or draft.mere
        return told and vague and STATISTICS.search(draft.source.sentence) is not None

    @property
    def relic(self) -> bool:
        """Whether a weapon that is found or handed over is one of a war of long ago, and hurt nobody."""
        draft = self.draft
        harmed = draft.fatalities.low or draft.injuries.low
        return draft.family in {"disrupt", "disarm"} and not harmed and RELIC.search(draft.source.sentence) is not None

    @property
    def of_many_days(self) -> bool:
        """Whether several days are told of as one: "clashes have left 60 dead in recent days".

        Not of "an attack this week has left 18 dead".
        """
        draft = self.draft
        many = draft.when is not None and draft.when.date_prec >= WEEK and draft.plural
        return (
            draft.when is not None
            and draft.when.date_prec >= WEEK
            and (many or (draft.perfect and not ONE_BLOW.match(draft.source.sentence)) or draft.bare or draft.definite)
        )

    @property
    def of_months(self) -> bool:
        """Whether no day is said, only a month or more."""
        return self.draft.when is not None and self.draft.when.date_prec >= MONTH

    @property
    def petty(self) -> bool:
        """Whether the police or nobody known arrested a few of no group; rebels abduct."""
        draft = self.draft
        many = any(c.kind == "detained" and (c.count.low or 0) >= MANY for c in draft.counts)
        soldiers = draft.perpetrator is not None and "Military" in draft.perpetrator.name
        known = draft.target is not None and draft.target.inter != CIVILIANS
        known = known or load_tables().political.search(draft.source.sentence) is not None
        rebels = draft.perpetrator is not None and draft.perpetrator.inter in ARMED - {STATE, FOREIGN}
        return draft.family in {"arrest", "capture"} and not (many or soldiers or known or rebels or self.of_war)

    @property
    def of_war(self) -> bool:
        """Whether an arrest is by those who fight or watch dissent, or of people held to side with the others."""
        told = self.draft.source.sentence
        if THEFT.search(told) is not None:
            return False
        beyond = self.draft.country in OCCUPIED and self.draft.perpetrator is None
        return beyond or OF_THE_STATE.search(told) is not None or FOR_THE_OTHER_SIDE.search(told) is not None

    @property
    def unsaid(self) -> bool:
        """Whether it is only named, and no place of it: "unveiled a monument to the victims of |the bombing|"."""
        return self.draft.bare and not self.draft.placed and not self.lead

    @property
    def pinned(self) -> bool:
        """Whether day, town and harm are said: enough to tell of it, though as if it were known."""
        draft = self.draft
        harmed = bool(draft.fatalities.low or draft.injuries.low)
        a_day = draft.when is not None and draft.when.date_prec < MONTH
        return draft.placed and coarseness(draft.placement) <= DISTRICT and a_day and harmed

    @property
    def of_all_since(self) -> bool:
        """Whether no day is said, only since when: "since the fighting began, the group has seized nine towns"."""
        told = self.draft.perfect and self.timeless and self.draft.sub not in OWN_KINDS
        told = told and self.draft.family != "hands"
        return told and SINCE.search(self.draft.source.sentence) is not None

    @property
    def at_no_time(self) -> bool:
        """Whether a clause says what has or had been, at no time said: "where they |have| bombed homes"."""
        draft = self.draft
        return draft.in_clause and (draft.perfect or draft.past_perfect) and self.timeless and not self.draft.counts

    @property
    def wide(self) -> bool:
        """Whether no more than a country is known of its place."""
        return coarseness(self.draft.placement) >= COUNTRY

    @property
    def taken_by_arms(self) -> bool:
        """Whether an armed side was at a name that no gazetteer has: "M23 fighters entered |Numbi|"."""
        doer = self.draft.perpetrator
        return doer is not None and doer.inter in ARMED and unknown_name(self.draft.placement) != ""

    @property
    def in_no_hands(self) -> bool:
        """Whether a place is only said to change hands, or a flag to go up, and no armed side is named."""
        sided = self.of_arms or SIDE.search(self.draft.source.sentence) is not None
        return self.draft.family == "hands" and not sided

    @property
    def of_arms(self) -> bool:
        """Whether an armed side is named."""
        return any(a is not None and a.inter in ARMED for a in (self.draft.perpetrator, self.draft.target))

    @property
    def idle(self) -> bool:
        """Whether an idiom alone tells of it, with no armed side and nobody hurt: "emptied its magazines of paper"."""
        draft = self.draft
        harmed = draft.fatalities.text or draft.injuries.text
        weapon = draft.sub is not None and event_type_of(draft.sub).startswith("Explosions")
        weapon = weapon or GUNS_FIRED.search(draft.source.sentence) is not None
        if draft.family == "clash" and WITH_MEN.search(draft.source.sentence) is not None:
            return False
        return draft.idiom and not (harmed or weapon or self.of_arms)

    @property
    def one_more(self) -> bool:
        """Whether it tells of another incident in its own right: where it was, or what it did."""
        told = bool(self.draft.placement.description) or self.draft.target is not None
        return self.draft.sequel and (told or bool(self.draft.fatalities.text or self.draft.injuries.text))

    @property
    def recalled(self) -> bool:
        """Whether the sentence only recalls what was told another day: "We remind that on 5 May a bomb"."""
        told = self.draft.source.sentence
        return is_recalled(told) or YEARS_LATER.search(told) is not None

    @property
    def beaten_by_nobody(self) -> bool:
        """Whether people were beaten, and neither by whom nor where nor when is said: "Two guards were beaten"."""
        draft = self.draft
        return draft.family == "beating" and draft.perpetrator is None and not draft.placed and self.timeless

    @property
    def faceless(self) -> bool:
        """Whether nobody is named."""
        return self.draft.target is None and self.draft.perpetrator is None


UNSEEN = "shots heard: whose, and at whom, is not said"
# The first ground that holds is given.
GROUNDS: tuple[tuple[str, Callable[[_Telling], bool]], ...] = (
    ("planned: it is not said to have happened", lambda t: t.draft.status == "planned"),
    ("hypothetical: it is not said to have happened", lambda t: t.draft.status == "hypothetical"),
    ("negated: it is not said to have happened", lambda t: t.draft.status == "negated"),
    ("denied, and nothing else tells of it", lambda t: t.draft.status == "denied"),
    ("another incident, told in passing", lambda t: t.draft.other and t.timeless and not t.one_more),
    (
        "told of a month or more, not of one incident",
        lambda t: t.draft.definite and t.draft.when is not None and t.draft.when.date_prec >= MONTH,
    ),
    ("told of many times, not of one incident", lambda t: t.draft.habitual or t.of_years),
    ("told as what goes on, not as one incident", lambda t: t.draft.general and t.timeless),
    ("a weapon left by a war of long ago", lambda t: t.relic),
    ("counted with others of months or years", lambda t: t.of_statistics),
    ("told of all the time since, not of one incident", lambda t: t.of_all_since),
    (
        "several at once, since some time, not one incident",
        lambda t: t.draft.plural and t.timeless and SINCE.search(t.draft.source.sentence) is not None,
    ),
    ("says in whose hands a place is", lambda t: t.draft.says_whose and t.timeless),
    ("changes hands, and no armed side is named", lambda t: t.in_no_hands),
    ("an idiom, of no armed side and no harm", lambda t: t.idle),
    ("by one's own hand", lambda t: t.draft.by_own_hand),
    ("no place is said, or only a country", lambda t: t.local and t.wide and not t.taken_by_arms),
    (
        "told of a month or more, and no place is said",
        lambda t: not t.draft.placed and t.draft.when is not None and t.draft.when.date_prec >= MONTH,
    ),
    (
        "background: told in a clause, of earlier",
        lambda t: t.draft.in_clause and t.draft.past_perfect and t.timeless and not t.draft.placement.description,
    ),
    ("told in a clause, in passing", lambda t: (t.local or t.draft.family == "agreement") and t.draft.in_clause),
    (
        "several at once, in a whole country, without a day",
        lambda t: t.draft.plural and t.draft.placed and t.undated and not t.lead and t.wide,
    ),
    (
        "background: told in passing, of weeks ago",
        lambda t: t.old and (t.draft.bare or (t.draft.in_clause and t.of_months)),
    ),
    ("background: of more than a year ago", lambda t: t.ancient and not t.pinned),
    ("the harm of a month or more, not of one incident", lambda t: t.month_of_harm),
    ("told of many days, not of one incident", lambda t: t.of_many_days and not t.draft.headline),
    ("background: told in a clause, of no one time", lambda t: t.at_no_time),
    ("said by somebody quoted, of what is told elsewhere", lambda t: t.retold_in_quotation),
    ("a weapon that is only tried", lambda t: t.trial),
    (
        "speaks of something told elsewhere",
        lambda t: (
            t.draft.definite
            and not t.pinned
            and (t.unsaid or ((not t.draft.placed or t.draft.bare) and (t.timeless or t.draft.plural)))
        ),
    ),
    (
        "told in passing, without place or day",
        lambda t: t.draft.bare and not t.draft.placed and t.timeless and not t.lead,
    ),
    ("background: only recalled", lambda t: t.recalled),
    ("beaten: by whom, where and when is not said", lambda t: t.beaten_by_nobody and not t.lead),
    ("told of a case in court", lambda t: (t.draft.in_court and not t.draft.in_clause) or t.on_trial),
    ("a drill, a story, a contest or of long ago", lambda t: is_unreal(t.draft.source.sentence)),
    ("told of a match", lambda t: IN_MATCH.search(t.draft.source.sentence) is not None),
    (
        "a mishap, by nobody's hand",
        lambda t: t.draft.mishap and t.draft.family in HARM | {"strike"} and t.draft.sub is None,
    ),
    ("a common crime, by nobody known", lambda t: t.common_crime or t.for_oneself),
    ("who did it, and with what, is not said", lambda t: t.causeless),
    ("an arrest of no known group", lambda t: t.petty),
    (UNSEEN, lambda t: t.unseen),
    ("by no weapon and no armed hand", lambda t: t.figurative),
    ("background: told in passing, of days before", lambda t: t.draft.earlier and t.timeless),
    (
        "told in passing, of those hurt",
        lambda t: (
            t.draft.bare
            and t.faceless
            and not t.draft.placed
            and t.draft.family in HARM
            and (t.timeless or t.draft.sub is None)
        ),
    ),
    (
        "told in passing, without a day or an exact place",
        lambda t: t.draft.bare and (t.draft.plural or t.coarse or not t.lead) and t.undated,
    ),
    ("several at once, without place or day", lambda t: t.draft.plural and not t.draft.placed and t.timeless),
    ("says neither who, nor where, nor when", lambda t: t.faceless and not t.named and t.undated),
    (
        "says neither where nor when",
        lambda t: not t.draft.placed and not t.draft.placement.description and t.undated and not t.lead,
    ),
)


def is_recalled(sentence: str) -> bool:
    """Return whether a sentence only recalls what was told another day.

    Examples
    --------
    >>> is_recalled("We remind that on 5 May a bomb went off in Nazran."), is_recalled("A bomb went off.")
    (True, False)
    """
    return RECALLED.match(sentence) is not None


def why_not(draft: Draft, *, today: date | None, lead: bool) -> str:
    """Return why a draft that matches nothing told before starts no incident, or an empty string."""
    telling = _Telling(draft, lead, is_background(draft, today), is_background(draft, today, HISTORY_DAYS))
    return next((why for why, holds in GROUNDS if holds(telling)), "")


def is_background(draft: Draft, today: date | None, days: int = BACKGROUND_DAYS) -> bool:
    """Whether a draft is dated more than a month, or so many days, before the report."""
    return draft.when is not None and today is not None and (today - draft.when.date_end).days > days
