"""The error tree. Each message names the file, the line, the value and the remedy, as far as they apply."""


class SitmapError(Exception):
    """Base of what sitmap raises on purpose; the command line prints it and exits with ``exit_code``."""

    exit_code = 3


class UsageError(SitmapError):
    """The command was called wrongly."""

    exit_code = 2


class InputError(SitmapError):
    """An input cannot be used at all."""


class ModelMissingError(SitmapError):
    """The language model is not installed."""


class ExtractorError(SitmapError):
    """A model asked for events gave no usable answer, and the rules were not to stand in."""


class EngineError(SitmapError):
    """What spreads the work over processes or machines failed; what was read before is kept."""


class ContractError(SitmapError):
    """A frame breaks its contract: a column is missing, of the wrong type or out of range."""


class OutputError(SitmapError):
    """An output cannot be written."""


class StoreError(SitmapError):
    """The store of a growing folder cannot be used: it is held by another run, damaged, or of another schema."""
