"""What QGIS opens: styles beside the GeoJSON, a GeoPackage with its styles inside, and a project that shows it."""

from pipeline.products.qgis.geopackage import write_geopackage
from pipeline.products.qgis.layout import Page
from pipeline.products.qgis.project import write_project
from pipeline.products.qgis.styles import write_qml

__all__ = ["Page", "write_geopackage", "write_project", "write_qml"]
