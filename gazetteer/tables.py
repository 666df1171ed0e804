"""The gazetteer's own data files, read once."""

from __future__ import annotations

import csv
import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one takes a tenth of the time


@cache
def yaml_table(name: str) -> Any:  # noqa: ANN401 - the shape is the file's
    """Read a YAML file of ``gazetteer/data``."""
    return parsed_yaml((DATA / name).read_text("utf-8"))


def parsed_yaml(text: str) -> Any:  # noqa: ANN401 - the shape is the file's
    """Return what a YAML text says."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header; cells are stripped."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]


def geojson_features(path: Path) -> list[dict[str, Any]]:
    """Read the features of a gzipped GeoJSON file."""
    features: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["features"]
    return features


def feature_row(feature_class: str, feature_code: str) -> dict[str, float]:
    """Weight and uncertainty for a feature, from ``features.yaml``."""
    table: dict[str, dict[str, float]] = yaml_table("features.yaml")
    row = table.get(f"{feature_class}/{feature_code}") or table.get(f"{feature_class}/")
    return row or table[""]


@cache
def transliterated_countries() -> frozenset[str]:
    """Return the countries whose names reach the news through transliteration, by ISO 3166-1 alpha-2 code."""
    return frozenset(iso2 for row in yaml_table("skeleton_countries.yaml") for iso2 in row)
