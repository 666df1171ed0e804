from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.counts import find_counts, harm
from pipeline.models import Count


def bounds(count):
    return count.low, count.best, count.high


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        # where and how the wounded are; of wounded told before they are some
        ("Two people were killed and nine were taken to hospital.", (2, 2, 2), (9, 9, 9)),
        ("Three bodies were found, and 14 people were in hospital, two of them children.", (3, 3, 3), (14, 14, 14)),
        ("Twelve people were injured and five were hospitalized.", None, (12, 12, 12)),
        ("The blast left seven people dead and three in critical condition.", (7, 7, 7), (3, 3, 3)),
        ("A doctor in the hospital said the ward was full.", None, None),
        ("He was taken to hospital, where he died.", (1, 1, 1), None),
        ("A clerk had been killed and five people, including a teenager, hospitalized.", (1, 1, 1), (5, 5, 5)),
        ("His wife received shrapnel wounds to the legs.", None, (1, 1, 1)),
        ("Her escort was injured.", None, (1, 1, 1)),
        ("Two of the wounded died later.", (2, 2, 2), None),
        ("One of the wounded died.", (1, 1, 1), None),
        ("Amjad al-Jaas, 48, died from his wounds.", (1, 1, 1), None),
        ("Seven were wounded, three of whom died.", (3, 3, 3), (4, 4, 7)),
        ("Two guards and an Irish conservationist were killed.", (3, 3, 3), None),
        ("Gunmen killed a village head and four of his relatives.", (5, 5, 5), None),
        ("Police confirmed the death of a police personnel.", (1, 1, 1), None),
        ("Ten goats were killed.", None, None),
        ("Five vehicles, three of which had been rigged, and four soldiers were hit.", None, None),
        ("They put the number of soldiers killed at seven.", (7, 7, 7), None),
        ("The other got through and left about 20 people with minor injuries.", None, (20, 20, 20)),
        ("It ended with five injuries.", None, (5, 5, 5)),
        # what is listed before a state; who is told without an article
        ("It left a nurse and five patients dead.", (6, 6, 6), None),
        ("2 jawans, 8 civilians injured in blast", None, (10, 10, 10)),
        ("Pakistani soldier killed, two hurt in attack", (1, 1, 1), (2, 2, 2)),
        ("Two soldiers, child killed in blast", (3, 3, 3), None),
        ("Gunman killed three people", (3, 3, 3), None),
        # what a passive goes on to tell
        ("Three men were seized by residents early on Monday and killed by the crowd.", (3, 3, 3), None),
        ("A teacher was abducted and murdered.", (1, 1, 1), None),
        ("Four men were arrested and police killed two.", (2, 2, 2), None),
        ('Four rebels were "neutralized" in the hills.', (4, 4, 4), None),
        ("Eight civilians including three women and two soldiers were injured.", None, (10, 10, 10)),
        ("It killed 12 villagers, the mayor and a local human rights group said.", (12, 12, 12), None),
        ("Over a 100 marchers have suffered injuries.", None, (100, 100, None)),
        ("Tens of people were killed.", (20, 20, None), None),
        # what is listed with a part is one too
        ("At least 57 people, including 22 women and 17 children, were killed.", (57, 57, None), None),
        ("Ten people, including two children, were killed and 12 were wounded.", (10, 10, 10), (12, 12, 12)),
        ("It killed 10 people, including a boy, and 12 others were wounded.", (10, 10, 10), (12, 12, 12)),
        # one more of them, one among them, one and others
        ("Two customers were killed and a third died on the way.", (3, 3, 3), None),
        ("The blast killed two officers and injured a third.", (2, 2, 2), (1, 1, 1)),
        ("Police killed a third of the herd.", None, None),
        ("Seven people, a teacher among them, were killed.", (7, 7, 7), None),
        ("The shell killed five people, two women and a boy among them.", (5, 5, 5), None),
        # what a figure is made up of
        ("Nine children, five boys and four girls, died when a shell went off.", (9, 9, 9), None),
        ("The bodies of 16 people, nine men and seven women, were found.", (16, 16, 16), None),
        ("Three soldiers, two policemen and a civilian were killed.", (6, 6, 6), None),
        ("Six civilians, four soldiers and two policemen were killed.", (12, 12, 12), None),
        # of whom the verb is not said again
        ("Four herders died on the spot and two more on the way to the clinic.", (6, 6, 6), None),
        ("One man was shot dead and another in hospital was named.", (1, 1, 1), None),
        ("A guard was killed and three men on their way home fled.", (1, 1, 1), None),
        ("They killed the village head and five others.", (6, 6, 6), None),
        ("The blast damaged a car and two others.", None, None),
        # other words for it
        ("In the attack our comrade Diyar Kobani attained martyrdom.", (1, 1, 1), None),
        ("Gunmen burst into the house and shot him dead.", (1, 1, 1), None),
        ("No loss of life was reported.", (0, 0, 0), None),
        ("The raiders slaughtered 12 people.", (12, 12, 12), None),
        ("Four people were burned alive.", (4, 4, 4), None),
        ("Four fighters of the Eastern Hills 1 (EH1) Front were killed.", (4, 4, 4), None),
        # what follows the verb
        ("The blast killed eight people.", (8, 8, 8), None),
        ("The blast has killed 1,200 people.", (1200, 1200, 1200), None),
        ("Jets struck the hill, killing several fighters.", (2, 3, None), None),
        ("It hit, killing at least 31 people and injuring more than 150 others.", (31, 31, None), (150, 150, None)),
        ("A mortar killed a U.S. contractor.", (1, 1, 1), None),
        ("A mine killed five guards and a civilian, while wounding three clerks of the council.", (6, 6, 6), (3, 3, 3)),
        ("A mine killed a farmer and his wife.", (2, 2, 2), None),
        ("A mine killed a man, his wife and two daughters.", (4, 4, 4), None),
        ("A mine killed a beekeeper.", (1, 1, 1), None),
        ("A beekeeper was wounded near the dam.", None, (1, 1, 1)),
        ("A goat was killed.", None, None),
        ("The truce was killed.", None, None),
        ("A mine killed one policeman and hurt another.", (1, 1, 1), (1, 1, 1)),
        ("Two brothers, aged 9 and 12, were killed.", (2, 2, 2), None),
        ("Two brothers, aged nine and twelve, were killed.", (2, 2, 2), None),
        ("A man of 45 and a woman of 62 were killed.", (2, 2, 2), None),
        ("Seven of their neighbours, all over 60, were killed.", (7, 7, 7), None),
        ("Two of the four gunmen were killed.", (2, 2, 2), None),
        ("They fired at marchers, killing two of them.", (2, 2, 2), None),
        ("Three of them died on the spot.", (3, 3, 3), None),
        ("Twelve people, three of them children, were killed.", (12, 12, 12), None),
        ("At least 30 people - 22 soldiers and eight villagers - were killed.", (30, 30, None), None),
        ("The crew of three of a helicopter was killed.", (3, 3, 3), None),
        ("An army platoon lost five men.", (5, 5, 5), None),
        ("Soldiers killed seven of them and lost two men.", (9, 9, 9), None),
        ("The platoon lost contact and two soldiers were killed.", (2, 2, 2), None),
        ("A boy lost his leg.", None, (1, 1, 1)),
        ("Guards had beaten a young man to death.", (1, 1, 1), None),
        ("The driver burned to death.", (1, 1, 1), None),
        ("Gunmen burned to death four men.", (4, 4, 4), None),
        ("Sub-intendant Omar Haddad, 33, a native of Homs, lost his life.", (1, 1, 1), None),
        ("A mother of four was killed and her husband critically wounded.", (1, 1, 1), (1, 1, 1)),
        ("Men killed 21 people in an attack on Monday, two local officials said.", (21, 21, 21), None),
        ("It killed three soldiers, two police sources and a hospital official said.", (3, 3, 3), None),
        ("A mine killed a man, a woman and a child.", (3, 3, 3), None),
        ("A drone hit the car, killing its driver.", (1, 1, 1), None),
        ("A drone hit the man, killing him.", (1, 1, 1), None),
        ("A bomber killed himself and five soldiers.", (5, 5, 5), None),
        ("A drone killed Gen. Omar Haddad, a top commander.", (1, 1, 1), None),
        ("A drone killed Col. Omar Haddad and two of his guards.", (3, 3, 3), None),
        ("The shelling killed nine members of local units and two “guests”.", (11, 11, 11), None),
        ("Raids killed three in Gaza and two in the north.", (5, 5, 5), None),
        ("Two gunmen killed three soldiers.", (3, 3, 3), None),
        ("It left 3 dead and 12 wounded.", (3, 3, 3), (12, 12, 12)),
        ("It left dozens of people dead.", (24, 24, None), None),
        ("The wave claimed the lives of 12 miners.", (12, 12, 12), None),
        ("They mourned the death of a 50-year-old Dane in the raid.", (1, 1, 1), None),
        ("The killing of three Americans was condemned.", (3, 3, 3), None),
        ("Divers found the bodies of three men.", (3, 3, 3), None),
        ("Divers found 12 bodies.", (12, 12, 12), None),
        ("Rockets wounded dozens.", None, (24, 24, None)),
        ("Killed: 5. Wounded: 11.", (5, 5, 5), (11, 11, 11)),
        # what stands before it
        ("Eight people were killed in the raid.", (8, 8, 8), None),
        ("A soldier was killed.", (1, 1, 1), None),
        ("The commander was killed.", (1, 1, 1), None),
        ("He was killed at dawn.", (1, 1, 1), None),
        ("Omar Haddad, 35, was killed.", (1, 1, 1), None),
        ("A guard whom they mourned had been killed in combat.", (1, 1, 1), None),
        ("A 68-year-old man in the port was killed by a shell.", (1, 1, 1), None),
        ("Gen. Ali Rida, head of the unit, and commander Abu Yusuf al-Tamimi were killed.", (2, 2, 2), None),
        ("Two soldiers and a civilian died.", (3, 3, 3), None),
        ("Two women and their three children were killed.", (5, 5, 5), None),
        ("Nine members of one family died.", (9, 9, 9), None),
        ("A family of six was killed.", (6, 6, 6), None),
        ("At least six are dead.", (6, 6, None), None),
        ("Dozens were killed.", (24, 24, None), None),
        ("Between 5 and 7 fighters were killed.", (5, 5, 7), None),
        ("Five or six people died.", (5, 5, 6), None),
        ("Up to 40 people were killed.", (None, None, 40), None),
        ("About 20 people were injured.", None, (20, 20, 20)),
        ("At least 62 US personnel suffered minor injuries or traumatic brain injuries.", None, (62, 62, None)),
        ("Three sailors sustained burns.", None, (3, 3, 3)),
        ("Eight injured clerks were flown out.", None, (8, 8, 8)),
        ("An Israeli soldier was moderately wounded.", None, (1, 1, 1)),
        ("One resident of the town was killed, and four others were injured elsewhere.", (1, 1, 1), (4, 4, 4)),
        ("One sailor was killed and another injured.", (1, 1, 1), (1, 1, 1)),
        ("At least six people were killed and scores more injured in the raids.", (6, 6, None), (40, 40, None)),
        ("More than two dozen people of many nations were injured.", None, (24, 24, None)),
        ("Three troops killed at the outpost, more than 30 injured", (3, 3, 3), (30, 30, None)),
        ("Two people were killed when two rockets hit a house.", (2, 2, 2), None),
        ("Two hours later five men were shot dead.", (5, 5, 5), None),
        # nouns and totals
        ("It ended with eight injuries and slight damage.", None, (8, 8, 8)),
        ("It caused three deaths.", (3, 3, 3), None),
        ("A death toll of 14 was given.", (14, 14, 14), None),
        ("The death toll rose to 12.", (12, 12, 12), None),
        ("The death toll rose from 5 to 12.", (12, 12, 12), None),
        ("Four were killed. The toll later climbed to at least nine.", (9, 9, None), None),
        ("The number of wounded reached 30.", None, (30, 30, 30)),
        # none, and not known
        ("There were no casualties.", (0, 0, 0), (0, 0, 0)),
        ("It ended without casualties.", (0, 0, 0), (0, 0, 0)),
        ("It did not cause any casualties.", (0, 0, 0), (0, 0, 0)),
        ("The drone caused no injuries.", None, (0, 0, 0)),
        ("No one was hurt.", None, (0, 0, 0)),
        ("Nobody was killed.", (0, 0, 0), None),
        ("No deaths or injuries were reported.", (0, 0, 0), (0, 0, 0)),
        ("Casualties were still being assessed.", None, None),
        ("There were no immediate reports of casualties.", None, None),
        ("The raid went on, killing civilians.", None, None),
        ("He was not injured.", None, None),
        ("In the two places together one fighter was killed and two were hurt.", (1, 1, 1), (2, 2, 2)),
        # parts of a figure
        ("It killed ten people, including two children.", (10, 10, 10), None),
        ("Fifteen people, including three women, were killed.", (15, 15, 15), None),
        ("Nine others, among them three women, were hurt.", None, (9, 9, 9)),
        ("It wounded three soldiers, two of them badly.", None, (3, 3, 3)),
        ("At least four Poles were among the dead.", (4, 4, None), None),
        ("It wounded three farmers, one seriously.", None, (3, 3, 3)),
        ("Three farmers – two men and a boy – were killed.", (3, 3, 3), None),
        # one told by word and name, and kin told with one article
        ("A police officer, Colonel Mario Ruiz, was shot dead.", (1, 1, 1), None),
        ("The mayor of Lanta, Omar Diallo, and two of his guards were killed.", (3, 3, 3), None),
        ("His wife and son were wounded.", None, (2, 2, 2)),
        ("A teacher and activist was killed.", (1, 1, 1), None),
        ("Woman, two children killed in shelling", (3, 3, 3), None),
        ("Attacker with knife killed at a gate", (1, 1, 1), None),
        ("Killed were a nurse and her two patients.", (3, 3, 3), None),
        # told as reported, of injuries to whom, by set phrases
        ("Two guards were reported wounded and ten reported dead.", (10, 10, 10), (2, 2, 2)),
        ("It resulted in the deaths of two men and injuries to five others.", (2, 2, 2), (5, 5, 5)),
        ("Five raiders met their end.", (5, 5, 5), None),
        # who got away hurt
        ("Gunmen killed two guards, while three escaped with minor injuries.", (2, 2, 2), (3, 3, 3)),
        ("It left ten farmers nursing gunshot wounds.", None, (10, 10, 10)),
        # a number that nobody tells, beside one that is told
        ("It killed an unknown number of farmers and at least two guards.", (2, 2, None), None),
        ("It left an undetermined number of people wounded and three dead.", (3, 3, 3), None),
        ("There is no information about casualties.", None, None),
        ("The bodies of three farmers and two rifles were found.", (3, 3, 3), None),
        # dead and wounded told together
        ("It killed or wounded 15 soldiers.", (None, None, 15), (None, None, 15)),
        ("It burned a truck, killing and injuring several people.", None, None),
    ],
)  # fmt: skip
def test_harm(text, killed, injured):
    deaths, injuries = harm(find_counts(text))
    assert bounds(deaths) == (killed or (None, None, None))
    assert bounds(injuries) == (injured or (None, None, None))


@pytest.mark.parametrize(
    ("text", "kind", "best", "noun"),
    [
        ("It claimed 66 attacks against them.", "attacks", 66, "attacks"),
        ("It answered with three separate strikes in Syria.", "attacks", 3, "strikes"),
        ("There were more than 158 attacks on US forces.", "attacks", 158, "attacks"),
        ("It has 900 troops there.", "troops", 900, "troops"),
        ("About 350 U.S. Army and Air Force personnel live there.", "troops", 350, "personnel"),
        ("They fired 14 rockets.", "other", 14, "rockets"),
        ("All 89 drones fell.", "other", 89, "drones"),
        ("Thirteen houses burned.", "other", 13, "houses"),
        ("There were 12 casualties.", "other", 12, "casualties"),
        ("Police detained five people.", "detained", 5, "people"),
        ("Twelve were arrested.", "detained", 12, ""),
        ("Gunmen abducted three farmers.", "abducted", 3, "farmers"),
        ("They took 240 hostages.", "abducted", 240, "hostages"),
        ("Floods displaced 300 families.", "displaced", 300, "families"),
        ("It forced 2,000 people to flee.", "displaced", 2000, "people"),
        ("Some 5,000 people fled.", "displaced", 5000, "people"),
        ("Four people went missing.", "missing", 4, "people"),
        ("Three are missing.", "missing", 3, ""),
    ],
)
def test_other_kinds(text, kind, best, noun):
    (mention,) = find_counts(text)
    assert (mention.kind, mention.count.best, mention.noun) == (kind, best, noun)


@pytest.mark.parametrize(
    "text",
    [
        "Omar, 35, spoke.",
        "It was killed off in 2014.",
        "a 2-year-old girl",
        "the 101st Airborne",
        "Brigade 46 was hit.",
        "Tower 22 was hit.",
        "It costs $5 million.",
        "40 percent of people agree.",
        "It lies 30 km away.",
        "122mm rockets",
        "At 2:30 a.m. it was dark.",
        "It was killed on Nov 21.",
        "One of the drones hit a house.",
        "Resolution 1701 holds.",
        "It burned for two days.",
        "An F-16 flew by.",
        "Two officials said so.",
        "on 21 November people gathered",
    ],
)
def test_no_count(text):
    assert find_counts(text) == ()


def test_a_left_out_noun_is_that_told_before():
    first, second = find_counts("The US has 900 troops in Syria and 2,500 in Iraq.")
    assert (first.kind, first.noun, second.kind, second.noun) == ("troops", "troops", "troops", "troops")
    assert (first.count.best, second.count.best) == (900, 2500)


def test_parts_keep_their_kind_and_are_marked():
    whole, part = find_counts("It killed three servicemen, including two Americans.")
    assert (whole.subset, part.subset) == (False, True)
    assert (part.kind, part.count.best, part.trigger) == ("killed", 2, whole.trigger)


def test_running_totals_are_marked():
    (mention,) = find_counts("The death toll has risen to 45.")
    assert mention.cumulative
    assert not find_counts("It killed 45 people.")[0].cumulative


def test_unknown_casualties_are_kept_as_unknown():
    mentions = find_counts("Casualties were being assessed.")
    assert {m.kind for m in mentions} == {"killed", "injured"}
    assert all(m.count == Count(text="Casualties") for m in mentions)


def test_told_together_share_a_trigger():
    first, second = find_counts("Two soldiers and a civilian were killed.")
    assert first.trigger == second.trigger == 33


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least six people were killed. In all nine people were killed.", (9, 9, 9)),  # they agree on nine
        ("Six people were killed. Six people were killed, they repeated.", (6, 6, 6)),
        ("Five people were killed, one side said. The other said seven people were killed.", (5, 5, 7)),
        ("It killed three sailors. It also killed a Danish cook.", (3, 3, 3)),  # one of the three
        ("There were no casualties at the port. Two men were killed at sea.", (2, 2, 2)),
        ("More than 30 were killed. At least 34 were killed.", (34, 34, None)),
    ],
)
def test_totals_told_apart_are_reconciled(text, expected):
    assert bounds(harm(find_counts(text))[0]) == expected


def test_spans_are_in_the_text_given():
    text = "Six died. Then two men were hurt, and seven fled."
    (mention,) = find_counts(text, 10, 33)
    assert (text[mention.start : mention.end], mention.kind) == ("two men", "injured")


def test_harm_of_nothing_is_empty():
    assert harm([]) == (Count(), Count())


PIECES = st.sampled_from(
    [
        "killed",
        "killing",
        "were",
        "was",
        "wounded",
        "injured",
        "dead",
        "two",
        "12",
        "several",
        "soldiers",
        "a man",
        "no",
        "casualties",
        "and",
        "or",
        ",",
        ".",
        "including",
        "of",
        "them",
        "death toll",
        "rose to",
        "between 5 and 7",
        "up to 40",
        "him",
        "Gen. Ali",
        "who",
        "at least",
        "kılled",
        "ſoldiers",
        "fled",
        "\n\n",
        "; ",
        "1,000",
        "dozens",
        "attacks",
        "in",
        "more",
        "another",
    ]
)


def test_the_best_figure_lies_between_the_bounds():
    assert bounds(harm(find_counts("Two fled and killed killed several."))[0]) == (2, 2, 2)


@given(st.lists(PIECES, max_size=16).map(" ".join) | st.text(max_size=80))
def test_never_raises_and_counts_are_sound(text):
    mentions = find_counts(text)
    assert list(mentions) == sorted(mentions, key=lambda m: (m.start, m.end, m.kind))
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.count.text in text
    for count in harm(mentions):
        known = [b for b in bounds(count) if b is not None]
        assert known == sorted(known)


def test_a_very_long_sentence_costs_no_square():
    assert len(find_counts("one killed " * 5_000)) > 2_500


def test_a_year_before_an_attack_is_no_number_of_attacks():
    found = find_counts("2019 Rawa attack: Six guards are killed.")
    assert [(m.kind, m.count.best) for m in found] == [("killed", 6)]
