"""Run by QGIS' own Python: say as JSON by which rules of the style QGIS draws each event of FOLDER/events.geojson.

usage: qgis_marks_probe.py FOLDER
"""

import json
import os
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsRenderContext, QgsVectorLayer


def main(folder):
    app = QgsApplication([], False)
    app.initQgis()
    layer = QgsVectorLayer(str(Path(folder, "events.geojson")), "events", "ogr")
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    context.expressionContext().setFields(layer.fields())
    renderer.startRender(context, layer.fields())
    found = {}
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        rules = renderer.rootRule().rulesForFeature(feature, context)
        leaves = [leaf for rule in rules for leaf in (rule.rulesForFeature(feature, context) or [rule])]
        found[feature["event_id"]] = sorted({leaf.label() for leaf in leaves if leaf.symbol()})
    renderer.stopRender(context)
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)  # exitQgis() with live layers crashes after success


main(*sys.argv[1:])
