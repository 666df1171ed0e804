"""Files, tables and feeds -> articles.

``read_articles`` reads paths; ``article_from_record`` and ``article_from_text`` take what is at hand.
"""

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.ingest.read import article_digest, read_articles, read_each
from pipeline.ingest.records import About, article_from_record, article_from_text

__all__ = [
    "About",
    "Limits",
    "RefusedError",
    "article_digest",
    "article_from_record",
    "article_from_text",
    "read_articles",
    "read_each",
]
