"""One line a case: what a careful reader would take each name to mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from gazetteer.sphere import distance_km
from pipeline.models import Resolution

WITH_REASONS = yaml.safe_load(Path(__file__).with_name("hard_cases.yaml").read_text("utf-8"))
Read = Callable[[str], tuple[Resolution, ...]]

# text, the name in it, (the gazetteer's name, country, feature code)
MEANS = [
    # containers and abbreviations
    ("A tornado hit Prague, Oklahoma, on Monday.", "Prague", ("Prague", "US", "PPL")),
    ("Ministers met in Prague, the Czech capital.", "Prague", ("Prague", "CZ", "PPLC")),
    ("He was born in Paris, Texas.", "Paris", ("Paris", "US", "PPL")),
    ("The talks in Paris were hosted by France.", "Paris", ("Paris", "FR", "PPLC")),
    ("Police in Lebanon, Tenn., arrested two men.", "Lebanon", ("Lebanon", "US", "PPL")),
    ("The sheriff of Henry County, Tenn., said so.", "Henry County", ("Henry County", "US", "ADM2")),
    ("Police in Derry said a bomb was found in Co Fermanagh.", "Derry", ("Derry", "GB", "PPL")),
    ("Police in Derry said a bomb was found in Co. Fermanagh.", "Co. Fermanagh", ("Fermanagh", "GB", "ADM2")),
    ("A man from Covington, Ky., was jailed.", "Covington", ("Covington", "US", "PPL")),
    ("They drove from Moscow, Idaho, to Boise.", "Moscow", ("Moscow", "US", "PPL")),
    ("The army shelled Hit in Anbar province.", "Hit", ("Hīt", "IQ", "PPL")),
    # one name, two places: told by the company it keeps
    ("Clashes broke out in Tripoli, and the Lebanese army moved in from Beirut.", "Tripoli", ("Tripoli", "LB", "PPL")),
    ("Militias from Misrata and Zintan fought in Tripoli, and Benghazi was quiet, officials in Libya said.", "Tripoli",
     ("Tripoli", "LY", "PPLC")),
    ("Russian troops entered Georgia through South Ossetia and shelled Gori, near Tbilisi.", "Georgia",
     ("Georgia", "GE", "PCLI")),
    ("Voters in Georgia, Alabama and Florida go to the polls; Atlanta is quiet.", "Georgia", ("Georgia", "US", "ADM1")),
    ("The governor of Washington spoke in Olympia, and Seattle and Spokane in Oregon's neighbor state cheered.",
     "Washington", ("Washington", "US", "ADM1")),
    ("The Pentagon and the State Department in Washington declined to comment on Iraq.", "Washington",
     ("Washington", "US", "PPLC")),
    ("Israeli jets struck Gaza overnight, medics said.", "Gaza", ("Gaza Strip", "PS", "ADM1")),
    ("Israeli tanks entered Gaza City on Friday.", "Gaza City", ("Gaza", "PS", "PPL")),
    ("Rockets were fired from the Gaza Strip at Ashkelon in Israel.", "Gaza Strip", ("Gaza Strip", "PS", "ADM1")),
    ("Jordan and Egypt sent aid to Gaza through the Rafah crossing.", "Jordan", ("Jordan", "JO", "PCLI")),
    ("An Iranian leader was received in Baghdad by the prime minister.", "Baghdad", ("Baghdad", "IQ", "PPLC")),
    ("Rockets hit a base in Iraq, U.S. officials said.", "Iraq", ("Iraq", "IQ", "PCLI")),
    ("Drones struck the port of Aden in Yemen.", "Aden", ("Aden", "YE", "PPL")),
    ("The attack in Kherson killed one resident of the city, Ukraine said.", "Kherson", ("Kherson", "UA", "PPL")),
    ("Shelling hit villages of the Kherson region, Ukraine said.", "Kherson", ("Kherson", "UA", "ADM1")),
    ("Damascus and Aleppo airports were hit, Syria said.", "Damascus", ("Damascus", "SY", "PPLC")),
    # spellings
    ("Missiles hit Kiev at dawn.", "Kiev", ("Kyiv", "UA", "PPLC")),
    ("Missiles hit Kyiv at dawn.", "Kyiv", ("Kyiv", "UA", "PPLC")),
    ("An air strike hit Abu Kamal in Syria.", "Abu Kamal", ("Abu Kamal", "SY", "PPL")),
    ("An air strike hit al-Bukamal in eastern Syria.", "al-Bukamal", ("Abu Kamal", "SY", "PPL")),
    ("قصفت طائرات مدينة البوكمال", "البوكمال", ("Abu Kamal", "SY", "PPL")),
    ("Turkish drones struck Ain Issa, north of Raqqa.", "Ain Issa", ("Ain Issa", "SY", "PPL")),
    ("Turkish artillery shelled Ain al-Arab in northern Syria.", "Ain al-Arab", ("Kobani", "SY", "PPL")),
    ("Fighters of Kobani on the Turkish border in Syria held out.", "Kobani", ("Kobani", "SY", "PPL")),
    ("Attack drones hit Harir air base in Iraq.", "Harir air base", ("Harir Air Base", "IQ", "AIRB")),
    ("A drone attack on the al-Tanf garrison in Syria failed.", "al-Tanf garrison", ("Al-Tanf garrison", "SY", "INSM")),
    ("Ain al-Asad air base was hit by a missile.", "Ain al-Asad air base", ("Ain al-Asad Air Base", "IQ", "AIRB")),
    ("A rocket landed in Zurf al Saqr, south of Baghdad.", "Zurf al Saqr", ("Jurf al-Sakhar", "IQ", "PPL")),
    ("Strikes were carried out in Jurf as-Sakhr.", "Jurf as-Sakhr", ("Jurf al-Sakhar", "IQ", "PPL")),
    ("ضربت غارة جرف الصخر", "جرف الصخر", ("Jurf al-Sakhar", "IQ", "PPL")),
    ("Mortars fell on Deir ez-Zor and al-Mayadin in Syria.", "Deir ez-Zor", ("Deir ez-Zor", "SY", "PPL")),
    ("Houthi missiles were launched from Hodeidah in Yemen.", "Hodeidah", ("Hodeidah", "YE", "PPL")),
    ("Kata'ib Hezbollah fired at Erbil in Iraq.", "Erbil", ("Erbil", "IQ", "PPL")),
    # seas, regions, provinces
    ("A tanker was hit in the Red Sea.", "Red Sea", ("Red Sea", "", "SEA")),
    ("A ship was attacked in the Gulf of Aden.", "Gulf of Aden", ("Gulf of Aden", "", "GULF")),
    ("Ships avoid the Strait of Hormuz.", "Strait of Hormuz", ("Strait of Hormuz", "", "STRT")),
    ("A strike in Anbar province killed two fighters.", "Anbar", ("Anbar", "IQ", "ADM1")),
    ("Fighting was reported in Idlib province in Syria.", "Idlib", ("Idlib", "SY", "ADM1")),
    ("Settlers clashed with residents in the West Bank.", "West Bank", ("West Bank", "PS", "ADM1")),
    ("Syrian Democratic Forces hold the east bank of the Euphrates in Syria.", "Euphrates", ("Euphrates", "", "STM")),
    # adjectives, headlines, possessives, nesting
    ("An Iraqi militia claimed the attack.", "Iraqi", ("Iraq", "IQ", "PCLI")),
    ("Americans were told to leave.", "Americans", ("United States", "US", "PCLI")),
    ("The Sri Lankan army shelled the area.", "Sri Lankan", ("Sri Lanka", "LK", "PCLI")),
    ("Yemen's Houthis fired a missile.", "Yemen", ("Yemen", "YE", "PCLI")),
    ("MOSUL BLAST KILLS TWO IN IRAQ", "MOSUL", ("Mosul", "IQ", "PPL")),
    ("The University of Mosul in Iraq was bombed.", "Mosul", ("Mosul", "IQ", "PPL")),
    ("Officials in the Israeli city of Tel Aviv opened shelters.", "Tel Aviv", ("Tel Aviv", "IL", "PPL")),
    ("Oman's Wadi al-Kabir was quiet, and Muscat too.", "Muscat", ("Muscat", "OM", "PPLC")),
    ("US forces remain in Syria.", "US", ("United States", "US", "PCLI")),
    ("UAE diplomats met in Abu Dhabi.", "UAE", ("United Arab Emirates", "AE", "PCLI")),
    # said to lie in an area: in it, or put to it, but nowhere else
    ("A drone hit a car in Yatter, a village in the Bint Jbeil district of Nabatieh province in southern Lebanon.",
     "Yatter", ("Bint Jbeil", "LB", "PPL")),
    ("A mine killed two boys in Karari area of Omdurman, medics in Sudan said.", "Karari", ("Omdurman", "SD", "PPL")),
    ("Fighters were killed in Darazab area of Khakrez district, Kandahar province, Afghan officials in Kabul said.",
     "Darazab", ("Khākrēz", "AF", "ADM2")),
    ("Farmers fled the village of Al-Azraq in Gezira state, residents of Wad Madani in Sudan said.", "Al-Azraq",
     ("Gezira", "SD", "ADM1")),
    ("Shells fell in Poonch district of Jammu and Kashmir, the Indian army said.", "Poonch district",
     ("Punch", "IN", "ADM2")),
    ("Police opened fire in the capital's Mohammadpur area, witnesses in Dhaka, Bangladesh, said.", "Mohammadpur",
     ("Dhaka", "BD", "PPLC")),
    ("Rebels were killed in Barangay San Isidro, Guihulngan City, the Philippine army said.", "San Isidro",
     ("Guihulñgan", "PH", "PPL")),
    ("Settlers burned cars in the village of Qxvor in the Nablus district, Palestinian officials said.", "Qxvor",
     ("Nablus", "PS", "ADM2")),
    ("A storm in Karachi in Sindh province killed two.", "Karachi", ("Karachi", "PK", "PPL")),
    # one name of several words
    ("Two farmers were shot in Lanao del Norte on Sunday.", "Lanao del Norte", ("Lanao del Norte", "PH", "ADM2")),
    ("Shells fell in Poonch district of Jammu and Kashmir, the Indian army said.", "Jammu and Kashmir",
     ("Jammu and Kashmir", "IN", "ADM1")),
    ("A soldier was shot in Norte de Santander, Colombia said.", "Norte de Santander",
     ("Norte de Santander", "CO", "ADM1")),
    ("Rebels shelled the Rumaylan airfield in Syria.", "Rumaylan", ("Rumaylan Landing Zone", "SY", "INSM")),
]  # fmt: skip

# text, the name in it, (geo_precision, where_prec, method), (lat, lon, within km)
LIES = [
    ("U.S. forces were attacked at an air base west of Baghdad.", "Baghdad", (3, 5, "relative"), (33.34, 43.86, 20)),
    ("A convoy was hit 30 km northwest of Erbil.", "Erbil", (2, 2, "relative"), (36.38, 43.77, 10)),
    ("Shelling hit southern Lebanon.", "Lebanon", (3, 5, "relative"), (33.3, 35.4, 15)),
    ("Drones struck targets in eastern Syria.", "Syria", (3, 5, "relative"), (35.3, 40.6, 80)),
    ("Turkey bombed northeastern Syria.", "Syria", (3, 5, "relative"), (36.1, 40.5, 80)),
    ("Shelling was reported in northwestern Syria.", "Syria", (3, 5, "relative"), (36.1, 37.1, 80)),
    ("A missile hit a ship off Hudaydah in Yemen.", "Hudaydah", (3, 7, "relative"), (14.8, 42.95, 30)),
    ("Troops clashed with rebels east of Sinjar.", "Sinjar", (3, 5, "relative"), (36.32, 42.04, 5)),
    ("It hit near Al Anbar and Zurf al Saqr, south of Baghdad.", "Al Anbar", (3, 4, "relative"), (32.9, 41.7, 60)),
    ("The strike hit near Al Anbar and Zurf al Saqr, south of Baghdad.", "Zurf al Saqr", (2, 2, "relative"),
     (32.87, 44.19, 5)),
    ("Strikes hit the Iraq-Syria border on Friday.", "Iraq-Syria border", (3, 5, "relative"), (35.2, 41.2, 120)),
    ("Militias cross the Syrian-Iraqi border at night.", "Syrian-Iraqi border", (3, 5, "relative"), (35.2, 41.2, 120)),
    ("A drone fell on the border between Israel and Lebanon.", "border between Israel and Lebanon", (3, 5, "relative"),
     (33.1, 35.4, 30)),
    ("Smugglers were shot on Jordan's border with Syria.", "Jordan's border with Syria", (3, 5, "relative"),
     (32.6, 37.2, 120)),
    ("A strike in Anbar province killed two.", "Anbar", (3, 4, "admin"), (32.9, 41.7, 60)),
    ("A strike in Iraq killed two.", "Iraq", (3, 6, "country"), (33.0, 43.8, 60)),
    ("A tanker was hit in the Red Sea.", "Red Sea", (3, 7, "admin"), (20.0, 38.5, 100)),
    ("Two rockets hit Mosul.", "Mosul", (1, 1, "exact"), (36.34, 43.12, 10)),
    ("Two rockets landed near Mosul.", "Mosul", (2, 2, "relative"), (36.34, 43.12, 10)),
    ("Clashes went on in western Mosul in Iraq.", "Mosul", (1, 1, "relative"), (36.34, 43.12, 10)),
    # of a town, where its district is meant; of a district or a distance, where nothing else is known
    ("Drones hit the Nikopol district at night, Ukraine said.", "Nikopol district", (2, 3, "admin"),
     (47.57, 34.39, 10)),
    ("A strike hit Yatter, located in the Bint Jbeil district of southern Lebanon.", "Yatter", (2, 3, "admin"),
     (33.12, 35.43, 10)),
    ("Gunmen attacked the base in Tagboria, about 200 km northeast of Bangui.", "Tagboria", (3, 5, "relative"),
     (5.7, 19.8, 40)),
]  # fmt: skip

# text, words that are no place in it
NO_PLACE = [
    ("The month of Muharram begins on Friday.", "Muharram"),
    ("Worshippers gathered at the Imam Ali mosque.", "Imam Ali"),
    ("The tactical aviation of the Air Force struck ten areas.", "Air Force"),
    ("The City Council will meet on Monday.", "Council"),
    ("He was taken to University Hospital.", "Hospital"),
    ("According to Taylor, the plan failed. Kathy Taylor spoke on Monday.", "Taylor"),
    ("Officials of the First National Bank said so.", "First"),
    ("District A candidates met at Memorial Hall.", "A"),
    ("Liberal Democrat ministers met their colleagues in London, Manchester and Leeds.", "Liberal"),
    ("A Northwest Airlines jet landed in Detroit after leaving Amsterdam.", "Northwest"),
    ("Two gangs in Ecuador, the Lobos and the Choneros, fought in Guayaquil, Manta and Machala.", "Lobos"),
    ("Mobile fire groups shot down drones over Kyiv, Odesa and Kharkiv, Ukraine said.", "Mobile"),
    ("HAMA, (SANA) - A car bomb wounded four people in the city of Hama in Syria.", "SANA"),
    ("The man was named as Nabil Haddad by officials in Beirut, Tyre and Sidon in Lebanon.", "Nabil"),
    ("Fano fighters left the road between Bahir Dar and Gondar in Ethiopia, residents of Debre Tabor said.", "Fano"),
]  # fmt: skip

# text, a name that the gazetteer does not hold
UNMATCHED = [
    ("A landslide hit the Wadi Al-Kabir region in Oman.", "Wadi Al-Kabir"),
    ("Shelling hit the village of Qxzvwk in Syria.", "Qxzvwk"),
]


def named(resolutions: tuple[Resolution, ...], name: str) -> Resolution:
    found = [r for r in resolutions if r.mention.text == name]
    assert found, f"{name!r} is not among {[r.mention.text for r in resolutions]}"
    return found[0]


@pytest.mark.parametrize(("text", "name", "place"), MEANS)
def test_a_name_means_this_place(read: Read, text: str, name: str, place: tuple[str, str, str]) -> None:
    resolution = named(read(text), name)
    assert resolution.place is not None
    assert (resolution.place.name, resolution.place.country, resolution.place.feature_code) == place
    assert resolution.reasons
    assert all(reason.text for reason in resolution.reasons)


@pytest.mark.parametrize(("text", "name", "codes", "where"), LIES)
def test_words_say_how_precisely(
    read: Read, text: str, name: str, codes: tuple[int, int, str], where: tuple[float, float, float]
) -> None:
    resolution = named(read(text), name)
    assert (resolution.geo_precision, resolution.where_prec, resolution.method) == codes
    assert resolution.footprint is not None
    lat, lon, within = where
    km = distance_km(lat, lon, resolution.footprint.lat, resolution.footprint.lon)
    assert km <= within, f"{resolution.footprint.lat:.2f}, {resolution.footprint.lon:.2f} is {km:.0f} km off"


@pytest.mark.parametrize(("text", "words"), NO_PLACE)
def test_words_that_are_no_place(read: Read, text: str, words: str) -> None:
    taken = [r for r in read(text) if r.place is not None and r.mention.kind == "toponym"]
    assert [r.mention.text for r in taken if words in r.mention.text or r.mention.text in words.split()] == []


@pytest.mark.parametrize(("text", "name"), UNMATCHED)
def test_an_unknown_name_stays_with_its_reason(read: Read, text: str, name: str) -> None:
    resolution = next(r for r in read(text) if name in r.mention.text)
    assert (resolution.status, resolution.place) == ("unmatched", None)
    assert resolution.reasons[0].text


@pytest.mark.parametrize(("text", "name", "place", "features"), [(t, n, p, f) for t, n, *p, f in WITH_REASONS])
def test_a_name_means_this_place_for_this_reason(
    read: Read, text: str, name: str, place: list[str | None], features: str
) -> None:
    resolution = named(read(text), name)
    assert resolution.place is not None, resolution.reasons
    found = (resolution.place.name, resolution.place.country, resolution.place.feature_code)
    assert all(want is None or want == got for want, got in zip(place, found, strict=True)), found
    speaks = {reason.feature for reason in resolution.reasons if reason.contribution > 0}
    assert speaks & set(features.split("|")), resolution.reasons
