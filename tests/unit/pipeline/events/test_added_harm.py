from __future__ import annotations

import pytest

from pipeline.events.added_harm import with_added, with_one_side
from pipeline.events.counts import find_counts, harm


@pytest.mark.parametrize(
    ("first", "second", "killed"),
    [
        ("They killed two constables.", "Two attackers were also killed.", (4, 4, 4)),
        ("They killed two constables.", "Three attackers died.", (5, 5, 5)),
        ("They killed two constables.", "Another three people were killed.", (5, 5, 5)),
        ("They killed two constables.", "Four militants were neutralised.", (2, 2, 6)),
        ("They killed two constables of a relief team.", "The raiders lost three men.", (5, 5, 5)),
        ("Two officers guarding a relief team were killed.", "The raiders lost three men.", (5, 5, 5)),
        # whose side those are on who are told by number alone, or with others
        ("They wounded nine rebels and killed two.", "Three soldiers died.", (5, 5, 5)),
        ("They killed two rebels.", "Captain Omar Said and two of his men died.", (5, 5, 5)),
        # no more than was told
        ("They killed 12 people.", "Three soldiers were killed.", None),
        ("They killed two constables.", "The two constables were killed.", None),
        ("They killed two constables.", "Two officers were also killed.", None),
        ("They killed two constables.", "An official also said that two men were killed.", None),
        ("They killed 12 people.", "Those killed include two children.", None),
    ],
)
def test_those_told_as_more_add_up(first, second, killed):
    text = f"{first} {second}"
    one, other = find_counts(text, 0, len(first)), find_counts(text, len(first))
    found = with_added(harm(one)[0], one, other, "killed", text)
    assert (None if found is None else (found.low, found.best, found.high)) == killed


@pytest.mark.parametrize(
    ("toll", "killed"),
    [
        ("A hunter put the number of soldiers killed at five.", (10, 10, 13)),
        ("A hunter put the number of soldiers killed at one.", (9, 10, 10)),
        ("A hunter put the number of rebels killed at nine.", (10, 10, 11)),
        ("A hunter put the number of people killed at nine.", None),
    ],
)
def test_the_toll_of_one_side_is_not_that_of_both(toll, killed):
    first = "Eight rebels and two soldiers died."
    text = f"{first} {toll}"
    one, other = find_counts(text, 0, len(first)), find_counts(text, len(first))
    found = with_one_side(harm(one)[0], one, other[-1], text)
    assert (None if found is None else (found.low, found.best, found.high)) == killed
