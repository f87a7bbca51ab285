import { z } from 'zod';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { checked } from '../checked.js';

/** What a geometry in a request may have; more positions are a mistake or an attack. */
export const GEOMETRY_LIMITS = { subject: 'geometry', maxPositions: 20_000, maxLongitude: 540 } as const;

const position = z.union([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number(), z.number()])]);
const positions = z.array(position);

const simple = [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('MultiPoint'), coordinates: positions.min(1) }),
  z.object({ type: z.literal('LineString'), coordinates: positions }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(positions) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(positions) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(positions)) }),
] as const;

// A collection holds simple geometries only: RFC 7946 §3.1.8 advises against nesting.
const collection = z.object({
  type: z.literal('GeometryCollection'),
  geometries: z.array(z.discriminatedUnion('type', simple)),
});

/** A GeoJSON geometry (RFC 7946 §3.1) in a request: valid positions and closed rings, no nested collections, at most 20 000 positions. */
export const geometrySchema = z.discriminatedUnion('type', [...simple, collection]).transform(
  checked((geometry: Geometry): Geometry => {
    checkGeometry(geometry, GEOMETRY_LIMITS);
    return geometry;
  }),
);
