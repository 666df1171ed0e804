"""What is the story, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.blocks import lay_out
from pipeline.ingest.records import article_from_text

STORY = [
    "Two killed as drone hits depot in Jableh",
    "Published: 3 May 2024",
    "By Lina Haddad",
    "JABLEH, May 3 (Shafaq) – A drone struck a depot on Friday and killed two workers, the governor said.",
    "See also  Rain floods the capital",
    "Residents spoke of three explosions and of a fire that burned through the night.",
    "FILE PHOTO: The depot in 2019. REUTERS/Someone",
    "The army said that it was looking into the incident, the second this week.",
    "Reporting by Lina Haddad in Damascus; Editing by Sam Poe",
    "Our Standards: The Wire Principles.",
    "Lina Haddad has reported from more than 20 countries, including Yemen and Sudan.",
    "From Aleppo, Syria.",
    "See also  Talks open in Muscat",
    "Leave a Reply",
    "Your email address will not be published.",
    "A reader in Homs writes that there was a second drone and that three people died there.",
]
KINDS = ["title", "metadata", "byline", "dateline", "body", "related", "body", "caption", "body", "byline", "licence"]
KINDS += ["biography", "biography", "related", "comment", "comment", "comment"]


@pytest.mark.parametrize("separator", ["\n\n", "\n", "\r\n\r\n", "\r\n", "\r", "\n\n\n", " \n", "\u2028"], ids=repr)
def test_a_whole_page_however_its_lines_end(separator):
    article = article_from_text(separator.join(STORY), doc_id="a")
    assert [block.kind for block in article.blocks] == KINDS
    assert article.title == STORY[0]


def kinds_of(*paragraphs, title=""):
    return [block.kind for block in lay_out("\n\n".join(paragraphs), title=title).blocks]


PROSE = "The governor said on Friday that two workers were killed when a drone struck the depot."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("See also Rain floods the capital", "related"),
        ("SEE ALSO: Rain floods the capital", "related"),
        ("Read more: Rain floods the capital", "related"),
        ("READ MORE >> Rain floods the capital", "related"),
        ("RELATED: Rain floods the capital", "related"),
        ("Also read Rain floods the capital", "related"),
        ("Watch: Rain floods the capital", "related"),
        ("ALSO READ: Rain floods the capital", "related"),
        ("You may also like", "related"),
        ("Sign up for our newsletter", "related"),
        ("Image copyright Getty Images", "caption"),
        ("FILE PHOTO: Soldiers on parade in 2011", "caption"),
        ("© 2024 The Wire. All rights reserved.", "licence"),
        ("Copyright 2024 The Wire", "licence"),
        ("https://example.org/2024/05/03/story", "metadata"),
        ("See also how the road was cut, the mayor said, and what it has cost the town since the spring.", "body"),
        ("Read the full text of the treaty and you find no such clause, the envoy said in Geneva.", "body"),
        ("Watching from the hills, shepherds counted nine explosions before dawn on Friday.", "body"),
        ("Related attacks in Homs and Hama killed six more people, the ministry said on Friday.", "body"),
        ("Comments by the minister angered the opposition, which called for a strike on Monday.", "body"),
        ("More from the region are expected in the camps, where food is short, aid workers say.", "body"),
        ("More from The Wire", "related"),
        ("Also read out in court was a letter from the commander of the base, dated in March.", "body"),
        ("By Friday the army had taken the bridge and the two villages behind it, it said.", "body"),
        ("A correspondent for the state broadcaster was killed when the car was hit near Idlib.", "body"),
        ("Photographs of the crater were shown on state television on Friday evening.", "body"),
    ],
)
def test_a_paragraph_inside_a_story(line, kind):
    assert kinds_of(PROSE, line, PROSE)[1] == kind


def test_a_journalist_in_the_news_is_no_biography():
    killed = "Omar Deeb, a freelance journalist who had worked for several agencies, was killed in the strike."
    assert kinds_of(PROSE, killed, PROSE) == ["body"] * 3
    assert kinds_of(PROSE, PROSE, killed) == ["body"] * 3


def test_a_biography_at_the_end():
    life = "Lina Haddad is a freelance journalist based in Amman."
    assert kinds_of(PROSE, PROSE, life, "Follow her on X at @lina")[2:] == ["biography", "biography"]


def test_a_list_below_its_heading_ends_where_prose_begins():
    found = kinds_of(PROSE, "Related stories", "Rain floods the capital", "Talks open in Muscat", PROSE)
    assert found == ["body", "related", "related", "related", "body"]


def test_a_sign_off_at_the_head_does_not_end_the_story():
    found = kinds_of("Two killed in Jableh", "Reporting by Lina Haddad", PROSE, PROSE, PROSE)
    assert found[-3:] == ["body"] * 3


def test_a_second_story_behind_the_first():
    first = [*STORY[:1], *STORY[3:4], STORY[5], STORY[7], STORY[8]]
    text = "\n\n".join(
        [*first, "Shelling kills one in Marib", "MARIB (AFP) — One man was killed by shelling on Friday.", PROSE]
    )
    layout = lay_out(text)
    assert [block.kind for block in layout.blocks][-3:] == ["dateline", "body", "body"]
    assert layout.dateline.agency == "Shafaq"


def test_text_without_a_newline_stays_body():
    assert kinds_of(" ".join([PROSE] * 5)) == ["body"]


def test_text_without_a_newline_with_its_sign_off():
    text = f"{PROSE} {PROSE} Reporting by Lina Haddad in Amman; Editing by Sam Poe Our Standards: The Wire Principles."
    layout = lay_out(text)
    assert [block.kind for block in layout.blocks] == ["body", "byline"]
    assert text[layout.blocks[1].start :].lstrip().startswith("Reporting by")


def test_headline_and_dateline_run_into_one_line():
    text = "Two killed in Jableh JABLEH, May 3 (AP) — " + PROSE
    layout = lay_out(text)
    assert [block.kind for block in layout.blocks] == ["title", "dateline", "body"]
    assert layout.title == "Two killed in Jableh"


def test_see_also_inside_a_paragraph():
    text = f"{PROSE} See also: Rain floods the capital\n{PROSE}"
    layout = lay_out(text)
    assert [block.kind for block in layout.blocks] == ["body", "related", "body"]


def test_known_title_at_the_head_of_the_text():
    layout = lay_out("Two killed in Jableh. " + PROSE, title="Two killed in Jableh")
    assert [block.kind for block in layout.blocks] == ["title", "body"]


@pytest.mark.parametrize(
    "line", ["Video: Rocket hits base near Erbil", "Watch: drone over the port", "UPDATED: At least 10 killed in Homs"]
)
def test_a_headline_may_look_like_a_cue(line):
    assert kinds_of(line, PROSE)[0] == "title"


def test_front_matter():
    text = "---\ntitle: Rain\ndate: 2024-05-03\n---\n" + PROSE
    assert [block.kind for block in lay_out(text).blocks][-1] == "body"
    assert {block.kind for block in lay_out(text).blocks[:-1]} == {"metadata"}


PIECES = st.lists(st.sampled_from([*STORY, PROSE, "", "---", "•", "# x", "© 2024", "Comments"]), max_size=12)


@given(PIECES, st.sampled_from(["\n", "\n\n", " ", "\n \n"]))
def test_blocks_cover_the_text_in_order(pieces, separator):
    text = separator.join(pieces)
    blocks = lay_out(text).blocks
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.start < block.end for block in blocks)


@given(st.text(max_size=200))
def test_any_text_is_covered(text):
    assert "".join(text[block.start : block.end] for block in lay_out(text, title=text[:5]).blocks) == text
