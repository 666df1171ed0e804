from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from pipeline.codes import event_types
from pipeline.fields import layer_spec
from pipeline.products.qgis import write_qml


@pytest.fixture
def styles(tmp_path):
    return {path.stem: ET.fromstring(path.read_text(encoding="utf-8")) for path in write_qml(tmp_path)}


@pytest.mark.parametrize("name", ["events", "areas"])
def test_every_event_type_has_its_rules_and_every_rule_its_symbol(styles, name):
    rules, symbols = styles[name].find("renderer-v2/rules"), styles[name].find("renderer-v2/symbols")
    filters = " ".join(rule.get("filter") for rule in rules)
    assert all(f"'{event_type}'" in filters for event_type in event_types())
    used = [leaf.get("symbol") for group in rules for leaf in group]
    assert sorted(used) == sorted(symbol.get("name") for symbol in symbols)
    assert len({rule.get("key") for rule in rules.iter("rule")}) == len(list(rules.iter("rule")))


def test_only_an_exact_place_gets_a_filled_mark(styles):
    rules, symbols = styles["events"].find("renderer-v2/rules"), styles["events"].find("renderer-v2/symbols")
    fills = {symbol.get("name"): symbol.find("layer/prop[@k='color']").get("v") for symbol in symbols}
    for group in rules:
        for leaf in group:
            filled = fills[leaf.get("symbol")].endswith(",255")
            assert filled == leaf.get("filter").startswith('"geo_precision" = 1 AND NOT ')


@pytest.mark.parametrize("name", ["events", "areas", "claims", "mentions"])
def test_expressions_name_columns_that_exist(styles, name):
    texts = [rule.get("filter", "") for rule in styles[name].iter("rule")]
    texts += [styles[name].findtext("mapTip"), styles[name].findtext("previewExpression", "")]
    tip_markup = re.compile(r'style="[^"]*"')
    used = set(re.findall(r'"(\w+)"', tip_markup.sub("", " ".join(texts))))
    assert used
    assert used <= set(layer_spec(name).columns)


@pytest.mark.parametrize("name", ["events", "areas", "claims", "mentions"])
def test_map_tips_escape_every_text_column(styles, name):
    tip = styles[name].findtext("mapTip")
    plain = re.compile(r'coalesce\("(\w+)", \'\'\)')
    for expression in re.findall(r"\[%(.*?)%\]", tip, re.DOTALL):
        for column in plain.findall(expression):
            assert f"replace(replace(replace(coalesce(\"{column}\", ''), '&', '&amp;'), '<', '&lt;')" in expression


def test_the_time_fields_are_set(styles):
    for style in (styles["events"], styles["areas"]):
        temporal = style.find("temporal")
        assert (temporal.get("enabled"), temporal.get("mode")) == ("1", "2")
        assert (temporal.get("startField"), temporal.get("endField")) == ("start_time", "end_time")


def test_the_same_bytes_each_time(tmp_path):
    one, other = (write_qml(tmp_path / name) for name in "ab")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
