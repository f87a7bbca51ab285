const BY_EXTENSION: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  safe: 'application/xml',
  gml: 'application/gml+xml',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  jp2: 'image/jp2',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  kml: 'application/vnd.google-earth.kml+xml',
  nc: 'application/x-netcdf',
  zip: 'application/zip',
};

/** Media type of a file by its name. HTML inside products is deliberately not named: it must not run on our host. */
export function mediaTypeOf(fileName: string): string {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return BY_EXTENSION[extension] ?? 'application/octet-stream';
}
