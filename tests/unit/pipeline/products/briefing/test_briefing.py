"""The briefing as a reader has it: every number is read back out of the page and computed again from the frame."""

from __future__ import annotations

import re
from datetime import date

import pytest
from briefing_page import Page
from briefing_rows import claim_rows, event, event_rows, killed, layers_of

from pipeline.errors import OutputError
from pipeline.models import Rejection
from pipeline.products.briefing import lint_confidence, parse_region, write_briefing
from pipeline.products.briefing.words import tables

SUMS = {"deaths": ("low", "best", "high"), "injuries": ("injuries_low", "injuries_best", "injuries_high")}


def recomputed(measure, frame):
    if measure == "incidents":
        return len(frame)
    if measure == "countries":
        return frame["country"].nunique()
    if measure == "weekly mean":
        return len(frame) / 4
    if measure in {"first day", "last day"}:
        return (frame["event_date"].min() if measure == "first day" else frame["event_date"].max()).date().isoformat()
    kind, end = measure.split()
    return int(frame[SUMS[kind][["low", "best", "high"].index(end)]].fillna(0).sum())


def check_figures(page, layers):
    events = layers.events.set_index("event_id")
    for section, attributes, text in page.figures:
        rows = (attributes["data-rows"] or "").split()
        counted = events.loc[rows]
        assert counted["event_status"].isin(["asserted", "claimed"]).all()
        value = recomputed(attributes["data-measure"], counted)
        if attributes["data-measure"].endswith("day"):
            assert attributes["datetime"] == value
        else:
            assert float(attributes["data-value"]) == value, (section, attributes, text)
            assert float(text.replace(",", "")) == value


@pytest.mark.parametrize("asked", [None, "Anbar", "Syria", "week", "30,20,60,40"])
def test_every_figure_can_be_computed_again_from_its_rows(layers, write, week, asked):
    region = parse_region(asked, layers) if asked not in {None, "week"} else None
    html, _ = write(layers, region=region, period=week if asked == "week" else None)
    page = Page(html)
    check_figures(page, layers)
    sections = {section for section, _, _ in page.figures}
    assert {"bottom-line", "key-figures", "provinces", "actors"} <= sections


@pytest.mark.parametrize("period", [None, "week"])
def test_no_number_of_the_bottom_line_stands_without_rows(layers, write, week, period):
    page = Page(write(layers, period=week if period else None)[0])
    assert not re.findall(r"\d", "".join(page.bare["bottom-line"]))
    assert (
        sum(tag == "li" for tag, _ in page.elements[: page.elements.index(("table", {}))]) <= 5 + 14
    )  # lines and contents


def test_the_key_figures_are_those_of_the_whole_frame(layers, write):
    page = Page(write(layers)[0])
    counted = layers.events[layers.events["event_status"].isin(["asserted", "claimed"])]
    figures = {a["data-measure"]: int(a["data-value"]) for section, a, _ in page.figures if section == "key-figures"}
    assert figures["deaths low"] == counted["low"].sum() == 12
    assert figures["deaths best"] == counted["best"].sum() == 13
    assert "deaths high" not in figures  # two reports give no upper limit
    assert figures["injuries low"] == counted["injuries_low"].sum() == 32
    text = "".join(page.text["key-figures"])
    assert "no upper limit" in text
    assert f"{len(counted)} incidents count" in text


def md_section(markdown, title):
    return markdown.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("period", [None, "week"])
def test_the_markdown_says_the_same_numbers_as_the_page(layers, write, week, period):
    html, markdown = write(layers, period=week if period else None)
    page = Page(html)
    shown = [
        text for section, a, text in page.figures if section == "bottom-line" and not a["data-measure"].endswith("day")
    ]
    assert re.findall(r"\*\*([\d.,]+)\*\*", md_section(markdown, "Bottom line")) == shown
    deaths = re.search(r"^\| Deaths \| (.*?) \|$", md_section(markdown, "Key figures"), re.MULTILINE)
    assert deaths is not None
    cells = [int(cell) for cell in deaths.group(1).split(" | ") if cell.isdigit()]
    html_cells = [
        int(a["data-value"])
        for s, a, _ in page.figures
        if s == "key-figures" and a["data-measure"].startswith("deaths")
    ]
    assert cells[: len(html_cells)] == html_cells or period is None
    assert len(md_section(markdown, "Bottom line").strip().splitlines()) <= 5


def test_rows_of_the_markdown_lead_to_the_incidents(layers, write):
    _, markdown = write(layers)
    line = next(row for row in markdown.splitlines() if row.startswith("- The most frequent type"))
    assert "12: rows 1–4, 6–9, 11–14" in line
    table = md_section(markdown, "Incidents")
    assert [row.split(" | ")[0] for row in table.splitlines() if row.startswith("| 1")] == [
        f"| {n}" for n in (1, *range(10, 16))
    ]


def test_denied_planned_and_negated_are_told_apart(layers, write):
    html, markdown = write(layers)
    page = Page(html)
    apart = "".join(page.text["apart"])
    assert "Sentence number 16" in apart
    assert "Sentence number 16" not in "".join(page.text["incidents"])
    for word in ("denied", "announced or planned", "reported not to have happened"):
        assert word in apart
        assert word in markdown


def test_claimed_incidents_are_said_to_be_claims(layers, write):
    page = Page(write(layers)[0])
    assert "".join(page.text["incidents"]).count("claimed by one party") == 2
    assert "2 of them rest on one party’s claim" in "".join(page.text["bottom-line"])


def test_tallies_stand_in_their_own_box_and_in_no_figure(layers, write):
    page = Page(write(layers)[0])
    assert ("aside", "claims") in [(tag, a.get("id")) for tag, a in page.elements]
    assert "66" in "".join(page.text["claims"])
    assert not any(a["data-value"] == "66" for _, a, _ in page.figures if "data-value" in a)


def test_tallies_of_other_reports_are_left_out_of_a_region(layers, write):
    assert "Officials spoke" in write(layers, region=parse_region("Anbar", layers))[0]  # told in the report of e10
    assert "Officials spoke" in write(layers, region=parse_region("Syria", layers))[0]  # its scope
    assert "Officials spoke" not in write(layers, region=parse_region("Erbil", layers))[0]


def test_what_was_not_placed_is_listed_with_its_reason(layers, write):
    page = Page(write(layers)[0])
    text = " ".join(page.text["unplaced"])
    assert "no place of that name is known" in text
    assert "Xyzzy" in text
    assert "Karachi" not in text  # in a biography
    region = Page(write(layers, region=parse_region("Anbar", layers))[0])
    assert "too coarsely to tell" in " ".join(region.text["unplaced"])


@pytest.mark.parametrize("how", ["no layers", "no events in the region", "no events in the period", "nothing counted"])
def test_a_briefing_without_incidents_says_so(layers, no_layers, write, how):
    asked = {
        "no layers": lambda: write(no_layers),
        "no events in the region": lambda: write(layers, region=parse_region("0,0,1,1", layers)),
        "no events in the period": lambda: write(layers, period=(date(2020, 1, 1), date(2020, 1, 7))),
        "nothing counted": lambda: write(
            layers_of([event(1, "2023-11-20", "asad", event_status="denied", **killed(5))])
        ),
    }
    html, markdown = asked[how]()
    page = Page(html)
    for text in ("".join(page.text["bottom-line"]), markdown):
        assert "The reports at hand tell of no incident" in text
        assert "does not show that nothing happened" in text
    assert "key-figures" not in page.text
    check_figures(page, layers)


def test_one_incident_is_told_in_the_singular(write):
    html, markdown = write(layers_of([event(1, "2023-11-20", "asad", **killed(1))]))
    assert "**1** incident is reported in Iraq on 20 November 2023." in markdown
    assert "1 incident counts" in html


def test_what_lies_in_no_known_country_is_not_said_to_lie_in_one(layers, write, week):
    _, markdown = write(layers, period=week)
    assert "**5** incidents are reported, **4** of them in Iraq," in markdown


def test_own_sentences_keep_likelihood_and_confidence_apart(layers, write, week):
    for asked in (None, week):
        _, markdown = write(layers, period=asked)
        prose = "\n".join(line for line in markdown.splitlines() if not line.startswith("|"))
        assert lint_confidence(prose) == []
        assert not re.search(r"\b(un)?likely\b|\bprobabl", prose)


def test_rejections_versions_and_attribution_are_in(layers, write):
    rejected = Rejection("in/broken.json", 3, "not JSON", "{", "mend the line")
    for text in write(layers, rejections=[rejected]):
        for part in (
            "in/broken.json",
            "not JSON",
            "mend the line",
            "abcdef",
            "GeoNames",
            "Natural Earth",
            "2023-11-27",
        ):
            assert part in text, part
    assert "could not be used" not in write(layers)[1]
    assert tables()["method"][:40] in write(layers)[0]


def test_same_input_gives_the_same_bytes_whatever_the_order(layers, write):
    first = write(layers)
    shuffled = layers_of(event_rows()[::-1], claim_rows(), mentions=[])
    again = layers_of(event_rows(), claim_rows(), mentions=[])
    assert write(layers) == first
    assert write(shuffled) == write(again)


def test_the_page_is_self_contained_and_structured(layers, write, week):
    html, _ = write(layers, period=week)
    page = Page(html)
    tags = [tag for tag, _ in page.elements]
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags)
    assert {"header", "main", "nav", "footer", "aside", "figure"} <= set(tags)
    assert tags.count("caption") == tags.count("table")
    assert all(a.get("scope") in {"col", "row"} for tag, a in page.elements if tag == "th")
    assert not re.search(r"url\(|@import", html)
    identifiers = [a["id"] for _, a in page.elements if "id" in a]
    assert len(identifiers) == len(set(identifiers))
    targets = {a["href"][1:] for tag, a in page.elements if tag == "a" and (a.get("href") or "").startswith("#")}
    assert targets <= set(identifiers)


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(layers, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError, match=r"briefing\.html"):
        write_briefing(layers, blocked, versions={}, generated="")


def test_layers_that_the_pipeline_built_make_a_briefing(small_layers, write):
    html, markdown = write(small_layers)
    check_figures(Page(html), small_layers)
    assert f"**{len(small_layers.events)}** incidents are reported" in markdown


def test_what_may_belong_is_counted_apart_with_rows_of_its_own(layers, write):
    region = parse_region("Anbar", layers)
    html, markdown = write(layers, region=region)
    assert "**2** more are placed or dated too coarsely to be counted here" in markdown
    assert "2: rows 6, 7" in markdown
    assert 'id="incident-7"' in html
