"""``sitmap map --into``: a folder of results that grows. New reports join; what was read before is not read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.corrections import CorrectionFile, PlaceRulings, find_correction_files, read_corrections
from pipeline.corrections.find import correction_file, unique
from pipeline.engines import Kept
from pipeline.errors import InputError
from pipeline.grow_rows import Coded, RowCoder, brought_back, row_ids, rows_held, tables_given
from pipeline.ingest import read_each
from pipeline.ingest.tabular import TABLE_SUFFIXES
from pipeline.inputs import paths_of, refuse_missing
from pipeline.run import Clock, Material, Outcome, conclude, progress, reader_of
from pipeline.settings import Settings
from pipeline.store import Held, Holdings, TableFile, Visit, open_store, with_tables
from pipeline.store.files import Opened, begin, publish, refuse_links

__all__ = ["Grown", "Growth", "run_into", "withdraw"]


@dataclass(frozen=True, slots=True)
class Growth:
    """What a run did to the holdings: reports that are new, were replaced, came back or stayed away, and were read.

    ``rows`` of tables are shown, of which ``coded`` were coded now.
    """

    new: int = 0
    replaced: int = 0
    restored: int = 0
    withdrawn: int = 0
    read: int = 0
    held: int = 0
    rows: int = 0
    coded: int = 0
    cut_off: str = ""


@dataclass(frozen=True, slots=True)
class Grown:
    """The outcome of a run, and what it did to the holdings."""

    outcome: Outcome
    growth: Growth


def run_into(settings: Settings, *, today: date, generated: str, quiet: bool = False) -> Grown:
    """Read the reports of ``settings`` into the store of its output folder and write every product anew.

    Parameters
    ----------
    settings : Settings
        ``as_of`` None: reports keep the day that they first came; new ones get ``today``. Without inputs the products
        are made again from what is there.
    today : date
        For reports that are new.
    generated : str
        When, ISO 8601.
    quiet : bool
        No progress bars.

    Raises
    ------
    InputError
        If an input does not exist, or there is no report at all.
    StoreError
        If the store is held by another run, damaged or of another schema.
    OutputError
        If products cannot be written; the old ones are then still there.
    """
    refuse_missing(settings.inputs)
    inputs = frozenset(str(path.absolute().resolve()) for path in settings.inputs)
    visit = Visit(today, generated, settings.as_of, inputs)
    with _run(settings, generated) as run:
        with run.clock.stage("ingest"):
            came, refused = tables_given(settings.inputs, settings.tables)
            articles = read_each(settings.inputs, apart=TABLE_SUFFIXES)
            read = [*progress(articles, None, quiet=quiet, what="reading"), *refused]
            after = _with_tables(run.before.admitted(read, visit), came, visit)
            after = replace(after, corrections=_remembered(run.before, settings))
        if not after.arrivals and not after.tables:
            causes = "; ".join(f"{r.path}: {r.cause}" for r in after.rejections()[:3]) or "the store is empty"
            raise InputError(f"{settings.out}: no report could be read ({causes}); give reports or tables as PATHS")
        return run.finish(after, quiet=quiet)


def withdraw(
    folder: Path, what: Sequence[str], *, generated: str, note: str = "", undo: bool = False, quiet: bool = False
) -> Grown:
    """Take reports out of a folder of results, or back in, and write every product anew.

    Parameters
    ----------
    folder : Path
    what : sequence of str
        ``doc_id`` or path of reports; folders count for all in them.
    generated : str
        When, ISO 8601.
    note : str
        Why.
    undo : bool
        Bring them back.
    quiet : bool
        No progress bars.

    Raises
    ------
    InputError
        If no report goes by a name.
    StoreError
        As for :func:`run_into`.
    """
    with _run(Settings((), folder), generated, must_exist=True) as run:
        after = run.before
        for one in what:
            rows = _rows_named(after, one)
            after, found = after.restored(one) if undo else after.withdrawn(one, at=generated, note=note)
            known = rows & {w.digest for w in after.withdrawals} if undo else rows
            after = after.again(known) if undo else after.without(known, at=generated, note=note)
            if not found and not known:
                why = "was withdrawn" if undo else "is in the store"
                raise InputError(f"{one}: no report of this doc_id or path {why}; `sitmap store list --into {folder}`")
        after = replace(after, corrections=_remembered(after, run.settings))
        return run.finish(after, quiet=quiet)


def _with_tables(held: Holdings, came: Sequence[TableFile], visit: Visit) -> Holdings:
    """Return the holdings after tables came; what was withdrawn of those that are named comes back."""
    tables = with_tables(held.tables, came, today=visit.today, stamp=visit.stamp, as_of=visit.as_of)
    after = replace(held, tables=tables)
    return after.again(brought_back(after, visit.inputs))


def _rows_named(held: Holdings, what: str) -> set[str]:
    """Return what a ``doc_id`` or a path names among tables and rows: hashes of tables, ``doc_id`` of rows."""
    tables = held.tables_named(what)
    digests = {table.digest for table in tables}
    known = row_ids(table for table in held.tables if not table.replaced)
    gone = row_ids(tables) & {w.digest for w in held.withdrawals}
    return digests | gone | ({what} & known)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that holds the store and the gazetteer."""

    settings: Settings
    opened: Opened
    gazetteer: Gazetteer
    before: Holdings
    clock: Clock
    generated: str

    def finish(self, after: Holdings, *, quiet: bool) -> Grown:
        """Read what was not read yet, write the products aside, and change old for new in one step."""
        store, folder = self.opened.store, self.opened.folder
        files = _in_use(after, self.settings)
        corrections = read_corrections(files)
        with self.clock.stage("events"):
            rulings = PlaceRulings.of(corrections, self.gazetteer)
            reports, keys, done = self._read(after.current(), rulings, quiet=quiet)
        with self.clock.stage("rows"):
            tables = rows_held(after)
            coded = RowCoder(store, self.gazetteer, after.current_tables()).coded(tables.rows, rulings)
        rejections = (*after.rejections(), *tables.rejections, *coded.rejections)
        held = {h.path for h in after.current()} | {table.path for table in after.current_tables()}
        paths = sorted({Path(path) for path in held} | set(paths_of((), rejections)))
        read = [asdict(table) for table in tables.tables]
        material = Material(store, reports, rejections, paths, corrections, rulings, files, coded.reports, read)
        new = begin(folder)
        outcome = conclude(material, self.settings, self.gazetteer, self.clock, generated=self.generated, folder=new)
        refuse_links(folder, new)
        kept = {"title": self.settings.title, "model": self.settings.model}
        store.commit(after, keys=chain(keys, coded.keys), settings=kept, finished=new.name)
        publish(folder, store)
        moved = tuple(folder / path.name for path in outcome.files)
        return Grown(replace(outcome, files=moved), self._growth(after, done, coded))

    def _read(self, held: Sequence[Held], rulings: PlaceRulings, *, quiet: bool) -> tuple[Kept, Sequence[str], int]:
        """Return the reports, the keys they are kept under, and how many were read now."""
        if not held:  # rows of tables need no language model
            return Kept(self.opened.store), (), 0
        reader = reader_of(self.settings, self.gazetteer, self.opened.store, rulings, quiet=quiet)
        return reader.reports(held), reader.keys, reader.done

    def _growth(self, after: Holdings, read: int, coded: Coded) -> Growth:
        known = {(*a.name, a.digest) for a in self.before.arrivals}
        was_replaced = {(*a.name, a.digest) for a in self.before.arrivals if a.replaced}
        now = [(*a.name, a.digest) for a in after.arrivals if a.replaced]
        away = {w.digest for w in after.withdrawals}
        return Growth(
            new=sum((*a.name, a.digest) not in known for a in after.arrivals),
            replaced=sum(key not in was_replaced for key in now),
            restored=sum(w.digest not in away for w in self.before.withdrawals),
            withdrawn=len(away),
            read=read,
            held=len(after.current()),
            rows=len(coded.reports),
            coded=coded.done,
            cut_off=self.opened.cut_off,
        )


@contextmanager
def _run(settings: Settings, generated: str, *, must_exist: bool = False) -> Iterator[_Run]:
    """Hold the store and open the gazetteer; without inputs, title and model are those of the run before."""
    with ExitStack() as stack:
        opened = stack.enter_context(open_store(settings.out, since=generated, must_exist=must_exist))
        kept = opened.store.settings()
        if not settings.inputs and kept:
            settings = replace(settings, title=kept["title"], model=kept["model"])
        clock = Clock()
        with clock.stage("gazetteer"):
            gazetteer = stack.enter_context(Gazetteer.open(settings.gazetteer))
        yield _Run(settings, opened, gazetteer, opened.store.holdings(), clock, generated)


def _remembered(held: Holdings, settings: Settings) -> tuple[CorrectionFile, ...]:
    """Return the corrections given so far, as they are now; one whose folder is gone too as it was last."""
    now = find_correction_files(settings.inputs, settings.corrections)
    before = (_again(file) for file in held.corrections)
    own = settings.out.absolute().resolve()
    made = (replace(f, path=str(Path(f.path).absolute().resolve())) for f in (*filter(None, before), *now))
    kept = (file for file in unique(made) if Path(file.path).parent != own)
    return tuple(sorted(kept, key=lambda file: file.path))


def _again(file: CorrectionFile) -> CorrectionFile | None:
    path = Path(file.path)
    if path.is_file():
        return correction_file(path)
    return None if path.parent.is_dir() else file


def _in_use(after: Holdings, settings: Settings) -> tuple[CorrectionFile, ...]:
    """Return the corrections given, by path, and after them the folder's own, which overrule."""
    own = (file for file in find_correction_files([settings.out]) if Path(file.path).parent == settings.out)
    return (*after.corrections, *own)
