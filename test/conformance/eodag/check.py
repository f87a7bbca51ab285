"""Searches, pages, reads and downloads from a mirror with the real eodag: check.py <door> <address of the mirror>.

A door is a provider configuration beside this file: <door>.yml, whose provider is called frombork_<door>. The mirror holds the demo archive.
"""

import hashlib
import os
import sys
import tempfile
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
COLLECTION = "S2_MSI_L2A"
#: Northern Germany, where the demo archive's products are.
AREA = {"lonmin": 5.5, "latmin": 47.0, "lonmax": 15.5, "latmax": 55.5}
#: What a checksum is, by its length in hex digits.
DIGESTS = {32: "md5", 64: "sha256"}
SPAN = {"start": "2026-05-01", "end": "2026-09-01"}


def main(door: str, address: str) -> None:
    provider = f"frombork_{door}"
    dag = gateway(door, address)
    criteria = {"provider": provider, "collection": COLLECTION, "geom": AREA, **SPAN, "raise_errors": True}

    found = dag.search(count=True, limit=100, **criteria)
    total = len(found)
    expect(total >= 5, f"{total} products are too few to page through")
    expect(found.number_matched == total, f"{found.number_matched} matched, {total} came")
    starts = [product.properties["start_datetime"] for product in found]
    expect(starts == sorted(starts), "the products are not sorted by start, as eodag asks by default")

    paged = in_pages(dag.search(limit=2, **criteria))
    expect(sorted(paged) == sorted(names(found)), "pages of 2 give other products than one page")
    expect(len(paged) == len(set(paged)), "pages give products twice")

    first = found[0]
    check_properties(first.properties)
    by_id = dag.search(id=first.properties["id"], provider=provider, collection=COLLECTION, raise_errors=True)
    expect(names(by_id) == [first.properties["id"]], f"by id: {names(by_id)}")
    if filters_properties(door, address):
        check_clouds(dag, criteria, found)
    elsewhere = dag.search(**{**criteria, "geom": {"lonmin": -60, "latmin": -10, "lonmax": -59, "latmax": -9}})
    expect(len(elsewhere) == 0, "products are found where there are none")
    check_download(dag, first)
    print(f"{door}: {total} products searched, paged, read; one downloaded")


def gateway(door: str, address: str):
    """eodag with nothing but the mirror for a provider, and no file of the user's."""
    home = tempfile.mkdtemp(prefix="eodag-")
    os.environ.update({"HOME": home, "EODAG_CFG_DIR": home, "EODAG_EXT_COLLECTIONS_CFG_URI": ""})
    from eodag import EODataAccessGateway, setup_logging

    setup_logging(verbose=1)
    with open(os.path.join(HERE, f"{door}.yml"), encoding="utf-8") as file:
        configuration = file.read().replace("{address}", address)
    dag = EODataAccessGateway()
    dag.update_providers_config(configuration)
    dag.set_preferred_provider(f"frombork_{door}")
    return dag


def filters_properties(door: str, address: str) -> bool:
    """eodag asks STAC APIs for properties by the query extension, which they may not have."""
    if door != "stac":
        return True
    with urllib.request.urlopen(f"{address}/stac/conformance", timeout=30) as answer:
        has_query = b"item-search#query" in answer.read()
    if not has_query:
        print("stac: no query extension is advertised, so cloud cover is not asked for")
    return has_query


def check_clouds(dag, criteria: dict, found) -> None:
    clouds = sorted(product.properties["eo:cloud_cover"] for product in found)
    limit = int(clouds[len(clouds) // 2]) + 1
    clear = dag.search(limit=100, **criteria, **{"eo:cloud_cover": limit})
    expect(len(clear) == sum(cover <= limit for cover in clouds), f"{len(clear)} products up to {limit} % cloud")


def in_pages(page) -> list[str]:
    """The names on this page and all that follow."""
    found: list[str] = []
    while page is not None and len(page) > 0:
        found += names(page)
        page = next(page.next_page(), None)
    return found


def names(products) -> list[str]:
    return [product.properties["id"] for product in products]


def check_properties(properties: dict) -> None:
    expect(properties["id"].startswith("S2"), f"id {properties['id']}")
    expect(properties["file:size"] > 0, "no size")
    expect(len(properties["file:checksum"]) in DIGESTS, f"checksum {properties.get('file:checksum')}")
    expect(0 <= properties["eo:cloud_cover"] <= 100, "no cloud cover")
    expect(properties["order:status"] == "succeeded", f"order:status {properties['order:status']}")
    for name in ("published", "start_datetime", "end_datetime"):
        expect(properties[name][:4].isdigit(), f"{name} {properties[name]}")


def check_download(dag, product) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = dag.download(product, output_dir=folder, extract=False)
        with open(path.removeprefix("file://"), "rb") as file:
            body = file.read()
    expect(len(body) == product.properties["file:size"], f"{len(body)} bytes came")
    given = product.properties["file:checksum"]
    digest = hashlib.new(DIGESTS[len(given)], body, usedforsecurity=False).hexdigest()
    expect(digest == given, f"{DIGESTS[len(given)]} {digest}")


def expect(holds: bool, complaint: str) -> None:
    if not holds:
        sys.exit(f"eodag: {complaint}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
