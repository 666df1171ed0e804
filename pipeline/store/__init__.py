"""What a growing folder of results remembers: the reports that came in, what was read in each, and corrections."""

from pipeline.store.database import Store
from pipeline.store.files import open_store, store_path
from pipeline.store.holdings import Arrival, Held, Holdings, Visit, Withdrawal
from pipeline.store.keys import Fingerprint
from pipeline.store.packed import Outline, Packed, pack
from pipeline.store.tables import HeldTable, TableFile, with_tables
from pipeline.store.work import WORK_FILE, Work, open_work

__all__ = [
    "WORK_FILE", "Arrival", "Fingerprint", "Held", "HeldTable", "Holdings", "Outline", "Packed", "Store", "TableFile",
    "Visit", "Withdrawal", "Work", "open_store", "open_work", "pack", "store_path", "with_tables",
]  # fmt: skip
