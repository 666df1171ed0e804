"""The placements most worth a look, as a page on which an analyst decides."""

from pipeline.products.review.build import render_served, write_review
from pipeline.products.review.data import review_data

__all__ = ["render_served", "review_data", "write_review"]
