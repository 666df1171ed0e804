"""The floors that accuracy is held to: a reason beside each, and hashes of what they were measured on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import InputError
from pipeline.products.files import write_text

HEADER = """\
# Floors that `sitmap evaluate --gate` holds accuracy to, as ROW/COLUMN of the table that `sitmap evaluate` prints.
# Written by `sitmap evaluate --update-floors`, which raises a floor to what is measured, and lowers one only with
# --lower REASON. To pin another figure, add it with a floor of 0 and update.
# The gate fails below floor - margin. The margin is for noise: other versions of libraries, another processor.
# samples: every so manieth document, where all would take too long for a gate.
# inputs: sha256. Other data than the floors were measured on fails the gate; a change of sitmap's own parts is told.
"""
FILE = Path(__file__).resolve().parents[2] / "tests" / "golden" / "accuracy_floors.yaml"


class Floor(BaseModel):
    """One pin: the figure must not fall below ``floor`` less ``margin``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    floor: float = Field(ge=0, le=1)
    margin: float = Field(ge=0, le=0.1)
    reason: str = Field(min_length=1)


class Inputs(BaseModel):
    """Hashes of the data measured on, and of the parts of sitmap that answered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: dict[str, str] = Field(default_factory=dict)
    own: dict[str, str] = Field(default_factory=dict)


class Floors(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    samples: dict[str, dict[str, int]] = Field(default_factory=dict)
    floors: dict[str, Floor]
    inputs: Inputs = Inputs()


def read_floors(path: Path = FILE) -> Floors:
    """Read the floors.

    Raises
    ------
    InputError
        If the file is missing, or a field of it is wrong; the field is named.

    Examples
    --------
    >>> read_floors().floors["LGL/given_acc161"].floor > 0.5  # doctest: +SKIP
    True
    """
    try:
        return Floors.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); run it where the repository is") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path}: is no YAML ({error}); restore it") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: {where}: {first['msg']}, found {first['input']!r}; mend it") from error


def write_floors(floors: Floors, path: Path = FILE) -> None:
    """Write the floors, with the words that explain them on top."""
    content: dict[str, Any] = floors.model_dump()
    write_text(path, HEADER + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120))
