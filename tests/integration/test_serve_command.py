"""``sitmap serve`` as a user starts and ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from command import sitmap
from many_points import repeated, with_points

# What is started in the background of a shell ignores Ctrl-C, and so would what it starts.
SERVE = """
import signal
from pipeline.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
def test_it_says_where_serves_and_ends_well_with_ctrl_c(small_layers, tmp_path):
    with_points(repeated(small_layers), tmp_path)
    (tmp_path / "map.html").write_text("<title>here</title>")
    command = [sys.executable, "-c", SERVE, "serve", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        said = running.stdout.readline()
        folder, _, address = said.rpartition(": ")
        assert folder == str(tmp_path)
        with urlopen(address.strip()) as answer:
            assert answer.read() == b"<title>here</title>"
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert running.returncode == 0, told
    assert told.splitlines() == ["zoom in for single events; Ctrl-C ends the server", "the server has ended"]


def test_a_folder_without_a_map_is_one_line_and_a_code(tmp_path):
    done = sitmap("serve", tmp_path)
    assert done.code == 3
    assert "map.html: not found; run `sitmap map" in done.complaint


def test_help_has_an_example():
    done = sitmap("serve", "--help")
    assert "Example: sitmap serve" in done.out
    assert "--port" in done.out
