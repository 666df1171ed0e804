"""Ways of telling who was killed and hurt by age, by name, by kin, by the ward to which they came."""

from __future__ import annotations

import pytest

from pipeline.events.counts import find_counts, harm

WORDINGS = [
    # one named between commas is the one told of before, and others follow
    ("Gunmen shot dead a village elder, Haji Rahim Gul, and his nephew in Tank.", (2, None)),
    ("Men on motorcycles killed a schoolteacher, Maria Santos, and her husband near Cotabato.", (2, None)),
    ("A bomb killed a district judge, Abdul Karim, his wife and two guards.", (4, None)),
    ("Attackers killed a former lawmaker, Yusuf Ali, along with his bodyguard.", (2, None)),
    ("The blast wounded a local councillor, Ivan Petrenko, and a driver.", (None, 2)),
    ("Gunmen killed a police officer, Ahmed Ali, as he left a mosque.", (1, None)),
    ("Gunmen killed a cleric, Mullah Omar, and wounded his son.", (1, 1)),
    # so many as have an age each
    ("Raiders killed the boys aged 12 and 15 and drove away the cattle.", (2, None)),
    ("The shell killed the sisters aged 7, 9 and 14.", (3, None)),
    ("The brothers, aged six and nine, were killed.", (2, None)),
    ("A mine wounded the girls aged eight and eleven.", (None, 2)),
    ("Soldiers shot dead the men, aged 22, 25 and 31, at a checkpoint.", (3, None)),
    ("The children, aged 4 and 6, died at once.", (2, None)),
    ("Two boys aged 12 and 15 were killed.", (2, None)),
    ("Three men aged between 20 and 30 were killed.", (3, None)),
    ("The victims, aged between 20 and 30, were killed.", (None, None)),
    # ages and an aside between dashes
    (
        "Three refugees – two sisters aged 12 and 15 and a man in his fifties – died, and a further four were hurt.",
        (3, 4),
    ),
    (
        "Four villagers – a couple in their sixties and two girls aged 9 and 11 – were killed and five more wounded.",
        (4, 5),
    ),
    ("Two people - a boy of 10 and a woman aged 44 - died, and seven others were hurt.", (2, 7)),
    ("Five civilians (three women aged 30, 34 and 41 and two boys) lost their lives.", (5, None)),
    ("Six farmers — four brothers and two cousins in their twenties — perished.", (6, None)),
    # by name and age, with kin; who lost a limb to the knife
    ("Salem Al-Ahmadi (45) and his daughter Huda (7) were killed instantly.", (2, None)),
    ("Amina Yusuf (60) and her grandson Bilal (9) died on the spot.", (2, None)),
    ("Omar Saleh, 33, and his brother Khalid, 29, were wounded.", (None, 2)),
    ("Jamal Nasser (51), his wife Lila (48) and their son Adel (12) were killed.", (3, None)),
    ("The son, Majed (11), had his right foot amputated at a field hospital.", (None, 1)),
    ("A girl had her leg amputated.", (None, 1)),
    ("The boy, Tariq (9), had both hands amputated.", (None, 1)),
    ("Her brother had to have his arm amputated.", (None, 1)),
    ("Two men had their legs amputated.", (None, 2)),
    # an age behind a name's initial
    ("One officer, Laura M., 27, was killed.", (1, None)),
    ("A guard, Jorge P., 41, was wounded.", (None, 1)),
    ("A driver, Ana Lucia R., 33, died.", (1, None)),
    ("One policeman, Ali K., 52, was shot dead and two others were hurt.", (1, 2)),
    ("One soldier, Pvt. Mark T., 19, was killed.", (1, None)),
    # two words for one death, and with whom
    (
        "Captain Adil Shah (age: 29), who led, made the ultimate sacrifice and embraced shahadat, along with Sepoy Jo.",
        (2, None),
    ),
    ("Major Imran Khan laid down his life and embraced martyrdom, together with Lance Naik Bilal.", (2, None)),
    (
        "Lt Amir made the supreme sacrifice and attained martyrdom along with Havildar Noor Ali and Sepoy Fazal.",
        (3, None),
    ),
    ("Naik Zahid fell fighting and embraced martyrdom, along with Sepoy Umar Din.", (2, None)),
    (
        "Captain Saad Ali (age: 25 years), having fought gallantly, embraced shahadat along with two soldiers.",
        (3, None),
    ),
    # told by number alone; of whom one died
    ("Two workers were killed, and four wounded.", (2, 4)),
    ("Three traders were killed, and another wounded.", (3, 1)),
    ("One guard was killed, and two others badly wounded.", (1, 2)),
    (
        "Shells fell, hurting six people of one family, of whom the mother, Fatima Omar, later died.",
        (1, 5),
    ),
    ("The blast hurt four labourers, one of whom, a boy of 15, died later of his wounds.", (1, 3)),
    ("A rocket wounded seven members of a household, of whom the father later died in hospital.", (1, 6)),
    ("The grenade injured five pupils, of whom a girl died the next day.", (1, 4)),
    ("Shells wounded eight, of whom an old man, Said Nasr, has since died.", (1, 7)),
    # admitted to a hospital
    ("A third man who was thrashed brutally has been admitted at the district hospital.", (None, 1)),
    ("A woman who was beaten has been admitted to a hospital in Kochi.", (None, 1)),
    ("Two villagers who were thrashed were admitted to hospital.", (None, 2)),
    ("Another labourer who was assaulted with sticks has been admitted to the civil hospital.", (None, 1)),
    ("A fourth villager, who was attacked with an axe, is admitted in the hospital at Gaya.", (None, 1)),
    # taken to a ward, come in with wounds
    ("It said that more than 70 others had been taken to the only working surgical ward.", (None, 70)),
    ("Some 30 people had been taken to the trauma ward.", (None, 30)),
    ("Twelve more were taken to the emergency room of the clinic.", (None, 12)),
    ("Nine others had been brought to an intensive care unit.", (None, 9)),
    ("At least 40 people were rushed to the surgical hospital.", (None, 40)),
    ("We have received two bodies, both of young men, and fourteen patients with gunshot wounds.", (2, 14)),
    ("The hospital received nine bodies and thirty patients with shrapnel wounds.", (9, 30)),
    ("A clinic admitted six patients with burns.", (None, 6)),
    ("Doctors treated eleven people with bullet wounds.", (None, 11)),
    ("We admitted four children with shrapnel injuries.", (None, 4)),
    # light cuts
    ("The driver and a Buddhist monk received minor cuts from glass.", (None, 2)),
    ("A nurse and a cook suffered cuts.", (None, 2)),
    ("Three passengers received minor scratches.", (None, 3)),
    ("The conductor and a pupil sustained bruises.", (None, 2)),
    ("A woman suffered light cuts from flying glass.", (None, 1)),
    # grazed, struck, speared
    ("The soldier was grazed by a bullet.", (None, 1)),
    ("One constable was grazed by a splinter.", (None, 1)),
    ("A rider was struck in the thigh.", (None, 1)),
    ("A woman who raised an alarm was speared in the back.", (None, 1)),
    ("A shepherd was stabbed in the chest and is nursing wounds.", (None, 1)),
    # material losses
    ("A mine exploded at a military vehicle, material losses only.", (0, 0)),
    ("A shell fell on a yard, causing only material losses.", (0, 0)),
    ("Rockets hit a depot and the losses were only material.", (0, 0)),
    ("A bomb went off at a shop; the damage was purely material.", (0, 0)),
    ("An IED exploded, with material damage and no losses of life.", (0, None)),
    ("A drone crashed on a roof, only material damage was reported.", (0, 0)),
    # by name and age alone
    ("Petro Koval (70) and Olena Koval (68) were killed.", (2, None)),
    ("Ali Hassan, 40, and Omar Said, 22, were wounded.", (None, 2)),
    ("Maria Lopez (33), Juan Perez (41) and Ana Ruiz (7) died on the spot.", (3, None)),
    ("Oleh Bondar, 51, and Ivan Melnyk, 63, died in the blast.", (2, None)),
    ("The pickup hit a mine; Yusuf (9) and Hadi (11) were killed.", (2, None)),
    ("Two soldiers, Ali Hassan (40) and Omar Said (22), were killed.", (2, None)),
]


@pytest.mark.parametrize(("text", "told"), WORDINGS)
def test_who_is_counted(text, told):
    dead, hurt = harm(find_counts(text))
    assert (dead.low, hurt.low) == told


NOT_HURT = [
    ("Six bodies were taken to the hospital.", (6, None)),
    ("Four bodies were brought to the mortuary of the hospital.", (4, None)),
    ("The town suffered severe power cuts.", (None, None)),
    ("Two men were stabbed in the back and died.", (2, None)),
    ("Three women aged between 20 and 30 were killed.", (3, None)),
]


@pytest.mark.parametrize(("text", "told"), NOT_HURT)
def test_who_is_not_counted(text, told):
    dead, hurt = harm(find_counts(text))
    assert (dead.low, hurt.low) == told
