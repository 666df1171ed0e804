"""Read the files of a tar.gz one after another: nothing is written to disk, and no member is larger than allowed."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from gazetteer.errors import SourceError

MEMBER_BYTES = 32 * 2**20
TOTAL_BYTES = 64 * 2**30
_HEADER_BYTES = 2**20  # long names and pax records; tarfile reads these whole
_PLAIN = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE})


class _Bounded(tarfile.TarInfo):
    """A member whose own description may not be a bomb."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        info = super().frombuf(buf, encoding, errors)
        if info.type not in _PLAIN and info.size > _HEADER_BYTES:
            raise tarfile.ReadError(f"the description of a member takes {info.size:,} bytes")
        return info


def read_members(archive: Path, suffix: str) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and content of each plain file whose name ends with ``suffix``; None for one that is too large.

    Links, devices and folders are passed over, and names are only told, never used as paths.

    Raises
    ------
    SourceError
        The file is missing, no tar.gz, cut short, or holds more than can be meant.
    """
    total = 0
    try:
        with tarfile.open(archive, "r|gz", tarinfo=_Bounded) as tar:
            for member in tar:
                total += member.size
                if total > TOTAL_BYTES:
                    raise SourceError(f"{archive}: more than {TOTAL_BYTES:,} bytes when unpacked; not read")
                if member.type in _PLAIN and member.name.endswith(suffix):
                    yield member.name, _content(tar, member)
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise SourceError(f"{archive}: cannot be read as tar.gz ({error}); download it again") from error


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes | None:
    if member.size > MEMBER_BYTES:
        return None
    file = tar.extractfile(member)
    return file.read() if file else None
