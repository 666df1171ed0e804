"""A report as far as merging looks at it, so that very many fit into memory."""

from __future__ import annotations

from dataclasses import replace

from pipeline.models import Report, Resolution

__all__ = ["lean"]


def lean(report: Report, *, with_reasons: bool) -> Report:
    """Return a report without what only its own mentions need; without its text too where it tells of nothing.

    Parameters
    ----------
    report : Report
    with_reasons : bool
        Keep why each name was taken for its place: corrections of places ask.

    Examples
    --------
    >>> from pipeline.models import Article
    >>> lean(Report(Article("a", "Rain.")), with_reasons=False).article.text
    ''
    """
    article = replace(report.article, source_offsets=((0, 0),), notes=(), dateline=None)
    told = report.events or report.echoes
    if not told and not report.claims:
        article = replace(article, text="", blocks=())
    resolutions = report.resolutions if with_reasons else tuple(map(_bare, report.resolutions))
    return replace(report, article=article, resolutions=resolutions if with_reasons or told else ())


def _bare(resolution: Resolution) -> Resolution:
    return Resolution(resolution.mention, resolution.status, resolution.place)
