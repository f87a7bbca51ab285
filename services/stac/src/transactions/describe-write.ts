import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { bodySchema } from '#protocols/stac/describe-operation.js';
import type { Operation } from '#protocols/stac/stac-feature.js';
import { TRANSACTIONS } from '#protocols/stac/transactions-feature.js';

/** Describes a route of the transactions as the API's own description does: media types, conditions and every status. */
export function DescribeWrite(method: 'post' | 'put' | 'patch' | 'delete', path: string): MethodDecorator {
  const operation: Operation | undefined = TRANSACTIONS.paths[path]?.[method];
  if (operation === undefined) throw new RangeError(`There is no ${method} of ${path}.`);
  const { summary, body, bodyTypes = [], answers = {}, isConditional = false } = operation;
  return applyDecorators(
    ApiOperation({ summary }),
    ...Object.entries(answers).map(([status, description]) => ApiResponse({ status: Number(status), description })),
    ...(body === undefined ? [] : [ApiConsumes(...bodyTypes), ApiBody({ schema: bodySchema(body) })]),
    ...(isConditional ? ['If-Match', 'If-None-Match'].map((name) => ApiHeader({ name, required: false })) : []),
  );
}
