"""What a user asks to be added, in words -> files to copy and files to download."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.errors import SourceError
from gazetteer.names import fold
from gazetteer.tables import yaml_table

_ARCHIVE_NAME = re.compile(r"(?:whosonfirst-data-admin-)?(.+?)(?:-(?:master|main|latest))?(?:\.tar\.gz|\.tgz)")
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_WORLD = frozenset({"allCountries"})
#: Prefixes of ids and keys of sources that sitmap itself uses.
_RESERVED = frozenset({"gn", "oa", "ne", "wof", "wd", "iso", "iata", "fips", "hasc", "sitmap", "continent"})


@dataclass(frozen=True, slots=True)
class Details:
    """What a user says of a source beyond where it is; what is empty follows from the kind.

    Parameters
    ----------
    key, name, licence, attribution : str
    beside : tuple of str
        Files that add to it, by their words in ``added_kinds.yaml`` ("names", "hierarchy").
    mirror : str
        Address to download from instead of the kind's own.
    """

    key: str = ""
    name: str = ""
    licence: str = ""
    attribution: str = ""
    beside: tuple[str, ...] = ()
    mirror: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One source to add: local ``path``, or ``downloads`` (address, file name)."""

    key: str
    kind: str
    name: str
    licence: str
    attribution: str
    path: Path | None = None
    downloads: tuple[tuple[str, str], ...] = ()


def kinds() -> Mapping[str, Mapping[str, Any]]:
    """Return the kinds of sources that may be added."""
    table: Mapping[str, Mapping[str, Any]] = yaml_table("added_kinds.yaml")
    return table


def wanted_sources(source: str, items: Sequence[str], details: Details | None = None) -> tuple[Wanted, ...]:
    """Return what is to be added.

    Parameters
    ----------
    source : str
        A kind of ``added_kinds.yaml`` ("geonames"), or the path of a table.
    items : sequence of str
        Codes to download ("SY") or paths, for a kind that has several.
    details : Details, optional

    Raises
    ------
    SourceError
        A code or path is not one, or a key is taken; the message says what would do.

    Examples
    --------
    >>> [(w.key, w.downloads[0][0]) for w in wanted_sources("geonames", ["SY"])]  # doctest: +SKIP
    [('geonames-sy', 'https://download.geonames.org/export/dump/SY.zip')]
    """
    details = details or Details()
    if source in kinds() and source != "table":
        kind, chosen = source, list(items)
        if not chosen:
            chosen = [_only_code(kind)]
    else:
        kind, chosen = "table", [*([] if source == "table" else [source]), *items]
    found = tuple(_wanted(kind, item, details) for item in chosen)
    if len(found) > 1 and (details.key or details.name):
        raise SourceError("--key and --name say what one source is called; add the sources one by one")
    if not found:
        raise SourceError("table: give the path of a CSV or GeoJSON file")
    _refuse_twice(found)
    return found


def _only_code(kind: str) -> str:
    if kinds()[kind]["codes"] != "all":
        raise SourceError(f"{kind}: say which: codes such as SY IQ, or the path of a file")
    return "all"


def _refuse_twice(found: Iterable[Wanted]) -> None:
    keys = [w.key for w in found]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise SourceError(f"{twice}: asked for twice; name each once, or give a --key to each in turn")


def _wanted(kind: str, item: str, details: Details) -> Wanted:
    row = kinds()[kind]
    code = _code(row, item)
    path = None if code else _path(kind, row, item)
    called = "" if code == "all" else code or _called(path or Path(item))
    key = details.key or _slug(kind, called)
    called = called.upper() if len(called) == 2 else called
    check_key(key)
    shown = details.name or str(row["name"]).format(item=called)
    credit = details.attribution or (str(row["attribution"]).format(item=shown))
    words = {"name": shown, "licence": details.licence or str(row["licence"]), "attribution": credit}
    _check_words(words)
    downloads = tuple(_downloads(row, code, details)) if code else ()
    return Wanted(key, kind, **words, path=path, downloads=downloads)


def _code(row: Mapping[str, Any], item: str) -> str:
    """Return the code that an item is, or ''; a file beside it of the same name is given as ./SY."""
    pattern = row.get("codes")
    if pattern is None or (pattern == "all" and item != "all"):
        return ""
    if pattern == "all":
        return item
    written = item.upper() if len(item) == 2 else item
    return written if re.fullmatch(pattern, written) else ""


def _path(kind: str, row: Mapping[str, Any], item: str) -> Path:
    path = Path(item).expanduser()
    suffixes = row["suffixes"]
    if path.is_file() and path.suffix.lower() in suffixes:
        return path
    if path.is_dir() and kind == "geonames":
        return path
    expected = f"a file that ends in {', '.join(suffixes)}"
    codes = f", or codes such as {'SY' if row.get('codes') != 'all' else 'none'}" if row.get("codes") else ""
    known = "" if kind != "table" else f"; or one of the sources {', '.join(k for k in kinds() if k != 'table')}"
    cause = "no such file" if not path.exists() else "not such a file"
    raise SourceError(f"{item}: {cause}; expected {expected}{codes}{known}")


def _called(path: Path) -> str:
    """Return what a file is called without what every such file is called."""
    archive = _ARCHIVE_NAME.fullmatch(path.name)
    return archive[1] if archive else path.resolve().name if path.is_dir() else path.stem


def _slug(kind: str, called: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", fold(called).lower()).strip("-")
    slug = f"{kind}-{words}".strip("-") if kind != "table" else words
    return slug[:40].rstrip("-") if slug[:1].isalpha() else f"source-{slug}"[:40].rstrip("-")


def check_key(key: str) -> None:
    """Refuse a key that is none, or that sitmap itself uses.

    Raises
    ------
    SourceError
        The message says what a key is.
    """
    if not _KEY.fullmatch(key):
        raise SourceError(f"{key!r} is no key; expected up to 40 of a-z 0-9 - _, a letter first: --key my-places")
    if key in _RESERVED or key in yaml_table("sources.yaml"):
        raise SourceError(f"{key!r} is a key of sitmap's own; choose another: --key my-{key}")


def _check_words(words: Mapping[str, str]) -> None:
    for name, text in words.items():
        if not text.strip() or len(text) > 300 or not text.isprintable():
            raise SourceError(f"--{name}: expected 1 to 300 characters on one line, found {text[:60]!r}")


def _downloads(row: Mapping[str, Any], code: str, details: Details) -> Iterable[tuple[str, str]]:
    """Yield address and file name of what is to be downloaded."""
    base = (details.mirror or os.environ.get(row["environment"], "") or row["base_url"]).rstrip("/")
    words = {"code": code, "lower": code.lower()}
    file = str(row["file"]).format(**words)
    yield f"{base}/{file}", str(row.get("as", file)).format(**words)
    beside: Mapping[str, Mapping[str, str]] = row.get("beside", {})
    for word in dict.fromkeys(details.beside):
        if word not in beside:
            raise SourceError(f"--with {word}: expected {', '.join(beside) or 'nothing: this source is one file'}")
        entry = beside[word]
        whole = entry.get("all") if code in _WORLD or code.startswith("cities") else None
        yield f"{base}/{(whole or entry['file']).format(**words)}", (whole or entry["as"]).format(**words)
