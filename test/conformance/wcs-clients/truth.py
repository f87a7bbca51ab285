"""The samples the served coverages are made of (serve-coverages.ts), and how checks tell what they found."""

import sys

import numpy

WCS, PICTURES = sys.argv[1:3]
SIDE = 128
# Identifier, system, outer upper left corner in x and y, and the size of a cell.
DEGREES = ("S2A_MSIL2A_20240521T100031_T39UUR", "EPSG:4326", (50, 51), 0.0078125)
METRES = ("S2A_MSIL1C_20240524T100031_T33UUU", "EPSG:32633", (399960, 5800020), 60)
COVERAGES = (DEGREES, METRES)
BANDS = ("B02", "B03", "B04")
# Of matrix 12 of UTM33WGS84Quad: layer, system, corner, cell, cells each way.
MATRIX_CELL = 20003931.4586255 / 256 / 2**11
PICTURE = (
    "pictures", "EPSG:32633", (-9501965.72931276 + (1013 * 256 + 100) * MATRIX_CELL, 20003931.4586255 - (1454 * 256 + 100) * MATRIX_CELL),
    MATRIX_CELL, 3 * SIDE,
)
failures = 0


def samples(band):
    """All of a band, its rows from north to south."""
    y, x = numpy.mgrid[0:SIDE, 0:SIDE]
    return (1 + (x * 3 + y * 2 + band * 17) % 5000).astype(numpy.uint16)


def picture_samples(band):
    y, x = numpy.mgrid[0 : 3 * SIDE, 0 : 3 * SIDE]
    return (1 + (x * 3 + y * 2 + band * 31 + 3 * 17) % 250).astype(numpy.uint8)


def box(corner, cell, columns, rows):
    """The outer edges of a window of cells: west, south, east, north."""
    (x, y), (first, last), (top, bottom) = corner, columns, rows
    return x + first * cell, y - bottom * cell, x + last * cell, y - top * cell


def check(what, holds, found=""):
    global failures
    failures += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {what}{'' if holds else f': {found}'}")


def done():
    sys.exit(min(failures, 1))
