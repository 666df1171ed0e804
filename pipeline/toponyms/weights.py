"""The tables of the plain scoring: ``data/weights.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gazetteer.tables import parsed_yaml


@dataclass(frozen=True, slots=True)
class Weights:
    """The loaded tables; see ``data/weights.yaml`` for what each means."""

    weights: dict[str, float]
    match: dict[str, float]
    kind: dict[str, float]
    prominence_unknown: dict[str, float]
    province_people: tuple[float, float]
    usual_sense: dict[str, str]
    priors: dict[str, float]
    temperature: float
    threshold: float


@cache
def load_weights() -> Weights:
    """Load the tables once."""
    return Weights(**parsed_yaml(files("pipeline.toponyms").joinpath("data/weights.yaml").read_text("utf8")))
