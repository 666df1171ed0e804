"""What a report's opening tells without a place was where the report is at: named in its headline, or datelined."""

from __future__ import annotations

import pytest

BODY = "Gunmen shot dead two teachers on Tuesday, police said. The army of Iraq is in charge of the province."


def placed(read, text: str):
    (event,) = read(text).events
    resolution = event.placement.resolution
    name = resolution.place.name if resolution is not None and resolution.place is not None else None
    return name, event.placement


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Two teachers shot dead in Kirkuk\n\n{BODY}", "Kirkuk"),
        (f"KIRKUK, Iraq (AP) — {BODY}", "Kirkuk"),
        ("KIRKUK, May 7. Gunmen shot dead two teachers on Tuesday, police said.", "Kirkuk"),  # no country is named
        ("KIRKUK (AP) — Syrian gunmen shot dead two teachers on Tuesday, police said.", None),
        ("NEW DELHI: Gunmen shot dead two teachers on Tuesday, police said.", None),  # beside the capital
        (f"BAGHDAD (AP) — {BODY}", None),  # who writes from the capital writes of all the country
        (f"Baghdad mourns teachers\n\n{BODY}", None),  # a government
        (f"Two teachers shot dead, says Kirkuk-based group\n\n{BODY}", None),
        (f"Teachers of Kirkuk and Mosul shot dead\n\n{BODY}", None),  # which of the two
    ],
)
def test_the_place_of_the_report(read, text, name):
    found, placement = placed(read, text)
    assert found == name
    if name is not None:
        assert placement.geo_precision == 2
        assert any("no place is said of this" in reason for reason in placement.reasons)


def test_what_is_told_later_is_not_of_the_headline(read):
    more = "The teachers were from the south. They had come by bus. Their names were not given. "
    text = f"Two teachers from Kirkuk buried\n\n{more}{BODY}"
    assert [e.placement.resolution for e in read(text).events] in ([], [None])
