import proj4 from 'proj4';
import { InvalidError } from '#domain/errors.js';
import { crsDefinition } from './crs-definitions.js';

/** A position in x/y order. */
export type Point = readonly [x: number, y: number];

/** Maps positions of one CRS to another; undefined where a position does not transform. */
export type MapPoint = (x: number, y: number) => Point | undefined;

/** Both directions between two CRSs. */
export interface CoordinateTransform {
  readonly forward: MapPoint;
  readonly inverse: MapPoint;
}

const transforms = new Map<string, CoordinateTransform>();
const projections = new Map<string, ReturnType<typeof proj4.Proj>>();

/** The transform between two CRSs, made once. Throws InvalidError for CRSs without a definition. */
export function coordinateTransform(from: string, to: string): CoordinateTransform {
  const key = `${from} ${to}`;
  let made = transforms.get(key);
  if (made === undefined) {
    const [source, target] = [definitionOf(from).proj, definitionOf(to).proj];
    made = source === target ? IDENTITY : { forward: mapPoint(source, target), inverse: mapPoint(target, source) };
    transforms.set(key, made);
  }
  return made;
}

/** The definition of a CRS. Throws InvalidError where there is none. */
export function definitionOf(crs: string) {
  const definition = crsDefinition(crs);
  if (definition === undefined) {
    throw new InvalidError(`The coordinate reference system ${crs} is not supported`, { subject: crs });
  }
  return definition;
}

const IDENTITY: CoordinateTransform = { forward: (x, y) => [x, y], inverse: (x, y) => [x, y] };

function mapPoint(from: string, to: string): MapPoint {
  const [source, target] = [projection(from), projection(to)];
  const degrees = from.startsWith('+proj=longlat');
  return (x, y) => {
    if (degrees && Math.abs(y) > 90) return undefined;
    try {
      // With a z the library neither copies nor deletes one.
      const point = proj4.transform(source, target, { x, y, z: 0 });
      return point !== undefined && Number.isFinite(point.x) && Number.isFinite(point.y)
        ? [point.x, point.y]
        : undefined;
    } catch {
      return undefined; // Out of the projection's domain.
    }
  };
}

function projection(definition: string) {
  let made = projections.get(definition);
  if (made === undefined) projections.set(definition, (made = proj4.Proj(definition)));
  return made;
}
