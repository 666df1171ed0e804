"""How much of an input is taken on, and what is raised when it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.models import Rejection

_SHOWN = 80  # characters of a refused value worth printing


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps that keep hostile or mistaken inputs from exhausting the machine.

    Parameters
    ----------
    max_bytes : int
        Largest file read whole (.txt, .json), and longest line of a .jsonl file.
    max_html_bytes : int
        Largest HTML page; its tree takes many times its size.
    max_decompressed_bytes : int
        What one .gz file may expand to.
    max_depth : int
        Deepest nesting of JSON values or HTML elements.
    max_article_text : int
        Characters in one article; a language model needs about 1 kB for each.
    max_table_bytes : int
        Largest table, and what a packed one (.gz, .xlsx, .parquet) may expand to.
    max_rows, max_columns : int
        Of one table.
    """

    max_bytes: int = 50_000_000
    max_html_bytes: int = 5_000_000
    max_decompressed_bytes: int = 2_000_000_000
    max_depth: int = 200
    max_article_text: int = 500_000
    max_table_bytes: int = 300_000_000
    max_rows: int = 200_000
    max_columns: int = 1_000


DEFAULT_LIMITS = Limits()


class RefusedError(InputError):
    """One input was refused; ``rejection`` says which, why, and what to do."""

    def __init__(self, rejection: Rejection) -> None:
        self.rejection = rejection
        where = rejection.path if rejection.line is None else f"{rejection.path}, line {rejection.line}"
        parts = [f"{where or 'input'}: {rejection.cause}", rejection.value, rejection.remedy]
        super().__init__("; ".join(part for part in parts if part))


def shown(value: object) -> str:
    r"""Return ``value`` as one short printable line.

    Examples
    --------
    >>> shown("a\nb")
    'a b'
    """
    text = value if isinstance(value, str) else repr(value)
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * _SHOWN])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
