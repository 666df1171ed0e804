"""The tolls of the incidents of one report: what adds up, what is of several, what somebody only claims."""

from __future__ import annotations

import pytest

TOLLS = [
    # more of the other side, told a sentence later
    (
        "Gunmen attacked a post in Mosul on Monday and killed five soldiers. Eleven attackers were also killed.",
        (16, None),
    ),
    ("Jets struck a car in Homs on Monday. Medics said one man was killed and a second was wounded.", (1, 1)),
    # a figure beside another of its own sentence is no more than that
    (
        "A bomb in Kirkuk on Monday killed a guard and hurt six more guards. One guard died and six others were hurt.",
        (1, 6),
    ),
    # more of another side by what they are called, one more, the next of those counted
    (
        "Troops clashed with rebels in Mosul on Monday and killed ten rebels. Two law-enforcement members died, too.",
        (12, None),
    ),
    (
        "Shells hit a house in Homs on Monday. A man and a woman died. Later the body of one more woman was found.",
        (3, None),
    ),
    ("Gunmen shot dead three workers in Basra on Monday. A fourth died on the way to hospital.", (4, None)),
    # nobody hurt is nobody killed
    ("A bomb went off at an office in Kirkuk on Monday. Nobody was hurt, but files burnt.", (0, 0)),
    # a toll put higher by somebody, told after others died in a house
    (
        (
            "Shells hit Homs on Monday and killed nine people. Other people died when a house fell down. "
            "A doctors' union puts the number of dead at 11."
        ),
        (9, None),
    ),
    # nobody hurt, though something was destroyed
    ("Gunmen raided a mast in Kirkuk on Monday. No one was hurt, though the mast was destroyed.", (0, 0)),
    # what those who claim it say of it
    (
        (
            "A bomber struck a cafe in Mosul on Monday and killed six people. Hamas claimed the blast. "
            "It said 13 soldiers had died."
        ),
        (6, None),
    ),
    # what the attackers lost, one of those hurt who died
    ("Armed men raided Mosul on Monday. Eight villagers were slaughtered. The attackers lost three men.", (11, None)),
    ("Gunmen killed a clerk and wounded his nephew in Basra on Monday. The boy later died.", (2, 1)),
    # the day of a count is no day of the deed
    (
        "Shells hit a camp in Mosul on 6 November. As of 9 November, 18 people have died, and 32 wounded remain.",
        (18, 32),
    ),
    # one who died a day later, in hospital
    (
        (
            "Five soldiers were killed and nine wounded in a clash near Mosul on Monday. "
            "A corporal died on Tuesday while undergoing treatment."
        ),
        (6, 9),
    ),
    # what a commander answered for in his time
    (
        (
            "A jet struck an airport near Mosul on Monday. The general and his men were responsible for the deaths of "
            "hundreds of soldiers."
        ),
        (None, None),
    ),
    # the dead and the hurt of one sentence, with more than the verb between
    (
        "Troops repelled rebels near Mosul on Monday. Two men lost their lives in the gun battle and three were hurt.",
        (2, 3),
    ),
    # a toll far behind its words
    (
        (
            "Gunmen attacked a post near Mosul on Monday. The number of people injured in the attack on the post near "
            "the old bridge of the district has risen to six."
        ),
        (None, 6),
    ),
    # parts of a figure go with it
    ("Kirkuk was shelled on Monday, two people injured, one of them a miner.", (None, 2)),
    # the dead and the hurt of one sentence, of which one half says where
    ("Two traders were gunned down and three others wounded in Kirkuk on Monday night.", (2, 3)),
    # a claim, and what the other side says of it
    (
        "Hamas claimed to have killed 30 soldiers in an attack on Mosul on Monday. The army said five soldiers died.",
        (5, None),
    ),
    # a headline that alone tells the toll of a fight
    (
        "Four soldiers killed in northern Iraq\n\nThe ambush took place on Monday near Mosul. Soldiers fought back.",
        (4, None),
    ),
    ("The strike on a hotel in Mosul on Monday left 17 people dead and more than 50 injured.", (17, 50)),
    ("Seven men were feared killed when gunmen raided Mosul on Monday. Two others were wounded.", (7, 2)),
    # the dead, the hurt and the abducted of one sentence, and the blow that its last words tell
    ("Two guards were killed, six were wounded and others were missing after an ambush near Kirkuk on Monday.", (2, 6)),
    ("Seven men were killed and ten others abducted when gunmen raided a mosque in Kirkuk on Monday.", (7, None)),
    ("At least six people died in northern Iraq on Monday after a strike on Mosul, a doctor said.", (6, None)),
    # what goes with it and is no incident of its own
    ("A mine killed a soldier near Kirkuk on Monday. Five gunmen were killed and two captured.", (6, None)),
    ("Gunmen attacked a post in Kirkuk on Monday. One gunman was killed and his body was taken away.", (1, None)),
    # one told by name before others
    ("Omar Hassan and two of his guards were killed in a car bombing in Kirkuk on Monday.", (3, None)),
    # where the wounded were taken is not where it was
    (
        "Gunmen attacked a post in Kirkuk on Monday. In the attack, a guard was wounded and was shifted to Erbil.",
        (None, 1),
    ),
]


@pytest.mark.parametrize(("text", "toll"), TOLLS)
def test_toll_of_one_incident(read, text, toll):
    events = read(text).events
    assert [(e.fatalities.low, e.injuries.low) for e in events] == [toll]


SEVERAL = [
    (
        "A bomb killed two guards in Mosul on Tuesday. The attack followed one on Monday in which six died in Kirkuk.",
        {"Mosul": 2},
    ),
    (
        "Two were killed and four wounded in Mosul on Monday, and three were killed in Kirkuk, police said.",
        {"Mosul": 2, "Kirkuk": 3},
    ),
    (
        (
            "At least 30 people were killed on Monday in two air strikes in Iraq. "
            "A jet bombed a school in Mosul, killing 20. Ten more were killed in Kirkuk."
        ),
        {"Mosul": 20, "Kirkuk": 10},
    ),
    (
        (
            "Air strikes killed dozens of people in Iraq on Monday. In Mosul, 21 people died when a house was hit. "
            "Another 17 were killed in Kirkuk."
        ),
        {"Mosul": 21, "Kirkuk": 17},
    ),
]


@pytest.mark.parametrize(("text", "tolls"), SEVERAL)
def test_the_total_of_several_is_the_toll_of_none(read, text, tolls):
    found = {e.placement.resolution.place.name: e.fatalities.low for e in read(text).events}
    assert {name: found.get(name) for name in tolls} == tolls


TOLD_APART = [
    # harm goes to what was told last, if it lacks it
    (
        (
            "Gunmen shot dead a farmer in Mosul on Sunday. A bomb went off beside a police car in Erbil on Monday. "
            "One policeman died."
        ),
        {"Mosul": (1, None), "Erbil": (1, None)},
    ),
    # those hurt when a mine went off, beside a fight of its own
    (
        (
            "Two guards were hurt when a mine went off in Mosul on Monday, while three rebels were killed "
            "in a gun battle in Erbil."
        ),
        {"Mosul": (None, 2), "Erbil": (3, None)},
    ),
    # place by place, with more than the verb between
    (
        "Three men were killed in Mosul on Monday and two more lost their lives in the hills of Erbil.",
        {"Mosul": (3, None), "Erbil": (2, None)},
    ),
]


@pytest.mark.parametrize(("text", "tolls"), TOLD_APART)
def test_each_incident_has_its_own_harm(read, text, tolls):
    found = {e.placement.resolution.place.name: (e.fatalities.low, e.injuries.low) for e in read(text).events}
    assert found == tolls
