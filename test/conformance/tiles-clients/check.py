"""Draws the tiles of a mirror by the clients people use and compares them with its WMS: check.py <address> <folder for pictures>."""
import sys

from compare import Report
from gdal_clients import check_gdal
from owslib_client import check_owslib
from places import LAYER, Service
from qgis_client import check_qgis

service = Service(sys.argv[1])
report = Report(sys.argv[2])
print(f"{LAYER} of {service.address}, newest day {service.day}")
check_owslib(service, report)
check_gdal(service, report)
check_qgis(service, report)
sys.exit(report.finish())
