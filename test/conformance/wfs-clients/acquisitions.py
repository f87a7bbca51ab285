"""What serve-acquisitions.ts publishes, and how checks are told."""
import sys

import numpy

L1C_BANDS = 'B01 B02 B03 B04 B05 B06 B07 B08 B8A B09 B10 B11 B12'.split()
L2A_BANDS = [band for band in L1C_BANDS if band != 'B10']
BOX = (399960, 5800020 - 100 * 60, 399960 + 120 * 60, 5800020)
FOOTPRINTS = 1200

failures = 0


def check(name, holds, told=''):
    global failures
    print(f'{"ok    " if holds else "FAILED"} {name}{"" if holds else f": {told}"}')
    failures += not holds


def end():
    sys.exit(1 if failures else 0)


def reflectance(bands, date):
    """Reflectances of the tile as published, rows from north to south."""
    y, x = numpy.mgrid[0:100, 0:120]
    return numpy.stack([(200 * (band + 1) + (x * 7 + y * 11 + date * 130) % 900) / 10000 for band in range(len(bands))], axis=-1)


def footprint(index):
    west, south = 6 + 0.5 * (index % 16), 47.5 + 0.5 * (index // 16 % 14)
    return west, south, west + 0.5, south + 0.5
