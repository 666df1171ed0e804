"""The hurt told by what they bear and need, the dead told without the word, and those told of as "they": dead, hurt."""

from __future__ import annotations

import pytest

from pipeline.events.counts import find_counts, harm

TOLD: list[tuple[str, int | None, int | None]] = [
    # the dead without the word
    ("A lamplighter died in the blast at the depot.", 1, None),
    ("The shell hit the bakery and a beadle perished.", 1, None),
    ("Four ferrymen never rose again.", 4, None),
    ("Nine porters, some of them boys, lay lifeless in the yard.", 9, None),
    ("Three brothers had their throats slit at the well.", 3, None),
    ("A tailor was found with his throat cut.", 1, None),
    ("The garrison mourns seven soldiers.", 7, None),
    ("Two guards fell with four others hurt.", 2, 4),
    ("Six border guards “fell” in the ambush.", 6, None),
    ("Two loggers were past help.", 2, None),
    ("The gang did away with a notary.", 1, None),
    ("Deaths: 8. Injuries: 21.", 8, 21),
    ("Deceased: 4 pilgrims.", 4, None),
    ("They stoned a pedlar and kicked a hawker to death.", 1, None),
    ("A mob kicked to death a tinker.", 1, None),
    ("A marcher was mortally struck by a bullet.", 1, None),
    ("Three raiders were captured dead.", 3, None),
    ("The patrol gave of low four subjects.", 4, None),
    ("She passed away on the spot.", 1, None),
    ("Two were shot. Mahmoud passed away in the clinic.", 1, None),
    ("He alone perished.", 1, None),
    ("They came at dusk. Pavlo Hrin, who had waved to them, was shot dead.", 1, None),
    # told with others
    ("The bomb left him and five companions dead.", 6, None),
    ("A mine tore him and two others apart.", 3, None),
    ("The raiders killed the mill's owner and one of the millers.", 2, None),
    ('Four army "advisers", three from Omsk and one from Perm, lost their lives.', 4, None),
    ("Twenty, of whom 12 were recruits, were killed.", 20, None),
    ("A member of the council, Mrs. Ada Bello, was shot dead.", 1, None),
    # set right
    ("The ministry revised its count from 12 to 15 dead and 40 hurt.", 15, 40),
    ("The governor lifted the number of dead from 8 to 11.", 11, None),
    # how old they were
    ("A goatherd of 70 perished in his hut.", 1, None),
    ("The innkeeper, 66, was killed by a splinter.", 1, None),
    # those told of as "they"
    ("The crowd seized three pedlars. They were lynched.", 3, None),
    ("A shell blew up among four boys. None survived.", 4, None),
    # what the hurt bear, need, and where they lie
    ("Three clerks have contusions.", None, 3),
    ("A watchman has burns.", None, 1),
    ("Fourteen constables required stitches.", None, 14),
    ("Two sergeants nursed machete cuts.", None, 2),
    ("Six women needed oxygen.", None, 6),
    ("Three pupils came away injured.", None, 3),
    ("A nurse has shrapnel in her neck.", None, 1),
    ("Eleven recruits lie in the wards of the capital.", None, 11),
    ("A girl lies in an induced coma.", None, 1),
    ("Some thirty others are under care.", None, 30),
    ("Five soldiers were being evaluated for injuries.", None, 5),
    ("The blast sent eight workers to hospital.", None, 8),
    ("The clinic has received 17 with gunshot wounds.", None, 17),
    ("Two drivers were bitten by police dogs.", None, 2),
    ("Nine marchers were patched up at the stadium.", None, 9),
    ("A mine tore a foot off a shepherd.", None, 1),
    ("A grenade took a boy's foot.", None, 1),
    ("They broke the jaw of one speaker.", None, 1),
    ("A trader was beaten to stupor.", None, 1),
    ("A clerk took a bullet in his shoulder.", None, 1),
    ("He and two cousins have lost fingers.", None, 3),
    # nobody
    ("The mob burned the archive; no one was scratched.", 0, 0),
    ("People were not affected.", 0, 0),
    ("Shops burned, but nobody was inside.", 0, 0),
    ("Six were hurt by splinters, none fatal.", 0, 6),
]

SILENT = (
    "A tradition died with the last weaver.",
    "The bill died in committee.",
    "A rumour perished as fast as it came.",
    "The league did away with the rule.",
    "Two parties patched up their quarrel.",
    "The company claimed three cuts in its budget.",
    "The law needs surgery.",
    "The coalition has a fracture.",
    "Fifty firms needed treatment plants.",
    "Ten goats lay dead in the yard.",
    "The team kicked its rivals to death's door.",
    "They took the owner's hand and shook it.",
    "The crowd cheered three singers. They were thrilled.",
    "Two drones fell with a bang.",
    "The index fell to 12 points.",
)


@pytest.mark.parametrize(("text", "dead", "hurt"), TOLD)
def test_counts_of_fates(text: str, dead: int | None, hurt: int | None) -> None:
    deaths, injuries = harm(find_counts(text))
    assert (deaths.low, injuries.low) == (dead, hurt)


@pytest.mark.parametrize("text", SILENT)
def test_nobody_hurt_where_nobody_is_told_of(text: str) -> None:
    deaths, injuries = harm(find_counts(text))
    assert (deaths.low or 0, injuries.low or 0) == (0, 0)
