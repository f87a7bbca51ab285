import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PYTHON = '/usr/bin/python3';

/** Whether GDAL's Python bindings are here; where CI is, they have to be. `what` is skipped without them. */
export function hasGdal(what: string): boolean {
  try {
    return execFileSync(PYTHON, ['-c', 'from osgeo import gdal']).length === 0;
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    process.stdout.write(`Skipped: ${what}; GDAL's Python bindings are missing.\n`);
    return false;
  }
}

/** Runs a Python program with GDAL once for everything asked: it finds that as `asked`, and writes its answer to `out`, a file opened for bytes. */
export function runGdal(program: string, asked: unknown): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'gdal-'));
  try {
    const [list, out] = [join(folder, 'asked.json'), join(folder, 'answer.bin')];
    writeFileSync(list, JSON.stringify(asked));
    execFileSync(PYTHON, ['-c', PREAMBLE + program, list, out]);
    return Uint8Array.from(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PREAMBLE = `
import sys, json, numpy as np
from osgeo import gdal, osr
gdal.UseExceptions()
asked, out = json.load(open(sys.argv[1])), open(sys.argv[2], 'wb')
def srs(text):
    s = osr.SpatialReference()
    s.SetFromUserInput(text)
    s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return s
`;
