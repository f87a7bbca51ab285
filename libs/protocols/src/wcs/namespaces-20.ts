/** Namespaces of WCS 2.0 documents and where their schemas are. */
export const NAMESPACES_20 = {
  'xmlns:wcs': 'http://www.opengis.net/wcs/2.0',
  'xmlns:wcseo': 'http://www.opengis.net/wcs/wcseo/1.0',
  'xmlns:ows': 'http://www.opengis.net/ows/2.0',
  'xmlns:gml': 'http://www.opengis.net/gml/3.2',
  'xmlns:gmlcov': 'http://www.opengis.net/gmlcov/1.0',
  'xmlns:swe': 'http://www.opengis.net/swe/2.0',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

/** `xsi:schemaLocation` of documents of the Earth observation profile, which hold those of the core. */
export const SCHEMA_LOCATION_20 =
  'http://www.opengis.net/wcs/2.0 http://schemas.opengis.net/wcs/2.0/wcsAll.xsd http://www.opengis.net/wcs/wcseo/1.0 http://schemas.opengis.net/wcs/wcseo/1.0/wcsEOAll.xsd';
