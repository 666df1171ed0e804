"""A layer that is too long for memory: checked, and in a temporary file."""

from __future__ import annotations

import io
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import geopandas as gpd
import numpy as np
import pandas as pd

from pipeline.errors import ContractError, OutputError
from pipeline.fields import layer_spec
from pipeline.frames.contract import check_layer
from pipeline.frames.layers import in_batches, layer_from_rows

__all__ = ["LongLayer"]


class LongLayer:
    """The rows of a layer in a file without a name, which ends with this object; they are read some at a time.

    Parameters
    ----------
    name : str
    rows : iterable of mapping
        Taken one by one.

    Raises
    ------
    ContractError
        Where a row breaks the contract of the layer.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> len(LongLayer("mentions", [])), len(LongLayer("mentions", []).whole())
    (0, 0)
    """

    def __init__(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        self.name = name
        self._length = 0
        self._ends = array("q", [0])
        with _no_space():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the layer is there
        weakref.finalize(self, self._file.close)
        keys = [self._added(batch) for batch in in_batches(rows)]
        self._refuse_repeated(np.concatenate(keys) if keys else np.array([], dtype=np.uint64))

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._length

    def batches(self) -> Iterator[gpd.GeoDataFrame]:
        """Yield the rows in order, some at a time, as frames; without rows one frame without."""
        for start, end in zip(self._ends, self._ends[1:], strict=False):
            self._file.seek(start)
            yield gpd.read_feather(io.BytesIO(self._file.read(end - start)))
        if not self._length:
            yield layer_from_rows(self.name, [])

    def whole(self) -> gpd.GeoDataFrame:
        """Return all rows as one frame."""
        return pd.concat(list(self.batches()), ignore_index=True)

    def _added(self, batch: Iterable[Mapping[str, object]]) -> np.ndarray:
        """Write some rows to the file; return the hashes of their ids."""
        frame, packed = check_layer(self.name, layer_from_rows(self.name, batch)), io.BytesIO()
        frame.to_feather(packed, compression="lz4")
        with _no_space():
            self._file.seek(self._ends[-1])
            self._file.write(packed.getbuffer())
            self._file.flush()
        self._ends.append(self._file.tell())
        self._length += len(frame)
        return np.asarray(pd.util.hash_array(frame[layer_spec(self.name).key].to_numpy(dtype=object)))

    def _refuse_repeated(self, hashes: np.ndarray) -> None:
        """Raise where two batches have a row of the same id."""
        _, times = np.unique(hashes, return_counts=True)
        if not (times > 1).any():
            return
        ids = pd.concat([batch[layer_spec(self.name).key] for batch in self.batches()], ignore_index=True)
        if (again := ids[ids.duplicated()]).any():
            raise ContractError(f"layer {self.name}: {again.iloc[0]!r} is there twice; ids must be unique")


@contextmanager
def _no_space() -> Iterator[None]:
    """Turn what the disk says into an error with a remedy."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{tempfile.gettempdir()}: the rows of a layer cannot be laid aside ({error.strerror or error}); free some "
            "space, or name another folder in TMPDIR"
        ) from error
