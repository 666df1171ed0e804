"""QGIS' own Python, which Debian's python3-qgis belongs to, run without a screen."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

QGIS_PYTHON = Path("/usr/bin/python3")
ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen", "PATH": os.defpath}


def has_qgis():
    try:
        asked = subprocess.run(
            [QGIS_PYTHON, "-c", "import qgis.core"], capture_output=True, env=ENVIRONMENT, check=False
        )
    except OSError:
        return False
    return asked.returncode == 0


def probed(script, folder, *arguments):
    """Run a script of tests/e2e and return the JSON that it prints; skip where QGIS is missing."""
    if not has_qgis():
        pytest.skip("QGIS is missing: apt-get install --no-install-recommends python3-qgis qgis-providers")
    command = [QGIS_PYTHON, Path(__file__).with_name("e2e") / script, *arguments]
    environment = ENVIRONMENT | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    run = subprocess.run(command, capture_output=True, env=environment, timeout=240, check=True, text=True)
    return json.loads(run.stdout)
