"""Run by QGIS' own Python: open a project, say as JSON what QGIS makes of it, draw it at two times, print its page.

usage: qgis_project_probe.py FOLDER  (with project.qgz; pictures go there too)
"""

import json
import os
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt


def describe(layer):
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "count": layer.featureCount(),
        "crs": layer.crs().authid(),
        "types": {field.name(): field.typeName() for field in layer.fields()},
        "renderer": layer.renderer().type(),
        "timed": layer.temporalProperties().isActive(),
        "labelled": layer.labelsEnabled(),
        "tips": [tip_of(layer, feature) for feature in layer.getFeatures()] if layer.mapTipTemplate() else [],
    }


def tip_of(layer, feature):
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


def drawn(project, layers, span):
    """Return the pixels of the events alone, in a span of time or in all of it, as bytes."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(500, 400))
    settings.setDestinationCrs(project.crs())
    settings.setExtent(project.viewSettings().defaultViewExtent())
    if span is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(span)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return bytes(bits)


def main(folder):
    app = QgsApplication([], False)
    app.initQgis()
    project = QgsProject.instance()
    read = project.read(str(Path(folder, "project.qgz")))
    layers = project.mapLayers()
    events = layers["layer_events"]
    begin = project.timeSettings().temporalRange().begin()
    never = QDateTime.fromString("1990-01-01T00:00:00Z", Qt.ISODate)
    first_day = QgsDateTimeRange(begin, begin.addDays(1), True, False)
    pictures = [drawn(project, [events], span) for span in (None, first_day, QgsDateTimeRange(never, never.addDays(1)))]
    layout = project.layoutManager().layouts()[0]
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 100
    printed = QgsLayoutExporter(layout).exportToImage(str(Path(folder, "layout.png")), settings)
    found = {
        "read": read,
        "title": project.title(),
        "crs": project.crs().authid(),
        "ellipsoid": project.ellipsoid(),
        "layers": {key: describe(layer) for key, layer in layers.items()},
        "sources": [layer.source() for layer in layers.values()],
        "drawn_at_first": [node.layerId() for node in project.layerTreeRoot().findLayers() if node.isVisible()],
        "all_day_never": [hash(picture) for picture in pictures],
        "printed": printed == QgsLayoutExporter.Success,
    }
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)  # exitQgis() with live layers crashes after success


main(*sys.argv[1:])
