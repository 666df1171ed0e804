from __future__ import annotations

import pytest

from pipeline.serving import Part, UnsatisfiableError, part_asked


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", Part(0, 1)),
        ("bytes=0-9", Part(0, 10)),
        ("bytes=2-", Part(2, 10)),
        ("bytes=9-9", Part(9, 10)),
        ("bytes=3-99999", Part(3, 10)),
        ("bytes=-3", Part(7, 10)),
        ("bytes=-99", Part(0, 10)),
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("bytes= 0-1", None),
        ("lines=0-1", None),
        ("bytes=0x1-2", None),
        ("bytes=+1-2", None),
        ("bytes=٣-٤", None),
        ("bytes=" + "9" * 400 + "-", None),
    ],
)
def test_a_range_is_read_or_the_whole_file_given(header, part):
    assert part_asked(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=999999999999999999-", "bytes=-0"])
def test_behind_the_end_there_is_nothing(header):
    with pytest.raises(UnsatisfiableError):
        part_asked(header, 10)


def test_an_empty_file_has_no_part():
    with pytest.raises(UnsatisfiableError):
        part_asked("bytes=0-0", 0)
