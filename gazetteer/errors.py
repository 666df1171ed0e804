"""What can be wrong with a gazetteer; each message says what mends it."""


class GazetteerError(Exception):
    """Base of the gazetteer's errors."""


class GazetteerMissingError(GazetteerError):
    """There is no index where one was expected."""


class GazetteerDamagedError(GazetteerError):
    """The index is cut short, altered, or of another version."""


class SourceError(GazetteerError):
    """A source row or file cannot be used."""
