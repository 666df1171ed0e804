"""A gazetteer of a few places, for what only asks it for the bearers of a name."""

from __future__ import annotations

from gazetteer.models import Candidate, Place


class Names:
    """A gazetteer that has some places."""

    def __init__(self, *places: Place) -> None:
        self.places = places

    def candidates(self, name, *, limit, countries):
        return [Candidate(p, p.name, "exact", 1.0) for p in self.places if p.name == name and p.country in countries]

    def polygon(self, place_id):
        return None

    def __getattr__(self, name):
        return lambda *args, **kwargs: None
