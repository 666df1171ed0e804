"""Reports of sport and fiction tell of no battle."""

from __future__ import annotations

import pytest

from pipeline.events.other_matter import frame_of, is_unreal, matter_of

MATCH = (
    "City laid siege to the goal in Homs on Tuesday. The striker fired past the goalkeeper in the second half, "
    "and the coach praised his midfielders. "
)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        (MATCH, "sport"),
        ("Genre: thriller. In the film, directed by Ann Marsh, rebels storm a palace; the cast is strong.", "fiction"),
        ("Rebels fired at the team bus of a football club in Homs, the coach said; a goalkeeper was hurt.", ""),
        ("A film crew was shot at in Homs.", ""),
    ],
)
def test_what_a_report_is_about(text: str, matter: str) -> None:
    assert matter_of(text) == matter


def test_a_match_is_no_battle(read):
    report = read(MATCH + "Gunners attacked from the start.")
    assert report.events == ()
    assert any("about sport" in why for _, why in report.passed_over)


def test_the_dead_of_a_match_are_told(read):
    (event,) = read(MATCH + "On Monday gunmen shot dead four fans in Homs before the semi-final.").events
    assert event.fatalities.best == 4


def test_a_drill_is_no_attack(read):
    text = (
        "Masked men fired into the air in the hall of the airport of Mosul on Monday; it was an exercise. The mock "
        'drill was held by the police. According to the script, six "militants" blew up a car and killed nine people.'
    )
    assert read(text).events == ()
    assert len(read("Gunmen killed nine people in Mosul on Monday as soldiers were at an exercise.").events) == 1


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Two men are on trial in Bamako over a raid; the verdict is due in May.", "court"),
        ("One in three women had been beaten, a survey of 900 households found.", "figures"),
        ("Shootings are down a tenth on last year, the police said.", "figures"),
        ("A thriller about a siege in Lagos has won the prize.", "fiction"),
        ("The gang that stormed a bank turned out to be influencers.", "drill"),
        ("Gunmen shot two men in a court in Bamako on Monday.", ""),
        ("Three out of the ten gunmen were shot in Goma.", ""),
    ],
)
def test_what_frames_a_report(text: str, frame: str) -> None:
    assert frame_of(text) == frame


def test_a_deed_with_a_day_is_told_beside_a_court(read):
    (event,) = read(
        "Gunmen shot dead four men in Homs on Monday. The trial of a fifth goes on; the verdict is due in May."
    ).events
    assert event.fatalities.best == 4


@pytest.mark.parametrize(
    ("sentence", "unreal"),
    [
        ("The exercise, in which gunmen stormed an airport, ended in Mombasa.", True),
        ("Three soldiers were killed in an attack as they came from an exercise near Gao.", False),
        ("It is a gangster film: nine killings and a kidnapping.", True),
        ("A film crew was shot at in Homs.", False),
        ("The boxer battered his foe.", True),
        ("A former boxer was shot dead in Manila.", False),
        ("Two centuries ago the emperor's troops killed hundreds.", True),
        ("Locusts laid siege to Wajir.", True),
        ("The driver fell asleep and the tanker exploded.", True),
        ("The driver lost control as gunmen fired at the tanker.", False),
    ],
)
def test_a_sentence_of_no_event_of_these_days(sentence: str, *, unreal: bool) -> None:
    assert is_unreal(sentence) is unreal
