"""Ways of telling who was killed and hurt in one sentence: with whom, by name, by whom the harm is told again."""

from __future__ import annotations

import pytest

from pipeline.events.counts import find_counts, harm

WORDINGS = [
    ("A bomb claimed the lives of five soldiers.", (5, None)),
    ("A mayor was gunned down along with his driver and a guard.", (3, None)),
    ("The police chief was killed together with four of his men.", (5, None)),
    ("A mayor, along with his driver and a guard, was gunned down.", (3, None)),
    ("The fire left four villagers dead and six more with shrapnel wounds.", (4, 6)),
    ("Eleven people were rescued alive but wounded.", (None, 11)),
    ("Landmine kills farmer, injures wife and two children", (1, 3)),
    ("Policeman Omar Hadi was killed and colleague Ali Jabbar wounded.", (1, 1)),
    ("Sources put the number of dead at 19 and that of the injured at 47.", (19, 47)),
    ("The shooting left officer Jean Petit dead and injured officer Marc Louis.", (1, 1)),
    ("Gunmen killed Omar Khan, a tribal elder, and his nephew.", (1, None)),
    ("Gunmen left two people dead and wounded three others.", (2, 3)),
    ("An explosion claimed six lives and wounded 12.", (6, 12)),
    ("Four residents were killed and 21, among them 5 children, injured.", (4, 21)),
    ("Raiders killed six cows and a herdsman.", (1, None)),
    ("A mine killed the other eleven.", (11, None)),
    ("Soldiers killed ten rebels and lost two of their own.", (12, None)),
    ("The clinic confirmed two deaths and treated 15 for bullet wounds.", (2, 15)),
    ("12 members of the army and the militia killed in clashes", (12, None)),
    ("A jet killed a family of six people.", (6, None)),
    ("Five Central Reserve Guard Force (CRGF) soldiers were killed.", (5, None)),
    ("At least 15 including party convener Abu Hanif and secretary Omar Rana were injured.", (None, 15)),
    # one told by name is a part of the figure before
    ("Nine rebels including their field commander Mullah Anwar were eliminated.", (9, None)),
    ("About twenty people among which six auxiliaries were killed.", (20, None)),
    # one person told of twice
    ("A third patient, her cousin, died at a clinic.", (3, None)),
    ("The cook, a Kenyan, and a male guard died.", (2, None)),
    # what befell them first
    ("A porter wounded in the raid on Monday succumbed at a clinic.", (1, None)),
    ("Two clerks abducted from their office were found dead by a road.", (2, None)),
    ("A porter wounded in the raid was flown out, and two clerks died.", (2, 1)),
    # the last of those told of, as many again, the only one
    ("Two cousins died and the third is in a serious condition.", (2, 1)),
    ("The jets killed six people and wounded twice as many.", (6, None)),
    ("The clinic counted six dead and twice as many wounded.", (6, 12)),
    ("The bomber was the only fatality.", (1, None)),
    ("Three guards were injured; the driver was the only fatality.", (1, 3)),
    ("There was no casualty on our side.", (0, 0)),
    ("No casualty figures were given.", (None, None)),
    # other words for it
    ("The patrol came under fire and one gunman fell.", (1, None)),
    ("Both patients expired on the way to hospital.", (2, None)),
    ("The licence of two traders expired at noon.", (None, None)),
    ("Two thieves fell victim to mob justice.", (2, None)),
    ("Two men were shot dead and one passer-by hit.", (2, 1)),
    ("Four passengers were cut by glass.", (None, 4)),
    ("The shell left a man concussed and a woman with a broken arm.", (None, 1)),
    ("She was beaten by the men; she is in hospital.", (None, 1)),
    ("The ministry put the police fatalities at eight.", (8, None)),
    # what is only protested against
    ("Students marched against the killing of a classmate.", (None, None)),
    # by name
    ("The lifeless body of farmers' leader Jaime Rosas turned up in a ditch.", (1, None)),
    ("The body of Jaime Rosas was found in a ditch.", (1, None)),
    ("Jaime Rosas, headman of the upper valley, was shot dead.", (1, None)),
    ('The army "eliminated" self-styled General Storm and two of his men.', (3, None)),
    # one of many, told by himself, and one's own
    ("One of the raiders was also killed.", (1, None)),
    ("The gun battle left three constables and one of their own dead.", (4, None)),
    # as many
    ("Six guards were killed and as many wounded.", (6, 6)),
    # a figure said twice
    ("Five (05) dead, twelve (12) wounded including two (02) serious.", (5, 12)),
    ("Four sons of one family dead -- all of them shepherds.", (4, None)),
    # how many on each side, ages, one whom no table has and those of his house
    ("A feud killed at least seven people, four from one side and three from the other.", (7, None)),
    ("Two others — aged 19 and 61 — were hurt.", (None, 2)),
    ("Raiders killed the village head, Malam Sani, and three of his sons.", (4, None)),
    ("The blast left the cook dead and his wife in a coma.", (1, 1)),
    # nobody
    ("No one was harmed.", (None, 0)),
    ("The shell caused only material damage.", (0, 0)),
    ("Shots were fired at the post, without making victims.", (0, 0)),
    ("There are no victims.", (0, 0)),
    ("A mine blew up a car without loss of human life.", (0, None)),
    ("No victims have been named.", (None, None)),
    # wounded, without the word
    ("The shepherd was hit in the leg.", (None, 1)),
    ("The guard was found alive with a bullet in the shoulder.", (None, 1)),
    ("An elder son remained injured.", (None, 1)),
    ("Two more shoppers got bullet wounds.", (None, 2)),
    ("The guard and a passer-by received splinters.", (None, 2)),
    ("Its cook, with burns on both hands, was in a ward.", (None, 1)),
    # the dead of an army's own reports
    (
        (
            "Captain Asad Gul (age: 27 years, resident of Hazro), who led his men, embraced Shahadat alongwith "
            "Lance Naik Omar Zeb (age: 30 years) and Sepoy Ali Shah (age: 22 years)."
        ),
        (3, None),
    ),
    ("Three smugglers met their waterloo.", (3, None)),
    ("They cut the throats of two herders.", (2, None)),
    ("A mine killed Nile River TV cameraman Omar Hadi.", (1, None)),
    ("The cook and his apprentice killed on the spot.", (2, None)),
    ("The rocket fell on a bakery, leaving seven customers including two girls hurt.", (None, 7)),
    ("A car bomb left eleven commuters including a bus driver dead.", (11, None)),
    ("The raid left three herders including an old man injured.", (None, 3)),
    ("Gunfire left four pupils including a girl of nine wounded.", (None, 4)),
    ("Clashes left six recruits including a cook killed.", (6, None)),
    ("One of the twins died at once and the other was hurt.", (1, 1)),
    ("Three were killed outright and the fourth was carried wounded to a clinic.", (3, 1)),
    ("Two herders were shot dead and the third escaped with injuries.", (2, 1)),
    ("Two of the divers drowned and the third was pulled out injured.", (2, 1)),
    ("Five died in the van, and the sixth was dug out wounded.", (5, 1)),
    ("One brother was shot dead; the other survived with burns.", (1, 1)),
    ("A baker sustained fatal wounds.", (1, None)),
    ("Two tram drivers received fatal injuries in the blast.", (2, None)),
    ("A midwife of 40 suffered mortal burns.", (1, None)),
    ("Four porters suffered lethal shrapnel injuries and six more were hurt.", (4, 6)),
    ("Three porters suffered non-fatal injuries.", (None, 3)),
    ("Four of our friends fell and nine are wounded.", (4, 9)),
    ("The other five, all of them conscripts, fell in the fighting.", (5, None)),
    ("Two sergeants fell in the clash and a corporal was injured.", (2, 1)),
    ("A convoy of the General Staff fell in an ambush.", (None, None)),
    ("Eleven guerrillas fell in that battle.", (11, None)),
    ("Six of their men fell on the field of honour.", (6, None)),
    ("Mortar rounds fell in the fight and three children were hurt.", (None, 3)),
    ("Five farmers — all members of one clan — were shot dead.", (5, None)),
    ("Nine boatmen – most of them from two villages – drowned.", (9, None)),
    ("Seven clerks (all of them women) were hurt.", (None, 7)),
    ("Eight miners - mostly from one town - died.", (8, None)),
    ("Two cooks, both of them from three-man crews, were killed.", (2, None)),
    ("In Homs, all five were killed.", (5, None)),
    ("Some gunmen killed five men.", (5, None)),
    ("A crowd lynched and burned two strangers.", (2, None)),
    ("Men caught, killed and buried four guards.", (4, None)),
    ("The mob killed and robbed a trader.", (1, None)),
    ("Guards shot dead and dragged away three intruders.", (3, None)),
    ("Youths murdered and dumped two fishermen in the lake.", (2, None)),
    ("Assailants killed an ex-commander of the guard.", (1, None)),
    ("Gunmen shot dead two ex-fighters of the front.", (2, None)),
    ("Two troopers lost their lives and four more resulted wounded.", (2, 4)),
    ("A gunman was abated in the exchange of fire.", (1, None)),
    ("Nine villagers caught in the shelling were brought to the clinic with bullet wounds, of whom two died.", (2, 7)),
    ("Five were hurt, of whom one died.", (1, 4)),
    ("Twelve passengers were taken to a ward with burns, of whom three died.", (3, 9)),
    ("The strike killed two rebels, injuring some passers-by.", (2, 2)),
    ("Wounding some guards, the raiders fled.", (None, 2)),
    (
        "Colonel Omar Hadi (age: 41), who led the patrol, fought on and embraced martyrdom along with four of his men.",
        (5, None),
    ),
    ("Naik Bilal Khan, who manned the gun, stood firm and laid down his life together with two comrades.", (3, None)),
    # counted by state, by number alone, at what cost
    ("A 45-yr-old man sustained a bullet injury in his left thigh.", (None, 1)),
    ("A 12-yr-old girl was hit by a stray bullet.", (None, 1)),
    ("Two 30-yr-old brothers were killed.", (2, None)),
    ("A 60 year old widow was shot dead.", (1, None)),
    ("The conscript lost both legs.", (None, 1)),
    ("The Honduran lost her right eye.", (None, 1)),
    ("The General Staff deplores the assassination of the chief of the village.", (1, None)),
    ("The General Assembly condemned the killing.", (None, None)),
    ("The Chief Minister condemned the killings.", (None, None)),
    ("The seventh fatality, who died of blood loss, was found on Sunday.", (7, None)),
    ("The dead were nine and the wounded 14.", (9, 14)),
    ("The injured number 17.", (None, 17)),
    ("The number of dead is 8 and of wounded 12.", (8, 12)),
    ("We counted twelve dead and thirty hurt.", (12, 30)),
    ("A nurse counted 9 corpses.", (9, None)),
    ("He spoke of 17 dead and four wounded.", (17, 4)),
    ("The governor put the provisional toll at 10 dead and nine wounded.", (10, 9)),
    ("The mayor gives a balance of 15 dead and two wounded.", (15, 2)),
    ("The prefect reported a toll of six deaths and 11 injuries.", (6, 11)),
    ("The union announced a balance sheet of four dead, 20 injured.", (4, 20)),
    ("One soldier and three rebels met their deaths.", (4, None)),
    ("Four were shot dead, and as many hurt.", (4, 4)),
    ("Six militants were killed and an equal number wounded.", (6, 6)),
    ("Nine fell dead and the same number were injured.", (9, 9)),
    ("Three officers died, and twice as many were wounded.", (3, 6)),
    ("Ten people were hurt, half of them children.", (None, 10)),
    ("Of the 12 who were hit, five died.", (5, None)),
    ("Two of the nine injured died overnight.", (2, 7)),
    ("Both brothers were shot dead.", (2, None)),
    ("Both of the guards were wounded.", (None, 2)),
    ("A couple were hacked to death.", (2, None)),
    ("A father and two sons were killed.", (3, None)),
    ("The driver and all four passengers died.", (5, None)),
    ("Neither of the two men was hurt.", (None, 0)),
    ("All three were killed.", (3, None)),
    ("All six aboard perished.", (6, None)),
    ("A mother and her newborn were shot.", (None, None)),
    ("Killed in the blast were a cook, a guard and two drivers.", (4, None)),
    ("Wounded were five and killed two.", (2, 5)),
    ("It cost two men their lives.", (2, None)),
    ("The attack cost a policeman his life.", (1, None)),
    ("The explosion took the life of a shepherd and injured his son.", (1, 1)),
    ("Three paid with their lives.", (3, None)),
    ("The fire claimed four victims.", (4, None)),
    ("Five bodies were recovered from the wreck.", (5, None)),
    ("Rescuers pulled six bodies from the rubble.", (6, None)),
    ("According to a spokesman of the police, Jean Petit, twelve bandits were killed there.", (12, None)),
    ("According to a nurse, two men and a boy died.", (3, None)),
    ("Citing a doctor in the town, Ali Reza, five people were hurt.", (None, 5)),
    ("Five miners were hurt. One of them, a man of 60, is in intensive care.", (None, 5)),
    ("Two guards were wounded. One of them, an elderly porter, was in critical condition.", (None, 2)),
    (
        "The ward took in 22 wounded of which five were sent on, where one of them, a pupil of ten, died at night.",
        (1, 21),
    ),
    ("Fifteen of its fighters died and one of its own was wounded in the leg.", (15, 1)),
    ("The group claims fifteen soldiers died and one of its own was wounded.", (15, 1)),
    ("The army lost nine men and two of its own vehicles.", (9, None)),
    ("Eleven intruders were shot dead and three of ours were hurt.", (11, 3)),
    ("One of the wounded, a young corporal, died overnight.", (1, None)),
    # of those hurt, who died
    ("Nine guards were hurt, two of whom later died.", (2, 7)),
    ("Twelve passengers were wounded and three of them died in hospital.", (3, 9)),
    ("Five miners were injured, one of whom succumbed.", (1, 4)),
    ("Six clerks were injured, among them a boy who is in a ward.", (None, 6)),
    ("Eleven people were hurt and two were killed.", (2, 11)),
    ("At least eight were hurt, one of whom died.", (1, 8)),
    ("The convoy's medic could not be saved.", (1, None)),
    ("Two of the drivers did not survive.", (2, None)),
    ("One of the officers, a sergeant, did not make it.", (1, None)),
    ("Four guards were injured; one, Corporal Ali Reza, could not be saved.", (1, 4)),
    ("All were flown to a ward, where one, Sergeant Omar Baysan, could not be saved.", (1, None)),
    # who only did it, and what another puts otherwise
    ("Two attackers shot and killed security guards outside the hall.", (None, None)),
    ("Three gunmen killed villagers and burned huts.", (None, None)),
    ("Four policemen killed in a raid by armed men.", (4, None)),
    ("Nine killed as rebels storm a base.", (9, None)),
    ("Two raiders wounded pilgrims near the well.", (None, None)),
    ("Five soldiers wounded, militants say.", (None, 5)),
    ("Six people killed protesters say.", (6, None)),
    ("A chief said 14 people were hacked to death, while a rights group put the toll at 17.", (14, None)),
    ("Nine guards died, the army said, but a monitor put the death toll at 12.", (9, None)),
    ("Six miners were killed, police said, whereas the union gave the toll as eight.", (6, None)),
    ("The fight left 30 fighters of the front and eight soldiers dead near the dam.", (38, None)),
    ("It left two members of the guard, a cook and five villagers dead.", (8, None)),
    ("The clash left nine rebels from the north and a sergeant dead.", (10, None)),
    ("Six men were killed on the spot and a seventh in the ambulance.", (7, None)),
    ("Four died at the scene and two more at a clinic.", (6, None)),
    ("Eleven others have bullet wounds.", (None, 11)),
    ("Two of the boys had serious burns.", (None, 2)),
    ("A guard has head injuries.", (None, 1)),
    ("An eighth, the conductor, died.", (1, None)),
    ("A third, the owner of the shop, was wounded.", (None, 1)),
    ("Officials have minor concerns.", (None, None)),
    ("A fourth, a girl of nine, succumbed.", (1, None)),
    ("Ten of the 17 injured were discharged on Tuesday.", (None, 17)),
    ("Three of the twelve wounded remain in a ward.", (None, 12)),
]


@pytest.mark.parametrize(("text", "toll"), WORDINGS)
def test_wording_of_a_toll(text, toll):
    dead, hurt = harm(find_counts(text))
    assert (dead.low, hurt.low) == toll


TOLD_BELOW = [
    # a bad name, and what is told of a year, are no toll of the incident
    (
        "Fighters killed 30 people in Mosul on Monday. The group has been blamed for killing thousands of civilians.",
        [(30, None)],
    ),
    ("Gunmen killed a cook in Mosul on Monday. Three have been killed in the city in a year.", [(1, None)]),
    # shots that are only heard, and whom they hit
    ("Shooting broke out at a market in Mosul on Monday. Three people died and seven were hurt.", [(3, 7)]),
    # but not where a man told of in passing was killed
    (
        (
            "A missile landed at Taji on Monday night. Eight soldiers were hurt, an official said. The gunship was "
            "already in the air, followed the launch crew and opened fire after midnight.\n\nThe Badr Organization "
            "published a picture of the man who was killed."
        ),
        [(None, 8)],
    ),
    # the death of so many is told anew, with the blow that has a place and a day of its own
    (
        "A bomb killed three in Mosul on Monday. Medics told of the death of 21 men in a blast in Kirkuk on Friday.",
        [(3, None), (21, None)],
    ),
    # each blow of a sentence keeps its own
    (
        (
            "A bomb exploded in Mosul, killing one and wounding eight, "
            "and one died and 10 were hurt when a mine went off in Erbil."
        ),
        [(1, 8), (1, 10)],
    ),
    (
        "First reports of a blast in Mosul on Monday spoke of three dead. The ministry raised the figure to seven.",
        [(7, None)],
    ),
]


@pytest.mark.parametrize(("text", "tolls"), TOLD_BELOW)
def test_whose_toll_a_figure_is(read, text, tolls):
    assert [(e.fatalities.low, e.injuries.low) for e in read(text).events] == tolls
