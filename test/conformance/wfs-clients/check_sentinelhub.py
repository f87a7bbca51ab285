"""sentinelhub-py's requests to OGC services, its base address being a mirror's: dates, tiles, pictures and samples."""
import datetime
import sys

import numpy
from acquisitions import BOX, L1C_BANDS, L2A_BANDS, check, end, reflectance
from sentinelhub import CRS, BBox, CustomUrlParam, DataCollection, MimeType, SHConfig, WcsRequest, WebFeatureService, WmsRequest
from sentinelhub.exceptions import DownloadFailedException

address = sys.argv[1]
config = SHConfig()
config.sh_base_url = address
config.instance_id = 'default'
config.max_wfs_records_per_query = 2
config.max_download_attempts = 1
L1C = DataCollection.SENTINEL2_L1C.define_from('MIRROR_L1C', service_url=address)
L2A = DataCollection.SENTINEL2_L2A.define_from('MIRROR_L2A', service_url=address)
S1 = DataCollection.SENTINEL1_IW.define_from('MIRROR_S1', service_url=address)
UTM = BBox(BOX, CRS.UTM_33N)
WGS = BBox((13.55, 52.29, 13.62, 52.33), CRS.WGS84)
MAY = ('2024-05-01', '2024-05-31')
NEWEST_FIRST = [datetime.datetime(2024, 5, day, 10, 0, 31) for day in (21, 11, 1)]


def dates(**changes):
    search = WebFeatureService(**{'bbox': WGS, 'time_interval': MAY, 'data_collection': L2A, 'config': config, **changes})
    return [date.replace(tzinfo=None) for date in search.get_dates()]


def images(kind, **changes):
    given = {'data_collection': L2A, 'bbox': UTM, 'time': MAY, 'layer': 'TRUE-COLOR-S2-L2A', 'config': config, **changes}
    return kind(**given).get_data()


found = dates()
check('WebFeatureService finds the dates of a place, page by page, newest first', found == NEWEST_FIRST, found)
check('... of a box in a zone', dates(bbox=UTM) == NEWEST_FIRST)
check('... with few clouds', dates(maxcc=0.3) == NEWEST_FIRST[2:], dates(maxcc=0.3))
check('... of one day', dates(time_interval='2024-05-11') == NEWEST_FIRST[1:2])
check('... the latest', dates(time_interval='latest') == NEWEST_FIRST[:1])
check('... none elsewhere', dates(bbox=BBox((0, 0, 1, 1), CRS.WGS84)) == [])
search = WebFeatureService(UTM, MAY, data_collection=L2A, config=config)
check('... its tiles', search.get_tiles()[-1] == ('33UUU', '2024-5-1', 0), search.get_tiles())
west, south, east, north = search.get_geometries()[0].bounds
check('... its areas in the system of the box', abs(west - 399840) < 300 and abs(north - 5800110) < 300, (west, north))
radar = list(WebFeatureService(WGS, MAY, data_collection=S1, maxcc=0.1, config=config))
check('... radar scenes, which have no clouds', len(radar) == 1 and radar[0]['properties']['orbitDirection'] == 'DESCENDING', radar)

pictures = images(WmsRequest, width=120, height=100)
colours = [numpy.rint(numpy.clip(2.5 * reflectance(L2A_BANDS, date)[..., [3, 2, 1]], 0, 1) * 255) for date in (0, 1, 2)]
check('WmsRequest gets a picture of each date', [one.shape for one in pictures] == [(100, 120, 3)] * 3, [one.shape for one in pictures])
check('... every pixel right', all(numpy.abs(one - colour).max() <= 1 for one, colour in zip(pictures, colours)))
least = images(WmsRequest, width=120, maxcc=0.3, image_format=MimeType.JPG)
check('... JPEG, few clouds, its height by the box', len(least) == 1 and least[0].shape == (100, 120, 3), [one.shape for one in least])
degrees = images(WmsRequest, bbox=WGS, width=200, time='2024-05-01')
check('... in degrees', degrees[0].shape[1] == 200 and degrees[0].min() > 0, degrees[0].shape)
grown = images(WmsRequest, layer='NDVI', width=64, time='2024-05-01')
check('... an index in colours', grown[0].shape[2] == 3 and len(numpy.unique(grown[0])) > 8, grown[0].shape)

bands = images(WcsRequest, layer='BANDS-S2-L1C', data_collection=L1C, resx='60m', resy='60m', image_format=MimeType.TIFF, time='2024-05-01')
check('WcsRequest gets all bands as reflectances', bands[0].shape == (100, 120, 13) and bands[0].dtype == numpy.float32, (bands[0].shape, bands[0].dtype))
check('... every value right', numpy.abs(bands[0] - reflectance(L1C_BANDS, 0)).max() < 1e-6)
coarse = images(WcsRequest, resx='120m', resy='600m', time='2024-05-11')
check('... in another resolution', coarse[0].shape == (10, 60, 3), coarse[0].shape)
script = '//VERSION=3\nfunction setup() { return { input: ["B04", "B08"], output: { bands: 2, sampleType: "FLOAT32" } }; }\nfunction evaluatePixel(sample) {\n  let ndvi = (sample.B08 - sample.B04) / (sample.B08 + sample.B04);\n  return [ndvi, sample.B08];\n}'
computed = images(WcsRequest, resx='60m', resy='60m', image_format=MimeType.TIFF, time='2024-05-01', custom_url_params={CustomUrlParam.EVALSCRIPT: script})
red, near = (reflectance(L2A_BANDS, 0)[..., band] for band in (3, 7))
expected = numpy.stack([(near - red) / (near + red), near], axis=-1)
check('... what a script computes', numpy.abs(computed[0] - expected).max() < 1e-5, computed[0].shape)
triangle = f'POLYGON(({BOX[0]} {BOX[1]}, {BOX[2]} {BOX[1]}, {BOX[0]} {BOX[3]}, {BOX[0]} {BOX[1]}))'
cut = images(WmsRequest, width=120, height=100, time='2024-05-01', custom_url_params={CustomUrlParam.GEOMETRY: triangle})[0]
check('... within an area', cut[99, 0].max() > 0 and cut[0, 119].min() == 255, (cut[99, 0], cut[0, 119]))

for name, said, changes in [
    ('a layer there is not', 'Server response: "There is no layer', {'layer': 'NO-SUCH-LAYER'}),
    (
        'a script that loops',
        'Server response: "The evalscript cannot be used here',
        {'custom_url_params': {CustomUrlParam.EVALSCRIPT: 'while (true) {}; return [1]'}},
    ),
]:
    try:
        images(WmsRequest, width=16, height=16, **changes)
        check(f'{name} is an error', False)
    except DownloadFailedException as error:
        check(f'{name} is an error that says why', said in str(error), error)
end()
