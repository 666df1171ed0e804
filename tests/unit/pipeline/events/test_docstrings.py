"""The examples in the docstrings of this package run as printed."""

from __future__ import annotations

import doctest
import functools
import importlib
import pkgutil
from collections.abc import Iterator

import pytest
import spacy

import pipeline.events


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    """Load the language model once: each example that parses asks for it."""
    made = functools.cache(spacy.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacy, "load", lambda name, **_: made(name))
        yield


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(pipeline.events.__path__)])
def test_examples_run(name):
    assert doctest.testmod(importlib.import_module(f"pipeline.events.{name}")).failed == 0
