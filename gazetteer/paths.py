"""Where the index lies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

ENVIRONMENT = "SITMAP_GAZETTEER"
FILE = "gazetteer.sqlite"


def default_index_path() -> Path:
    """Return ``$SITMAP_GAZETTEER``, else the index of the virtual environment, else that of the user.

    Examples
    --------
    >>> default_index_path().suffix
    '.sqlite'
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    if sys.prefix != sys.base_prefix:
        return Path(sys.prefix) / "share" / "sitmap" / FILE
    return platformdirs.user_data_path("sitmap", appauthor=False) / FILE
