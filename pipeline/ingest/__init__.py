"""Files, tables and feeds -> articles.

``read_articles`` reads paths; ``article_from_record`` and ``article_from_text`` take what is at hand.
"""

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.ingest.read import read_articles
from pipeline.ingest.records import About, article_from_record, article_from_text

__all__ = ["About", "Limits", "RefusedError", "article_from_record", "article_from_text", "read_articles"]
