"""QGIS MetaSearch's dialog searches as a person does: connection, words, place, next page, a record's services; the address of /csw is the argument."""

import json
import sys

from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QSettings
from qgis.PyQt.QtWidgets import QMainWindow, QMessageBox

QCoreApplication.setOrganizationName("frombork-check")
QCoreApplication.setApplicationName("metasearch")
application = QgsApplication([], True)
application.initQgis()
sys.path.append("/usr/share/qgis/python/plugins")

from MetaSearch.dialogs.maindialog import MetaSearchDialog, get_item_data  # noqa: E402

warnings = []
QMessageBox.warning = staticmethod(lambda *said: warnings.append(said[-1]))


class Iface:
    """What the dialog asks of QGIS's window."""

    def __init__(self):
        self.window, self.canvas = QMainWindow(), QgsMapCanvas()

    def mapCanvas(self):
        return self.canvas

    def mainWindow(self):
        return self.window


settings = QSettings()
settings.setValue("/MetaSearch/frombork/url", sys.argv[1])
settings.setValue("/MetaSearch/selected", "frombork")
dialog = MetaSearchDialog(Iface())
dialog.cmbConnectionsSearch.clear()
dialog.cmbConnectionsSearch.addItem("frombork")
dialog.spnRecords.setValue(10)


def titles():
    tree = dialog.treeRecords
    return [tree.topLevelItem(row).text(1) for row in range(tree.topLevelItemCount())]


def search(words, box=("-180", "-90", "180", "90")):
    dialog.leKeywords.setText(words)
    for field, text in zip((dialog.leWest, dialog.leSouth, dialog.leEast, dialog.leNorth), box):
        field.setText(text)
    dialog.search()
    assert warnings == [], warnings
    return titles()


everything = search("")
matches = dialog.catalog.results["matches"]
assert len(everything) == 10 < matches, "no full page"
dialog.btnNext.click()
assert warnings == [] and len(titles()) > 0 and not set(titles()) & set(everything), "the next page is the same"
words = search("%Sentinel-2%")
assert 0 < dialog.catalog.results["matches"] < matches and all(words), "words find all or nothing"
placed = search("", ("5", "45", "15", "55"))
assert len(placed) > 0, "nothing in the box"
dialog.treeRecords.setCurrentItem(dialog.treeRecords.topLevelItem(0))
dialog.record_clicked()
services = json.loads(get_item_data(dialog.treeRecords.topLevelItem(0), "link"))
assert warnings == [] and "wms" in services, f"no map is offered: {services}"
print(f"QGIS MetaSearch: {matches} records, pages, words, a place; a record offers {', '.join(sorted(services))}")
application.exitQgis()
