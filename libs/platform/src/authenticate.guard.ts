import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { UnauthenticatedError } from '#domain/errors.js';
import { OperatorToken } from './operator-token.js';

const OPERATOR_ONLY = 'frombork:operator-only';

/** Marks a route (or a controller) as one that only operators may call: everything that writes. */
export const OperatorOnly = (): MethodDecorator & ClassDecorator => SetMetadata(OPERATOR_ONLY, true);

/** The one guard: lets public routes through and asks operator routes for `Authorization: Bearer <operator token>` (or Basic with it as password). Sign-in extends it. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly operatorToken: OperatorToken,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const operatorOnly = this.reflector.getAllAndOverride<boolean | undefined>(OPERATOR_ONLY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (operatorOnly !== true) return true;
    requireOperator(context.switchToHttp().getRequest<FastifyRequest>(), this.operatorToken);
    return true;
  }
}

/** The same for a route that serves readers and operators alike, once it is known what is asked. Throws UnauthenticatedError. */
export function requireOperator(request: Pick<FastifyRequest, 'headers'>, operatorToken: OperatorToken): void {
  const given = credentialOf(request.headers.authorization);
  if (given !== undefined && operatorToken.matches(given)) return;
  throw new UnauthenticatedError('This needs the operator token: send "Authorization: Bearer <token>".', {
    subject: 'Authorization',
  });
}

function credentialOf(header: string | undefined): string | undefined {
  const [scheme, value] = header?.split(' ', 2) ?? [];
  if (value === undefined) return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}
