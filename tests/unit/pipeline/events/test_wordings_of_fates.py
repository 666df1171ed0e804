"""How local papers, armies and medics say that somebody died or was hurt without the words of the wire: dead, hurt."""

from __future__ import annotations

import pytest

from pipeline.events.counts import find_counts, harm

TOLD: list[tuple[str, int | None, int | None]] = [
    # words for dying
    ("Three herdsmen ascended as martyrs when a drone struck the well.", 3, None),
    ("The driver passed away in the clinic and four riders were hurt.", 1, 4),
    ("Two of the pupils passed on before the ambulance came.", 2, None),
    ("Five porters left their lives in the ambush.", 5, None),
    ("Two sisters found their death under the bombs.", 2, None),
    ("Nine farmers never came home from the field that the jet strafed.", 9, None),
    ("Four weavers who were in the cellar did not come out alive.", 4, None),
    ("Six porters were brought lifeless to the clinic after the raid.", 6, None),
    ("A cook and two guards were pulled dead from the barracks.", 3, None),
    ("Eleven villagers have been laid to rest in a mass grave.", 11, None),
    ("Two riders were burnt beyond recognition when the shell hit their car.", 2, None),
    ("The army reported four soldiers lost and nine wounded.", 4, 9),
    ("The militia admitted to three of its own lost and five hurt.", 3, 5),
    ("Seven rebels were brought down in the operation.", 7, None),
    ("Five bandits were put out of action for good by the patrol.", 5, None),
    ("Troops felled six gunmen in the forest.", 6, None),
    ("The guards liquidated two infiltrators.", 2, None),
    ("A grenade tore a waiter and two guests apart.", 3, None),
    ("The mob hacked two pedlars to pieces.", 2, None),
    ("The shell cost a tailor and his son their lives.", 2, None),
    ("Three sappers were blown up on a mine and a fourth was wounded.", 3, 1),
    ("Whom the raiders killed were two nuns.", None, None),
    ("An elder is among the six whom the raiders killed in taking the village.", 6, None),
    ("Her uncle was one of the four that the shelling killed at the mill.", 4, None),
    # whom no table has, in a list
    ("Two policemen and a sexton who had opened the gate to them died when rebels lay in wait.", 3, None),
    ('Ten militia "volunteers" and a schoolmistress were slain at the barrier.', 11, None),
    ("The mine exploded under the cart, leaving him and three farmhands dead.", 4, None),
    ("Gunmen stopped the van, killing him and two others.", 3, None),
    ("The blast killed the miller and his daughter Salma, 12.", 2, None),
    # those who came to it
    ("Eight charred bodies were carried out; two more guards were beaten to death in the yard.", 10, None),
    ("The raiders killed four herders and burned a hut; another herder was killed at the ford.", 5, None),
    ("The clinic counted seven killed on one side, four on the other, and nine with wounds.", 11, 9),
    # running totals
    ("A sixth body was pulled from the rubble on Friday.", 6, None),
    ("A fourth victim succumbed on Monday night.", 4, None),
    ("She died at dawn, bringing to nine the dead of the raid.", 9, None),
    ("The ministry put the martyrs at 30 and the maimed at around 90.", 30, 90),
    ("The number of those treated for wounds now stood at 14.", None, 14),
    # words for being hurt
    ("A guard was grazed in the exchange.", None, 1),
    ("Splinters blinded a weaver and maimed two others.", None, 3),
    ("At least 12 marchers were overcome by gas.", None, 12),
    ("Thirty marchers were sickened by tear gas.", None, 30),
    ("Four constables were hit by stones.", None, 4),
    ("Six persons suffered suffocation from the gas.", None, 6),
    ("A vendor suffered a broken wrist.", None, 1),
    ("Two shopkeepers sustained cracked ribs.", None, 2),
    ("A shepherd lost three fingers.", None, 1),
    ("A scrap mine took the hand of a collector.", None, 1),
    ("The mine tore off both legs of a shepherd.", None, 1),
    ("The blast cost a farmer his left leg.", None, 1),
    ("Two pensioners lost their lives and a nun an eye.", 2, 1),
    ("A boy stepped on the charge. His foot had to be amputated.", None, 1),
    ("A clerk was slain and his brother disabled for life.", 1, 1),
    ("Two drivers were killed and five more left with burns.", 2, 5),
    ("One marcher was killed, sixteen with wounds of varying gravity.", 1, 16),
    ("The passenger, minus an ear, got away.", None, 1),
    ("The militia beat up two vendors in the square.", None, 2),
    ("The mob beat 14 constables and tore down the stage.", None, 14),
    ("Three are still under treatment in the town.", None, 3),
    (
        "A grenade killed a boy and a waiter, while 11 people, two in a critical state, were taken to the hospital.",
        2,
        11,
    ),
    # nobody
    ("On the army's side, zero casualty.", 0, 0),
    ("They fired in the air and nobody was hit.", 0, 0),
    ("The rockets came down in a field and harmed no one.", 0, 0),
]
NOT_TOLD: list[str] = [
    "The troops felled 30 trees and brought down three walls.",
    "Air defence brought down two drones and four Shaheds.",
    "Two Geran-2s were brought down over the sea.",
    "Three houses were struck by stones and two cars blown up.",
    "The army lost three games and two players left the team.",
    "The party lost four seats and two deputies.",
    "Three bridges were blown up and a dam put out of action.",
    "A third man was arrested and a fourth was released.",
    "The team beat four rivals in the cup.",
    "The strike cost two companies their licences.",
    "The minister took the hand of a veteran.",
    "Two convoys never came home and five boats were lost.",
    "Two laws passed on Monday and three bills passed away from the cameras.",
]


@pytest.mark.parametrize(("text", "dead", "hurt"), TOLD)
def test_fates_are_counted(text, dead, hurt):
    deaths, injuries = harm(find_counts(text))
    assert (deaths.low, injuries.low) == (dead, hurt)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_no_fate_is_not(text):
    assert not [m for m in find_counts(text) if m.kind in {"killed", "injured"} and m.count.low]


SET_RIGHT: list[tuple[str, int | None, int | None]] = [
    ("A doctor said 41 rather than 30 people had died at the mill.", 41, None),
    ("It was not 11 but 14 weavers who were killed.", 14, None),
    ("Nine herders were killed, up from six, and 12 hurt.", 9, 12),
    ("The grenade hurt 38 people, down from an earlier 40.", None, 38),
    ("Twelve fishers, not ten, were killed.", 12, None),
    ("Three, of 19, 23 and 60, had died by Wednesday.", 3, None),
    ("The blast killed a trader of 52, and hurt his nephew.", 1, 1),
]


@pytest.mark.parametrize(("text", "dead", "hurt"), SET_RIGHT)
def test_a_figure_set_right_is_the_later_one(text, dead, hurt):
    deaths, injuries = harm(find_counts(text))
    assert (deaths.low, injuries.low) == (dead, hurt)
