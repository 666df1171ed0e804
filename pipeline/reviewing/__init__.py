"""``sitmap review``: the placements most worth a look on loopback, each decision a line of the corrections file."""

from pipeline.reviewing.desk import Desk, open_desk
from pipeline.reviewing.notebook import Notebook
from pipeline.reviewing.server import ReviewServer

__all__ = ["Desk", "Notebook", "ReviewServer", "open_desk"]
