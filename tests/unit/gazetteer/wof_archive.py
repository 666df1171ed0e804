"""Small Who's On First archives, written as GitHub writes them."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

SQUARE = {"type": "Polygon", "coordinates": [[[42.0, 33.0], [44.0, 33.0], [44.0, 35.0], [42.0, 35.0], [42.0, 33.0]]]}


def feature(number: int, placetype: str, name: str, lat: float, lon: float, **properties: Any) -> dict[str, Any]:
    geometry = properties.pop("geometry", {"type": "Point", "coordinates": [lon, lat]})
    base = {
        "wof:id": number, "wof:placetype": placetype, "wof:name": name, "wof:country": "IQ", "mz:is_current": -1,
        "geom:latitude": lat, "geom:longitude": lon, "edtf:cessation": "uuuu", "wof:superseded_by": [],
        "wof:concordances": {}, "wof:hierarchy": [],
    }  # fmt: skip
    given = {key.replace("__", ":"): value for key, value in properties.items()}
    return {"id": number, "type": "Feature", "properties": base | given, "geometry": geometry}


def write_archive(path: Path, *features: dict[str, Any] | tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT, pax_headers={"comment": "0" * 40}) as tar:
        for each in features:
            name, content = each if isinstance(each, tuple) else (f"{each['id']}.geojson", json.dumps(each).encode())
            info = tarfile.TarInfo(f"whosonfirst-data-admin-iq/data/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path
