import { z } from 'zod';
import type { Ledger } from '../ledger/port.js';
import { ProblemError } from '../problems/problem.js';
import { found } from './answer.js';
import type { PublicOperation } from './operation.js';

const status = (word: string) => z.strictObject({ status: z.literal(word) });

/** What needs no token: health, and the OpenAPI document. */
export function publicOperations(
  ledger: Pick<Ledger, 'height'>,
  document: () => object,
): readonly PublicOperation[] {
  const common = { access: 'public', method: 'get', parameters: {}, caching: 'never' } as const;
  return [
    {
      ...common,
      path: '/health/live',
      id: 'live',
      tag: 'health',
      summary: 'Whether the gateway answers',
      answers: { 200: { description: 'It does', schema: status('live') } },
      handle: () => Promise.resolve(found({ status: 'live' })),
    },
    {
      ...common,
      path: '/health/ready',
      id: 'ready',
      tag: 'health',
      summary: 'Whether the gateway reaches the ledger',
      answers: { 200: { description: 'It does', schema: status('ready') } },
      handle: async () => {
        await requireLedger(ledger);
        return found({ status: 'ready' });
      },
    },
    {
      ...common,
      path: '/v1/openapi.json',
      id: 'openapi',
      tag: 'health',
      summary: 'This document',
      answers: {
        200: {
          description: 'OpenAPI 3.1',
          schema: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
        },
      },
      handle: () => Promise.resolve(found(document())),
    },
  ];
}

async function requireLedger(ledger: Pick<Ledger, 'height'>): Promise<void> {
  try {
    await ledger.height();
  } catch (cause) {
    const details = { status: 503, code: 'NOT_READY', detail: 'the ledger cannot be reached' };
    throw new ProblemError(details, { cause });
  }
}
