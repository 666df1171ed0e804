"""Reports from the network, only when asked: politely, from public addresses alone, and kept to be read offline."""

from pipeline.fetching.archive import Archive, Page
from pipeline.fetching.client import Answer, Caps, Client
from pipeline.fetching.fetch import Fetched, Fetcher
from pipeline.fetching.manners import Manners

__all__ = ["Answer", "Archive", "Caps", "Client", "Fetched", "Fetcher", "Manners", "Page"]
