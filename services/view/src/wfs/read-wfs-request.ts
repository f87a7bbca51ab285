import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidError } from '#domain/errors.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { parseKvp } from '#protocols/ows/kvp.js';
import type { GeographicBounds } from '#protocols/wfs/geographic-filter.js';
import { parseWfsRequest, versionToAnswer, type GivenRequest } from '#protocols/wfs/parse-request.js';
import { xmlRequest } from '#protocols/wfs/parse-xml-request.js';
import { WfsError } from '#protocols/wfs/wfs-error.js';
import type { WfsRequest } from '#protocols/wfs/wfs-request.js';
import { parseXmlBytes } from '#protocols/xml/parse-xml.js';
import { kvpOf } from '../send-map.js';
import { MOST_BODY_BYTES, readBody } from '../read-body.js';
import { WfsFailure } from './wfs-failure.js';

/** Reads requests for features as they come by HTTP. */
@Injectable()
export class ReadWfsRequest {
  private readonly boundsOf: GeographicBounds;

  constructor(systems: CoordinateSystems) {
    this.boundsOf = (crs, bbox) => systems.geographicBounds(crs, bbox);
  }

  /** A GET. Throws WfsFailure. */
  query(http: FastifyRequest): WfsRequest {
    return this.parse({ kvp: kvpOf(http) });
  }

  /** A POST: XML, or a form. Throws WfsFailure. */
  async body(http: FastifyRequest): Promise<WfsRequest> {
    let given: GivenRequest;
    try {
      const bytes = await readBody(http.body);
      const isForm = /^application\/x-www-form-urlencoded/i.test(http.headers['content-type'] ?? '');
      given = isForm
        ? { kvp: parseKvp(Buffer.from(bytes).toString('utf8')) }
        : xmlRequest(parseXmlBytes(bytes, { size: MOST_BODY_BYTES }));
    } catch (cause) {
      throw new WfsFailure('2.0.0', cause instanceof InvalidError ? unreadable(cause) : cause);
    }
    return this.parse(given);
  }

  private parse(given: GivenRequest): WfsRequest {
    try {
      return parseWfsRequest(given, this.boundsOf);
    } catch (cause) {
      throw new WfsFailure(versionToAnswer(given.kvp), cause);
    }
  }
}

function unreadable(cause: InvalidError): WfsError {
  return cause instanceof WfsError ? cause : new WfsError(cause.message, 'OperationParsingFailed');
}
