"""From place names to places. Knows nothing of articles or events."""

from gazetteer.build import build
from gazetteer.errors import GazetteerDamagedError, GazetteerError, GazetteerMissingError
from gazetteer.index import Gazetteer
from gazetteer.lookup import lookup
from gazetteer.models import Candidate, Place
from gazetteer.paths import default_index_path

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerDamagedError",
    "GazetteerError",
    "GazetteerMissingError",
    "Place",
    "build",
    "default_index_path",
    "lookup",
]
