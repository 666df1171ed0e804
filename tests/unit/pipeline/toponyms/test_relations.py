"""One line a case: the words around a name, marked with bars, and what they say of how something stands to it."""

from __future__ import annotations

import pytest

from pipeline.models import Mention
from pipeline.toponyms.anchors import with_anchors
from pipeline.toponyms.relation_words import bearing_of, load_relation_words
from pipeline.toponyms.relations import relation_before, relation_of

# text with the name in bars, kind, bearing, kilometres
CASES = [
    # distance and direction
    ("30 km northwest of |Erbil|", "direction", 315.0, 30.0),
    ("30km north-west of |Erbil|", "direction", 315.0, 30.0),
    ("about 20 miles (32 km) south of |Baghdad|", "direction", 180.0, 32.187),
    ("some 1,500 metres east of |Kobani|", "direction", 90.0, 1.5),
    ("five kilometres east of the town of |Hit|", "direction", 90.0, 5.0),
    ("thirty-five kilometers to the south of |Tikrit|", "direction", 180.0, 35.0),
    ("one hundred and twenty miles west of |Mosul|", "direction", 270.0, 193.121),
    ("a few miles west of |Mosul|", "direction", 270.0, 4.828),
    ("half a mile south of |Tal Afar|", "direction", 180.0, 0.805),
    ("dozens of kilometers north of |Aden|", "direction", 0.0, 30.0),
    ("5 km NW of |Hit|", "direction", 315.0, 5.0),
    ("12 km NNE of |Hit|", "direction", 22.5, 12.0),
    ("15 km west-southwest of |Sinjar|", "direction", 247.5, 15.0),
    ("20 to 30 km east of |Tadmur|", "direction", 90.0, 25.0),
    ("20-30 km southeast of |Tadmur|", "direction", 135.0, 25.0),
    ("60 nautical miles southwest of |Aden|", "direction", 225.0, 111.12),
    ("4 km away to the north from |Sarmada|", "direction", 0.0, 4.0),
    ("an air base west of |Baghdad|", "direction", 270.0, None),
    ("to the north-east of |Raqqa|", "direction", 45.0, None),
    ("to the west of the city of |Hit|", "direction", 270.0, None),
    ("on the south east of |Manbij|", "direction", 135.0, None),
    ("just north of the strategic northern Iraqi city of |Kirkuk|", "direction", 0.0, None),
    ("south of the Iraqi capital, |Baghdad|", "direction", 180.0, None),
    ("two hours' drive south of |Baghdad|", "direction", 180.0, None),
    # near, with and without a distance
    ("near |Hit|", "near", None, None),
    ("close to the city of |Aden|", "near", None, None),
    ("in the vicinity of the important township of |Busayra|", "near", None, None),
    ("around |al-Bab|", "near", None, None),
    ("|Sukhna| desert", "near", None, None),
    ("12km from |Aleppo|", "near", None, 12.0),
    ("at a distance of 20 km from |Manbij|", "near", None, 20.0),
    ("located 20 kilometers from |Tikrit|", "near", None, 20.0),
    ("about 15 km away from |Manbij|", "near", None, 15.0),
    ("within 5 miles of |Mosul|", "near", None, 8.047),
    ("500 meters from the |Rukban| camp", "near", None, 0.5),
    ("2 km upstream of |Haditha|", "near", None, 2.0),
    ("between 3 and 5 km from |Hajin|", "near", None, 4.0),
    # parts of an area or a town
    ("southern |Lebanon|", "part", 180.0, None),
    ("central |Gaza|", "part", None, None),
    ("north-eastern |Syria|", "part", 45.0, None),
    ("in the north of |Homs|", "part", 0.0, None),
    ("the southern part of the district of |Afrin|", "part", 180.0, None),
    ("|Syria|'s far northeast", "part", 45.0, None),
    ("|Yemen|’s western regions", "part", 270.0, None),
    ("20 km inside |Syria|", "inside", None, 20.0),
    # the edge of a town and the land around it
    ("on the outskirts of |Damascus|", "outskirts", None, None),
    ("at the outskirts |al-Dumayr| cause", "outskirts", None, None),
    ("the western outskirts of |Idlib|", "outskirts", 270.0, None),
    ("|Hajin|'s suburbs", "outskirts", None, None),
    ("a suburb of |Damascus|", "outskirts", None, None),
    ("the countryside of |Aleppo|", "countryside", None, None),
    ("the northern countryside of |Latakia|", "countryside", 0.0, None),
    ("the northern countryside |Latakia|", "countryside", 0.0, None),
    ("the northern and western countryside of |Raqqa|", "countryside", None, None),
    ("|Aleppo|'s northern countryside", "countryside", 0.0, None),
    ("|Hama| countryside", "countryside", None, None),
    ("the northern |Raqqa| countryside", "countryside", 0.0, None),
    ("rural |Damascus|", "countryside", None, None),
    ("northern rural |Aleppo|", "countryside", 0.0, None),
    # water
    ("off the coast of |Yemen|", "coast", None, None),
    ("off |Hudaydah|", "coast", None, None),
    ("in waters off |Hudaydah|", "coast", None, None),
    ("off the southern coast of |Yemen|", "coast", 180.0, None),
    ("off |Yemen|'s Red Sea coast", "coast", None, None),
    ("60 nautical miles off |Aden|", "coast", None, 111.12),
    ("on the coast of |Syria|", "shore", None, None),
    ("|Libya|'s western coast", "shore", 270.0, None),
    ("on the east bank of the |Euphrates|", "bank", 90.0, None),
    # borders and roads with one end
    ("the border with |Syria|", "border", None, None),
    ("on the road to |Muzayrib|", "road", None, None),
    ("on the main highway leading to |Harasta|", "road", None, None),
]  # fmt: skip


def unbarred(text: str) -> tuple[str, int, int]:
    start = text.index("|")
    return text.replace("|", ""), start, text.index("|", start + 1) - 1


@pytest.mark.parametrize(("text", "kind", "bearing", "km"), CASES)
def test_words_around_a_name(text: str, kind: str, bearing: float | None, km: float | None) -> None:
    plain, start, end = unbarred(text)
    relation = relation_of(plain, start, end)
    assert relation is not None
    assert (relation.kind, relation.bearing, relation.distance_km) == (kind, bearing, km)


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_the_text_of_a_relation_is_its_words_with_its_anchor(text: str) -> None:
    plain, start, end = unbarred(text)
    relation = relation_of(f"It was, {plain}. Then", start + 8, end + 8)
    assert relation is not None
    assert relation.anchor_text == plain[start:end]
    assert relation.anchor_text in relation.text
    assert f"It was, {plain}. Then"[relation.start : relation.end] == relation.text


@pytest.mark.parametrize(
    "text",
    [
        "He flew to |Baghdad|",
        "a letter from |Aden|",
        "The north. |Mosul|",
        "near\n\n|Hit|",
        "the army cut off |Aleppo|",
        "drove north from |Baghdad|",
        "the northern city of |Mosul|",
        "the West Bank of |Nowhere|",
        "|Idlib|\n\n countryside",
        "two hours from |Baghdad|",
        "|Aleppo|'s North Gate",
    ],
)
def test_no_relation(text: str) -> None:
    assert relation_of(*unbarred(text)) is None


@pytest.mark.parametrize(
    ("words", "kind"), [("north of the ", "direction"), ("near The ", "near"), ("in the ", None), ("the ", None)]
)
def test_the_article_before_a_name_is_looked_past(words: str, kind: str | None) -> None:
    found = relation_before(f"{words}Hit", len(words), "Hit")
    assert (found.kind if found else None) == kind


def test_a_range_keeps_its_width() -> None:
    text = "20 to 30 miles east of Hit"
    relation = relation_before(text, len(text) - 3, "Hit")
    assert relation is not None
    assert (relation.distance_km, relation.slack_km) == (40.234, 8.047)


def test_the_same_words_elsewhere_are_the_same_relation() -> None:
    one, other = relation_of("west of Hit", 8, 11), relation_of("It fell west of Hit", 16, 19)
    assert one == other


def test_each_compass_point_is_read_in_every_form() -> None:
    for points, degrees in load_relation_words().bearings.items():
        letters = "".join(point[0] for point in points).upper()
        forms = ("".join(points), "-".join(points), " ".join(points), "".join(points) + "ern", letters)
        assert {bearing_of(form) for form in forms} == {degrees}


# text with its names in bars, kind, the relation's text, the anchors
JOINT = [
    ("fell between |Hit| and |Haditha| today", "between", "between Hit and Haditha", ("Hit", "Haditha")),
    ("in the area between |Mosul|, |Erbil| and |Kirkuk|", "between", "in the area between Mosul, Erbil and Kirkuk",
     ("Mosul", "Erbil", "Kirkuk")),
    ("between the cities of |Douma| and |Harasta|", "between", "between the cities of Douma and Harasta",
     ("Douma", "Harasta")),
    ("clashes between the towns of |Hit| and |Ana|", "between", "between the towns of Hit and Ana", ("Hit", "Ana")),
    ("halfway between |Kirkuk| and |Erbil|", "midway", "halfway between Kirkuk and Erbil", ("Kirkuk", "Erbil")),
    ("on the road from |Homs| to |Hama|", "road", "on the road from Homs to Hama", ("Homs", "Hama")),
    ("the main road linking |Homs| with |Hama|", "road", "the main road linking Homs with Hama", ("Homs", "Hama")),
    ("along the M5 between |Hama| and |Aleppo|", "road", "along the M5 between Hama and Aleppo", ("Hama", "Aleppo")),
    ("the |Damascus|-|Homs| highway", "road", "Damascus-Homs highway", ("Damascus", "Homs")),
    ("on |Manbij| – |Aleppo| road", "road", "Manbij – Aleppo road", ("Manbij", "Aleppo")),
    ("the |Amman| to |Baghdad| international highway", "road", "Amman to Baghdad international highway",
     ("Amman", "Baghdad")),
    ("at the borders of |Homs| and |Hama|", "border", "at the borders of Homs and Hama", ("Homs", "Hama")),
    ("the |Idlib|/|Latakia| border", "border", "Idlib/Latakia border", ("Idlib", "Latakia")),
]  # fmt: skip


def marked(text: str, kind: str = "toponym") -> tuple[Mention, ...]:
    """The mentions between bars, with their relations."""
    pieces, plain, mentions = text.split("|"), "", []
    for number, piece in enumerate(pieces):
        if number % 2:
            mentions.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return with_anchors(
        plain, [Mention("d", s, e, plain[s:e], kind, relation=relation_of(plain, s, e)) for s, e in mentions]
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kind", "words", "anchors"), JOINT)
def test_a_relation_on_several_names_is_borne_by_the_last(
    text: str, kind: str, words: str, anchors: tuple[str, ...]
) -> None:
    *others, last = marked(text)
    assert last.relation is not None
    assert (last.relation.kind, last.relation.text) == (kind, words)
    assert (last.relation.anchor_text, *last.relation.other_anchors) == anchors
    assert all("anchor" in other.cues and other.relation is None for other in others)
    assert "anchor" not in last.cues


@pytest.mark.parametrize(
    "text",
    [
        "talks between |Baghdad| and |Erbil|",
        "flights between |Toronto| and |Edmonton|",
        "a war between |Iran| and |Iraq|",
        "from |Homs| to |Hama|",
        "|Homs| and |Hama| were hit",
        "between\n\n|Homs| and |Hama|",
    ],
)
def test_names_that_are_no_two_ends(text: str) -> None:
    assert all(mention.relation is None and not mention.cues for mention in marked(text))


def test_demonyms_are_no_ends() -> None:
    assert all(mention.relation is None for mention in marked("between |Iraqi| and |Syrian| forces", "demonym"))


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("|Zurf al Saqr|, south of |Baghdad|", [False, True]),
        ("|Jurf|, which lies about 50 km south of |Baghdad|", [False, True]),
        ("|Khan Tuman|, on the road between |Aleppo| and |Damascus|", [False, True, True]),
        ("|Tanf| near |Rukban|", [False, True]),
        ("|Tanf| fell. South of |Rukban| too", [False, False]),
    ],
)
def test_a_relation_beside_a_named_place_only_says_which_is_meant(text: str, anchors: list[bool]) -> None:
    assert ["anchor" in mention.cues for mention in marked(text)] == anchors


def test_near_two_names_is_near_each() -> None:
    relations = [mention.relation for mention in marked("near |Hit| and |Haditha|")]
    assert [(r.kind, r.anchor_text) for r in relations if r is not None] == [("near", "Hit"), ("near", "Haditha")]


@pytest.mark.parametrize("text", ["near |Hit", 'near "|Hit', "near\n|Hit", "near “\n|Hit", "near  ‘|Hit"])
def test_a_quote_or_a_line_end_may_stand_before_the_name(text: str) -> None:
    found = relation_before(text.replace("|", ""), text.index("|"), "Hit")
    assert found is not None
    assert found.kind == "near"
