const THEME = 'http://inspire.ec.europa.eu/theme/';

const ROWS = `ac Atmospheric conditions|ad Addresses|af Agricultural and aquaculture facilities|am Area management/restriction/regulation zones and reporting units
|au Administrative units|br Bio-geographical regions|bu Buildings|cp Cadastral parcels|ef Environmental monitoring facilities|el Elevation|er Energy resources
|ge Geology|gg Geographical grid systems|gn Geographical names|hb Habitats and biotopes|hh Human health and safety|hy Hydrography|lc Land cover|lu Land use
|mf Meteorological geographical features|mr Mineral resources|nz Natural risk zones|of Oceanographic geographical features|oi Orthoimagery
|pd Population distribution — demography|pf Production and industrial facilities|ps Protected sites|rs Coordinate reference systems|sd Species distribution
|so Soil|sr Sea regions|su Statistical units|tn Transport networks|us Utility and governmental services`;

const BY_TITLE = new Map(
  ROWS.split('|').map((row) => [row.trim().slice(3).toLowerCase(), THEME + row.trim().slice(0, 2)] as const),
);

/** Address of an INSPIRE spatial data theme (annexes I to III of Directive 2007/2/EC) in the registry, by its English title; undefined for no theme. */
export function inspireTheme(title: string): string | undefined {
  return BY_TITLE.get(title.toLowerCase());
}
