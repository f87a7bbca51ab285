"""OWSLib's client searches CSW 2.0.2 and 3.0.0 by place, time, words and number, and reads one record; the address of /csw is the argument."""

import sys

from owslib import fes, fes2
from owslib.catalogue.csw3 import CatalogueServiceWeb as Csw3
from owslib.csw import CatalogueServiceWeb as Csw2

ISO = "http://www.isotc211.org/2005/gmd"


def pages(catalogue, constraints, **options):
    """The identifiers of all pages of ten, as a client walks them."""
    ask = catalogue.getrecords2 if hasattr(catalogue, "getrecords2") else catalogue.getrecords
    found, start = [], 1
    while start:
        ask(constraints=constraints, startposition=start, maxrecords=10, **options)
        found += list(catalogue.records)
        start = catalogue.results["nextrecord"]
        assert len(found) <= catalogue.results["matches"], "more records than are matched"
    assert len(found) == len(set(found)) == catalogue.results["matches"], "a record is lost or doubled between pages"
    return found


def search(csw, language):
    everything = pages(csw, [])
    box = pages(csw, [language.BBox([-90, -180, 90, 180], crs="urn:ogc:def:crs:EPSG::4326")])
    assert set(box) <= set(everything) and len(box) > 0, "the box of the world finds nothing"
    words = pages(csw, [language.PropertyIsLike("csw:AnyText", "%Sentinel-2%")])
    assert 0 < len(words) < len(everything), "words find all or nothing"
    both = pages(csw, [[language.PropertyIsLike("csw:AnyText", "%Sentinel-2%"), language.BBox([45, 5, 55, 15], crs="urn:ogc:def:crs:EPSG::4326")]])
    assert set(both) <= set(words), "more conditions find more"
    csw.getrecordbyid([everything[0]], esn="full")
    # OWSLib looks for records below the root; in 3.0.0 (12-176r7 §7.5.5) the record is the root.
    assert csw.exceptionreport is None and everything[0].encode() in csw.response, "a record is not found by its identifier"
    return everything


two = Csw2(sys.argv[1], timeout=60)
first = search(two, fes)
two.getrecords2(esn="full", outputschema=ISO, maxrecords=3)
assert all(type(record).__name__ == "MD_Metadata" for record in two.records.values()), "no ISO records"
three = Csw3(sys.argv[1], version="3.0.0", timeout=60)
second = search(three, fes2)
assert set(first) == set(second), "the versions do not find the same"
print(f"OWSLib: CSW 2.0.2 and 3.0.0 find the same {len(first)} records, page by page, by place and by words; ISO 19139 read")
