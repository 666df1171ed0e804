"""What a growing folder of results remembers: the reports that came in, what was read in each, and corrections."""

from pipeline.store.database import Store
from pipeline.store.files import open_store, store_path
from pipeline.store.holdings import Arrival, Held, Holdings, Visit, Withdrawal
from pipeline.store.keys import Fingerprint
from pipeline.store.tables import HeldTable, TableFile, with_tables

__all__ = [
    "Arrival", "Fingerprint", "Held", "HeldTable", "Holdings", "Store", "TableFile", "Visit", "Withdrawal",
    "open_store", "store_path", "with_tables",
]  # fmt: skip
