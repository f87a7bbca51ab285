"""Pictures as arrays of rows, columns, and red, green, blue, alpha."""
import numpy
from osgeo import gdal

gdal.UseExceptions()


def read_picture(data):
    gdal.FileFromMemBuffer("/vsimem/picture", data)
    try:
        return array_of(gdal.Open("/vsimem/picture"))
    finally:
        gdal.Unlink("/vsimem/picture")


def array_of(dataset):
    bands = dataset.ReadAsArray()
    if bands.ndim == 2:
        bands = numpy.stack([bands] * 3)
    if len(bands) == 2:
        bands = bands[[0, 0, 0, 1]]
    if len(bands) == 3:
        bands = numpy.concatenate([bands, numpy.full((1, *bands.shape[1:]), 255, bands.dtype)])
    return numpy.moveaxis(bands[:4], 0, 2).astype(float)


def save_picture(picture, path):
    height, width, _ = picture.shape
    memory = gdal.GetDriverByName("MEM").Create("", width, height, 4)
    memory.WriteArray(numpy.moveaxis(picture, 2, 0).astype("uint8"))
    gdal.GetDriverByName("PNG").CreateCopy(path, memory)
