"""What kind of event: by the words, or else by who did it to whom."""

from __future__ import annotations

import pytest

from pipeline.events.kinds import decide_sub_type, family_of, is_violent, sub_type_of
from pipeline.models import Actor

STATE, REBELS, CIVILIANS = Actor("Military Forces of Syria", 1), Actor("Rebels", 2), Actor("Civilians (Syria)", 7)

SUB_TYPES = [
    ("Six people were killed in an air strike on Raqqa.", "Air/drone strike"),
    ("Rockets hit an army base in Mosul.", "Shelling/artillery/missile attack"),
    ("Troops fired a barrage of rockets at Kyiv.", "Shelling/artillery/missile attack"),
    ("A drone barrage hit Kyiv.", "Air/drone strike"),
    ("A car bomb exploded outside a market in Baghdad.", "Remote explosive/landmine/IED"),
    ("A suicide bomber blew himself up at a mosque in Peshawar.", "Suicide bomb"),
    ("Israeli warplanes bombed Rafah.", "Air/drone strike"),
    ("Fighting erupted between soldiers and rebels near Idlib.", "Armed clash"),
    ("The destroyer intercepted two missiles over the Red Sea.", "Disrupted weapons use"),
    ("Gunmen kidnapped a teacher in Kirkuk.", "Abduction/forced disappearance"),
    ("Police arrested four men in Basra.", "Arrests"),
    ("Thousands of people protested in Amman.", "Peaceful protest"),
    ("Students held a strike with banners against conscription in Monywa.", "Peaceful protest"),
    ("The army neutralised Brother Amin and two of his men near Bamenda.", "Armed clash"),
    ("There was an attack on a checkpoint in Kirkuk.", None),
]


@pytest.mark.parametrize(("text", "sub"), SUB_TYPES)
def test_the_words_give_the_kind_of_event(tell, text, sub):
    parsed, tellings = tell(text)
    assert sub_type_of(parsed, tellings[0]) == sub


@pytest.mark.parametrize(
    ("family", "perpetrator", "target", "sub"),
    [
        ("attack", None, None, "Armed clash"),
        ("attack", STATE, REBELS, "Air/drone strike"),
        ("attack", REBELS, STATE, "Armed clash"),
        ("attack", REBELS, CIVILIANS, "Attack"),
        ("strike", REBELS, STATE, "Shelling/artillery/missile attack"),
        ("bombing", STATE, REBELS, "Air/drone strike"),
        ("bombing", None, CIVILIANS, "Remote explosive/landmine/IED"),
        ("seize", REBELS, None, "Non-state actor overtakes territory"),
        ("seize", STATE, REBELS, "Government regains territory"),
        ("killing", None, Actor("Government of Syria", 1), "Attack"),
        ("attack", CIVILIANS, None, "Attack"),
        ("ambush", REBELS, STATE, "Armed clash"),
        ("ambush", REBELS, CIVILIANS, "Attack"),
        ("protest", CIVILIANS, None, "Peaceful protest"),
    ],
)
def test_else_the_sides_decide(family, perpetrator, target, sub):
    assert decide_sub_type(family, perpetrator, target) == sub


@pytest.mark.parametrize(
    ("sub", "violent"),
    [
        (None, True),
        ("Armed clash", True),
        ("Attack", True),
        ("Air/drone strike", True),
        ("Arrests", False),
        ("Peaceful protest", False),
    ],
)
def test_violence(sub, violent):
    assert is_violent(sub) is violent


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("A woman was struck by sniper fire in Gaza City.", "shooting"),
        ("A stray bullet hit a boy in Goma.", "shooting"),
        ("A drone hit a boy in Goma.", "strike"),
    ],
)
def test_who_is_hit_by_a_bullet_is_shot_at(tell, text, family):
    parsed, tellings = tell(text)
    assert family_of(parsed, tellings[0]) == family


def test_gunmen_who_target_a_patrol_fire_no_shells():
    gunmen, police = Actor("Unidentified Armed Group (Mexico)", 3), Actor("Police Forces of Mexico", 1)
    assert decide_sub_type("strike", gunmen, police) == "Armed clash"
    assert decide_sub_type("strike", Actor("Hezbollah", 2), police) == "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A protest over three men killed by police was held in Homs on Monday.", ["Peaceful protest", None]),
        ("Police shot dead two people at a march in Homs on Monday.", ["Excessive force against protesters"]),
    ],
)
def test_those_for_whom_people_gather_were_not_hurt_at_the_gathering(tell, text, kinds):
    parsed, tellings = tell(text)
    assert [sub_type_of(parsed, t) for t in tellings] == kinds
