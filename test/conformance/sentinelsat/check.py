"""sentinelsat against a running mirror: searches, counts, pages, reads attributes, downloads. Usage: check.py <url of /dhus> <folder>."""

import sys
from pathlib import Path

from sentinelsat import SentinelAPI
from sentinelsat.exceptions import InvalidKeyError, QuerySyntaxError

GERMANY = "POLYGON((5.9 47.2,15.2 47.2,15.2 55.1,5.9 55.1,5.9 47.2))"


def check(what, holds, seen=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what} {seen}")
    if not holds:
        failures.append(what)


def refuses(what, error, call):
    try:
        call()
        check(what, False, "was not refused")
    except error as refusal:
        check(what, True, str(refusal)[:120])


failures = []
url, folder = sys.argv[1], Path(sys.argv[2])
api = SentinelAPI("user", "password", url, show_progressbars=False)

everything = api.query(raw="*")
count = api.count(raw="*")
check("pages through everything once", len(everything) == count, f"{len(everything)} of {count}")
check("there is more than one page", count > 100, count)

ordered = list(api.query(raw="*", order_by="beginposition,-ingestiondate").values())
begins = [product["beginposition"] for product in ordered]
check("orders by field", begins == sorted(begins))

for mission in ("Sentinel-1", "Sentinel-2"):
    found = api.query(GERMANY, platformname=mission, date=("20150101", "NOW"))
    named = all(product["platformname"] == mission for product in found.values())
    check(f"finds {mission} over Germany", len(found) > 0 and named, len(found))
    check(f"counts the same {mission}", api.count(GERMANY, platformname=mission, date=("20150101", "NOW")) == len(found))

clear = api.query(platformname="Sentinel-2", cloudcoverpercentage=(0, 20))
check("finds by cloud cover", clear and all(p["cloudcoverpercentage"] <= 20 for p in clear.values()), len(clear))
types = api.query(producttype={"GRD", "SLC"})
check("finds one of several types", types and all(p["producttype"] in ("GRD", "SLC") for p in types.values()), len(types))
inside = api.count(GERMANY, area_relation="IsWithin")
touching = api.count(GERMANY, area_relation="Intersects")
check("tells within from intersecting", 0 < inside <= touching, f"{inside} of {touching}")
check("finds what contains a point", 0 < api.count("POINT(11.5 48.5)", area_relation="Contains") < count)

features = SentinelAPI.to_geojson(clear)
check("makes GeoJSON of it", len(features["features"]) == len(clear))

first = next(uuid for uuid, product in everything.items() if api.is_online(uuid))
info = api.get_product_odata(first, full=True)
check("reads all attributes", info["title"] == everything[first]["title"] and "Satellite" in info, len(info))
check("tells what is online", info["Online"] is True)
wanted = [product["title"] for product in list(everything.values())[:30]]
found = api._query_names(wanted) if hasattr(api, "_query_names") else None
if found is not None:
    check("finds by names", all(len(found[name]) == 1 for name in wanted), len(found))

downloaded = api.download(first, folder, checksum=True)
path = Path(downloaded["path"])
check("downloads and verifies", path.stat().st_size == info["size"], path.name)
again = api.download(first, folder, checksum=True)
check("takes a complete file as it is", again["downloaded_bytes"] == 0)
with path.open("r+b") as file:
    file.truncate(path.stat().st_size // 2)
path.rename(str(path) + ".incomplete")
resumed = api.download(first, folder, checksum=True)
check("resumes", 0 < resumed["downloaded_bytes"] < info["size"], resumed["downloaded_bytes"])
(folder / "nodes").mkdir()
manifest = api.download(first, folder / "nodes", nodefilter=lambda node: node["node_path"].endswith("manifest.safe"))
check("downloads single nodes", any(Path(folder / "nodes").rglob("manifest.safe")), len(manifest["nodes"]))
try:
    check("downloads the quick-look", api.download_quicklook(first, folder)["quicklook_size"] > 0)
except KeyError:
    check("downloads the quick-look", False)

refuses("an unknown field", QuerySyntaxError, lambda: api.query(raw="xxx:yyy"))
refuses("a query that cannot be parsed", QuerySyntaxError, lambda: api.query(raw="õäöüÿ("))
refuses("an unknown id", InvalidKeyError, lambda: api.get_product_odata("1f62a176-c980-41dc-xxxx-c735d660c910"))

sys.exit(f"{len(failures)} failed: {failures}" if failures else 0)
