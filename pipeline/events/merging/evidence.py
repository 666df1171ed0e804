"""What each agreement adds and each conflict takes away (``data/merging.yaml``)."""

from __future__ import annotations

from pipeline.events._words import table


def weights() -> dict[str, float]:
    """Return what each agreement and each conflict counts.

    Examples
    --------
    >>> weights()["kind_same"] > 0 > weights()["thing_other"]
    True
    """
    found: dict[str, float] = table("merging")["weights"]
    return found


def threshold(name: str) -> float:
    """Return one of the limits: ``needed``, ``least_in_group`` or ``rival_margin``."""
    return float(table("merging")[name])
