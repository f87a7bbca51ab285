"""OWSLib on a mirror: reads the capabilities of both versions, maps, features and faults. Usage: owslib_client.py <mirror> <folder of pictures>."""

import urllib.request

from owslib.util import ServiceException
from owslib.wms import WebMapService

from reference import BOX, DAY, HEIGHT, LAYER, WIDTH, WMS, check, done, pixels, reference, same

truth = reference()

for version in ("1.1.1", "1.3.0"):
    wms = WebMapService(WMS, version=version, timeout=120)
    layer = wms[LAYER]
    check(f"{version}: identification", wms.identification.type in ("WMS", "OGC:WMS") and wms.identification.version == version, wms.identification.type)
    check(f"{version}: operations", {"GetCapabilities", "GetMap", "GetFeatureInfo"} <= {one.name for one in wms.operations})
    check(f"{version}: formats", {"image/png", "image/png; mode=8bit", "image/jpeg", "image/tiff"} <= set(wms.getOperationByName("GetMap").formatOptions))
    check(f"{version}: the layer has styles with legends", all("legend" in style for style in layer.styles.values()) and len(layer.styles) > 0, ", ".join(layer.styles))
    check(f"{version}: it has a box in degrees", layer.boundingBoxWGS84 is not None and layer.boundingBoxWGS84[0] < BOX[0] < layer.boundingBoxWGS84[2], layer.boundingBoxWGS84)
    check(f"{version}: systems", {"EPSG:4326", "EPSG:3857", "EPSG:32632", "EPSG:32701", "EPSG:25832", "EPSG:3413"} <= set(layer.crsOptions), len(layer.crsOptions))
    check(f"{version}: it has a time extent", layer.timepositions is not None and DAY >= layer.timepositions[0][:10], layer.timepositions)
    (record,) = layer.metadataUrls
    with urllib.request.urlopen(record["url"], timeout=60) as answer:
        kind, document = answer.headers["content-type"], answer.read().decode()
    check(f"{version}: its record is in the catalogue", kind.startswith(record["format"]) and "<gmd:MD_Metadata" in document and "EOP:" in document, kind)
    for name, style in layer.styles.items():
        with urllib.request.urlopen(style["legend"], timeout=60) as answer:
            legend = pixels(answer.read())
        size = (str(legend.shape[1]), str(legend.shape[0]))
        # OWSLib reads sizes in 1.3.0 only.
        announced = (style.get("legend_width", size[0]), style.get("legend_height", size[1]))
        check(f"{version}: the legend of {name} is drawn in the size announced", size == announced and legend.min() < 255, size)
    box = dict(layers=[LAYER], styles=[""], srs="EPSG:4326", bbox=BOX, size=(WIDTH, HEIGHT))
    answer = wms.getmap(**box, format="image/png", transparent=True, time=DAY)
    check(f"{version}: getmap shows the map", *same(pixels(answer.read()), truth, 0))
    features = wms.getfeatureinfo(**box, query_layers=[LAYER], info_format="application/json", xy=(WIDTH // 2, HEIGHT // 2), time=DAY)
    check(f"{version}: getfeatureinfo tells the scene", DAY.replace("-", "") in features.read().decode().replace("-", ""))
    try:
        wms.getmap(**{**box, "layers": ["none"]}, format="image/png")
        check(f"{version}: faults are exceptions", False)
    except ServiceException as fault:
        check(f"{version}: faults are exceptions", "none" in str(fault), str(fault).strip()[:60])

done()
