"""From records to GeoDataFrames, with their contract checked."""

from __future__ import annotations

from pipeline.frames.atlas import Atlas
from pipeline.frames.build import build_layers, reading_order
from pipeline.frames.contract import check_layers
from pipeline.frames.layers import CRS, Layers, batches_of, conform_layer, layer_from_rows
from pipeline.frames.long import LongLayer

__all__ = [
    "CRS", "Atlas", "Layers", "LongLayer", "batches_of", "build_layers", "check_layers", "conform_layer",
    "layer_from_rows", "reading_order",
]  # fmt: skip
