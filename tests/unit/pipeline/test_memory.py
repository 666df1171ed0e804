from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pipeline import memory


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def unset() -> Iterator[None]:
    memory._of_c.cache_clear()
    yield
    memory._of_c.cache_clear()


def test_what_only_holds_itself_goes() -> None:
    gc.disable()
    try:
        gone = weakref.ref(Ring())
        assert gone() is not None, "nothing is shown where it is gone anyway"
        memory.collect()
        assert gone() is None
    finally:
        gc.enable()


def test_all_that_is_free_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(memory, "_of_c", lambda *_: asked.append)
    memory.give_back()
    memory.collect()
    assert asked == [0, 0]  # nothing is held ready


def test_large_blocks_are_kept_apart_whatever_was_freed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int, int]] = []
    monkeypatch.setattr(memory, "_of_c", lambda name, *_: lambda what, value: asked.append((name, what, value)))
    memory.keep_large_apart()
    assert asked == [("mallopt", -3, 128 * 1024)]  # M_MMAP_THRESHOLD of malloc.h


def test_what_is_freed_is_kept_at_hand_where_speed_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int, int]] = []
    monkeypatch.setattr(memory, "_of_c", lambda name, *_: lambda what, value: asked.append((name, what, value)))
    memory.keep_at_hand()
    megabyte = 1024 * 1024
    assert asked == [("mallopt", -1, 256 * megabyte), ("mallopt", -2, megabyte), ("mallopt", -3, 32 * megabyte)]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_other_c_libraries_are_left_alone(error: type[Exception], monkeypatch: pytest.MonkeyPatch, unset: None) -> None:
    def none(_: None) -> object:
        raise error

    monkeypatch.setattr("ctypes.CDLL", none)
    memory.give_back()
    memory.keep_large_apart()
    memory.keep_at_hand()
    assert memory._of_c("malloc_trim") is None
