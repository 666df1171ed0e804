"""Tables in a store do not hang on the order in which they came."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.settings import TableOptions
from pipeline.store import HeldTable, Holdings, TableFile, with_tables
from pipeline.store.codec import decode, encode

DAY, NEXT = date(2023, 11, 21), date(2023, 11, 22)
FILES = [TableFile(f"/r/{name}.csv", name.encode(), TableOptions()) for name in "abc"]


def came(*batches, today=DAY):
    known = ()
    for batch in batches:
        known = with_tables(known, batch, today=today, stamp="s")
    return known


@given(st.permutations(FILES), st.integers(0, 3))
def test_any_order_and_any_batches_come_to_the_same(files, cut):
    assert came(files[:cut], files[cut:]) == came(FILES)


def test_another_content_replaces_the_one_before_and_the_first_may_come_back():
    new = TableFile("/r/a.csv", b"other", TableOptions())
    found = {t.digest: t for t in came(FILES, [new])}
    old = found[FILES[0].digest]
    assert (old.replaced, old.packed, found[new.digest].replaced) == (True, b"", False)
    back = {t.digest: t for t in came(FILES, [new], [FILES[0]])}
    assert (back[FILES[0].digest].content, back[new.digest].replaced) == (b"a", True)


def test_a_table_keeps_its_day_and_has_the_options_of_the_last_time():
    later = TableFile("/r/a.csv", b"a", TableOptions(columns=(("place", "x"),)))
    (found,) = with_tables(came(FILES[:1]), [later], today=NEXT, stamp="t")
    assert (found.as_of, found.arrived, found.options.columns) == (DAY, "s", (("place", "x"),))
    (asked,) = with_tables(came(FILES[:1]), [later], today=NEXT, stamp="t", as_of=NEXT)
    assert asked.as_of == NEXT


def test_a_table_comes_back_from_its_bytes():
    (table,) = came(FILES[:1])
    assert decode(encode(table)[0], HeldTable, {}.__getitem__) == table


def test_withdrawals_of_tables_and_rows_go_and_come():
    held = Holdings(tables=came(FILES))
    away = held.without([FILES[0].digest, "ucdp:1"], at="now", note="why")
    assert [t.path for t in away.current_tables()] == ["/r/b.csv", "/r/c.csv"]
    assert away.without(["ucdp:1"], at="later") == away
    assert away.again(["ucdp:1", FILES[0].digest]) == held
    assert [t.path for t in held.tables_named("/r")] == [t.path for t in held.tables]
