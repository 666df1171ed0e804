"""Run by QGIS' own Python: open a folder of layers, say as JSON what QGIS makes of it, and draw it.

usage: qgis_probe.py FOLDER IMAGE.png
"""

import json
import os
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def temporal_of(layer):
    temporal = layer.temporalProperties()
    return [temporal.isActive(), int(temporal.mode()), temporal.startField(), temporal.endField()]


def temporal_of_style(layer):
    """Load the style by hand, which switches the Temporal Controller on; opening the file alone does not."""
    styled = layer.clone()
    styled.loadNamedStyle(str(Path(layer.source()).with_suffix(".qml")))
    return temporal_of(styled)


def describe(layer):
    return {
        "valid": layer.isValid(),
        "count": layer.featureCount(),
        "geometry": layer.wkbType(),
        "crs": layer.crs().authid(),
        "abstract": layer.metadata().abstract(),
        "types": {field.name(): field.typeName() for field in layer.fields()},
        "renderer": layer.renderer().type() if layer.renderer() else None,
        "rules": [item.label() for item in layer.renderer().legendSymbolItems()] if layer.renderer() else [],
        "temporal": temporal_of(layer),
        "temporal_of_style": temporal_of_style(layer),
        "display": layer.displayExpression(),
        "tips": [tip_of(layer, feature) for feature in layer.getFeatures()],
    }


def tip_of(layer, feature):
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


def draw(layers, path):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(600, 500))
    settings.setBackgroundColor(QColor("white"))
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(QgsRectangle(38, 29, 49, 38))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(path)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    return sorted(colours)


def main(folder, path):
    app = QgsApplication([], False)
    app.initQgis()
    names = ("events", "areas", "claims", "mentions")
    layers = {name: QgsVectorLayer(str(Path(folder, f"{name}.geojson")), name, "ogr") for name in names}
    found = {name: describe(layer) for name, layer in layers.items()}
    found["colours"] = draw([layers["events"]], path)
    draw([layers["events"], layers["areas"]], path.replace(".png", "-areas.png"))
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)  # exitQgis() with live layers crashes after success


main(*sys.argv[1:])
