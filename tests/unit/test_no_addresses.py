"""No project file names a package registry, a folder of one machine or a person's home."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold them.
REGISTRIES = "pypi org, pythonhosted org, npmjs org, npmjs com, yarnpkg com, deb debian org, golang org, anaconda org"
HOSTS = [host.strip().replace(" ", ".") for host in REGISTRIES.split(",")]
FOLDERS = [f"/{folder}/" for folder in ("work", "tmp", "root", "home/[a-z]+", "Users/[A-Za-z]+", "opt/pypi")]
# A folder counts where a path begins, not within one or within an address.
PATTERN = "|".join([*map(re.escape, HOSTS), *(rf"(?<![\w.:/*$}}-]){folder}" for folder in FOLDERS)])
FORBIDDEN = re.compile(PATTERN.encode())
BINARY = {".gz", ".png", ".sqlite", ".parquet"}


def project_files() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: cannot tell the project's files from others")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    files = (ROOT / name for name in listed.split("\0") if name)
    return [file for file in files if file.is_file() and file.suffix not in BINARY]


def test_no_registry_hosts_and_no_machine_paths() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line[:120].decode(errors='replace')}"
        for file in project_files()
        for number, line in enumerate(file.read_bytes().splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("text", [HOSTS[0], f"see https://{HOSTS[1]}", '"{}tmp/x"', "cd {}work/main", "({}home/ann/x)"])
def test_the_pattern_finds_what_it_should(text: str) -> None:
    assert FORBIDDEN.search(text.format("/").encode())


@pytest.mark.parametrize("text", ["../work/x", "https://example.org/work/1", "outputs/tmp/", "a homework/"])
def test_the_pattern_leaves_others_alone(text: str) -> None:
    assert not FORBIDDEN.search(text.encode())
