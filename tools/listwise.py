"""Train a small network to share a chance among the rows of each mention: numpy, Adam, a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.toponyms.features import COLUMN, FEATURES, HERE
from pipeline.toponyms.learned import GROUP, Network
from pipeline.toponyms.rank import shared_out
from pipeline.toponyms.readings import ALONE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ITSELF = np.arange(len(ALONE) + len(HERE))  # the columns of names by themselves
CONTEXT = np.arange(len(ITSELF), len(FEATURES))
OUTLET, PRESS = (
    np.array([number for name, number in COLUMN.items() if GROUP.get(name, name) == group])
    for group in ("outlet", "press")
)
WARM_UP = 50  # steps


@dataclass(frozen=True, slots=True)
class Example:
    """The labelled mentions of a report.

    ``values`` (rows, features); ``first`` row of each mention; ``right`` (rows,) 0 to 1, how right a candidate is, 1
    for the best of a mention; all 0 where none is; ``weight`` (mentions,).
    """

    values: Floats
    first: Ints
    right: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: chosen by cross-validation inside the training corpora (``train_ranker.py --search``)."""

    units: int = 64
    networks: int = 4
    epochs: int = 20
    rate: float = 3e-3
    decay: float = 1e-3
    batch: int = 24  # reports
    hide_outlet: float = 0.5  # share of reports that are read as if their outlet were unknown,
    hide_press: float = 0.3  # as if it had no other reports,
    hide_context: float = 0.1  # and as if they said nothing else
    columns: tuple[int, ...] = tuple(range(len(FEATURES)))

    def simple(self) -> Recipe:
        """Return the recipe of the first pass: linear, names by themselves."""
        return replace(self, units=0, networks=1, epochs=15, rate=1e-2, hide_outlet=0.0, hide_press=0.0,
                       hide_context=0.0,                       columns=tuple(ITSELF.tolist()))  # fmt: skip


def train(examples: Sequence[Example], recipe: Recipe, *, seed: int = 0) -> Network:
    """Return the mean of the recipe's networks."""
    everything = np.concatenate([e.values for e in examples])
    mean, scale = everything.mean(axis=0, dtype=float), everything.std(axis=0, dtype=float) + 1e-3
    del everything
    scale[np.setdiff1d(np.arange(len(FEATURES)), recipe.columns)] = 1e9
    frame = Network(mean, scale, *_start(recipe.units, np.random.default_rng(seed)))
    ready = [replace(e, values=frame.standard(e.values).astype(np.float32)) for e in examples]
    blank = frame.standard(np.zeros((1, len(FEATURES))))[0]
    trained = [_train_one(ready, blank, recipe, np.random.default_rng(seed + n)) for n in range(recipe.networks)]
    linear, bias, inner, inner_bias, outer = (list(each) for each in zip(*trained, strict=True))
    return Network(
        mean, scale, np.mean(linear, axis=0), float(np.mean(bias)), np.concatenate(inner, axis=1),
        np.concatenate(inner_bias), np.concatenate(outer) / recipe.networks,
    )  # fmt: skip


def _start(units: int, random: np.random.Generator) -> list[Floats]:
    """Return linear weights, bias, inner weights, inner biases, outer weights."""
    size = len(FEATURES)
    return [np.zeros(size), np.zeros(()), random.normal(0, size**-0.5, (size, units)), np.zeros(units),
            random.normal(0, 0.3 * max(units, 1) ** -0.5, units)]  # fmt: skip


def _train_one(ready: Sequence[Example], blank: Floats, recipe: Recipe, random: np.random.Generator) -> list[Floats]:
    weights = [w.astype(np.float32) for w in _start(recipe.units, random)]
    means, squares = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    per_epoch = -(-len(ready) // recipe.batch)
    steps, step = per_epoch * recipe.epochs, 0
    for _ in range(recipe.epochs):
        order = random.permutation(len(ready))
        for at in range(0, len(order), recipe.batch):
            step += 1
            batch = _batch([_hidden(ready[i], blank, recipe, random) for i in order[at : at + recipe.batch]])
            rate = recipe.rate * min(1.0, step / WARM_UP) * (0.01 + 0.99 * (1 + np.cos(np.pi * step / steps)) / 2)
            for n, slope in enumerate(_slopes(weights, batch)):
                steered = slope + recipe.decay * weights[n] * (n != 1)
                means[n] = 0.9 * means[n] + 0.1 * steered
                squares[n] = 0.999 * squares[n] + 0.001 * steered**2
                weights[n] = weights[n] - rate * (means[n] / (1 - 0.9**step)) / (
                    np.sqrt(squares[n] / (1 - 0.999**step)) + 1e-8
                )
    return [w.astype(np.float64) for w in weights]


def _hidden(example: Example, blank: Floats, recipe: Recipe, random: np.random.Generator) -> Example:
    """Return an example with its outlet, that outlet's others or its context hidden, now and then."""
    hidden = random.random(3) < (recipe.hide_outlet, recipe.hide_press, recipe.hide_context)
    if not hidden.any():
        return example
    values = example.values.copy()
    for columns in (c for c, is_hidden in zip((OUTLET, PRESS, CONTEXT), hidden, strict=True) if is_hidden):
        values[:, columns] = blank[columns]
    return replace(example, values=values)


def _batch(examples: Sequence[Example]) -> Example:
    starts = np.cumsum([0, *(len(e.values) for e in examples)])
    return Example(
        np.concatenate([e.values for e in examples]),
        np.concatenate([e.first + start for e, start in zip(examples, starts, strict=False)]),
        np.concatenate([e.right for e in examples]),
        np.concatenate([e.weight for e in examples]),
    )


def _slopes(weights: Sequence[Floats], batch: Example) -> list[Floats]:
    """Return the gradient of the mean of -log(chance of what is right), chances weighed by how right they are."""
    linear, bias, inner, inner_bias, outer = weights
    x = batch.values
    units = np.maximum(x @ inner + inner_bias, 0.0)
    shares = shared_out(x @ linear + bias + units @ outer, batch.first)
    sizes = np.diff(np.append(batch.first, len(x)))
    right = batch.right * shares
    whole = np.repeat(np.add.reduceat(right, batch.first), sizes)
    wanted = np.where(whole > 0, right / np.maximum(whole, 1e-12), 0.0)
    slope = ((shares - wanted) * np.repeat(batch.weight, sizes) / batch.weight.sum()).astype(np.float32)
    inner_slope = np.outer(slope, outer) * (units > 0)
    return [x.T @ slope, slope.sum(), x.T @ inner_slope, inner_slope.sum(axis=0), units.T @ slope]


def best_heat(logits: Sequence[Floats], examples: Sequence[Example]) -> float:
    """Return the divisor of the logits at which the chances fit what is right best."""
    batch = _batch(examples)
    whole = np.concatenate(logits)
    losses = {heat: _loss(whole / heat, batch) for heat in np.arange(0.6, 3.01, 0.05)}
    return round(float(min(losses, key=lambda heat: losses[heat])), 2)


def _loss(logits: Floats, batch: Example) -> float:
    """Return the weighed mean of -log(chance of what is right)."""
    shares = shared_out(logits, batch.first)
    none = 1.0 - np.add.reduceat(shares, batch.first)
    has = np.add.reduceat(batch.right, batch.first) > 0
    chance = np.where(has, np.add.reduceat((batch.right > 0.3) * shares, batch.first), none)
    return float(np.average(-np.log(np.maximum(chance, 1e-6)), weights=batch.weight))
