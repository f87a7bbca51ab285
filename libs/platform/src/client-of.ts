import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FairClient } from './fair-queue.js';

type Asking = Pick<FastifyRequest, 'headers' | 'ip'>;

/**
 * Who a request is from: the address, and the user within it where credentials name one (nobody has checked them, so they never count for more than a
 * part of their address). `proxies`: how many of our own stand in front, each of which appended the address it saw to X-Forwarded-For.
 */
export function clientOf(request: Asking, proxies: number): FairClient {
  return { group: networkOf(addressOf(request, proxies)), name: userOf(request.headers.authorization) };
}

function addressOf({ headers, ip }: Asking, proxies: number): string {
  if (proxies === 0) return ip;
  const seen = String(headers['x-forwarded-for'] ?? '').split(',');
  return seen.at(-proxies)?.trim() || ip;
}

/** One line has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  const text = address.slice(0, 64).toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!text.includes(':')) return text;
  const [head = '', tail] = text.split('::');
  const before = head.split(':');
  const missing = 8 - before.length - (tail === undefined || tail === '' ? 0 : tail.split(':').length);
  const groups = tail === undefined ? before : [...before, ...Array<string>(Math.max(missing, 0)).fill('0')];
  return groups.slice(0, 4).join(':');
}

function userOf(authorization: string | undefined): string {
  const [scheme = '', value = ''] = authorization?.split(' ', 2) ?? [];
  if (value === '') return '';
  const isBasic = scheme.toLowerCase() === 'basic';
  const named = isBasic ? (Buffer.from(value, 'base64').toString().split(':', 1)[0] ?? '') : value;
  return createHash('sha256').update(named).digest('base64url').slice(0, 16);
}
