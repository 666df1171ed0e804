from __future__ import annotations

from dataclasses import replace

import pytest
from small_run import small_report

from pipeline.events import merge_reports
from pipeline.lean import lean


def test_merging_finds_in_a_lean_report_what_it_finds_in_the_whole():
    whole = small_report()
    assert whole.resolutions
    assert merge_reports([lean(whole, with_reasons=False)]) == merge_reports([whole])


def test_a_report_that_tells_of_nothing_keeps_no_text():
    bare = lean(replace(small_report(), events=(), claims=()), with_reasons=False)
    assert (bare.article.text, bare.article.blocks, bare.resolutions) == ("", (), ())
    assert bare.article.doc_id == small_report().article.doc_id


@pytest.mark.parametrize("told", [True, False])
def test_reasons_stay_where_corrections_ask_for_them(told):
    whole = small_report() if told else replace(small_report(), events=(), claims=())
    assert lean(whole, with_reasons=True).resolutions == whole.resolutions
