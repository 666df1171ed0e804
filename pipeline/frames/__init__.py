"""From records to GeoDataFrames, with their contract checked."""

from __future__ import annotations

from pipeline.frames.atlas import Atlas
from pipeline.frames.build import build_layers
from pipeline.frames.contract import check_layers
from pipeline.frames.layers import CRS, Layers, conform_layer, layer_from_rows

__all__ = ["CRS", "Atlas", "Layers", "build_layers", "check_layers", "conform_layer", "layer_from_rows"]
