import { instant, organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { notReady } from '../health/not-ready.js';
import type { Readiness } from '../health/readiness.js';
import type { ExpiringIdentity } from '../identities/wallet.js';
import { found } from '../operation/answer.js';
import type { PublicOperation } from '../operation/operation.js';

const status = (word: string) => z.strictObject({ status: z.literal(word) });

/** Ready, with the identities that end soon where there are any. */
const ready = z.strictObject({
  status: z.literal('ready'),
  expiring: z.exactOptional(
    z.array(z.strictObject({ member: organisationId, label: z.string(), until: instant })),
  ),
});

/** What needs no token: health, and the OpenAPI document. */
export function publicOperations(
  readiness: Pick<Readiness, 'missing'>,
  document: () => object,
  expiring: () => readonly ExpiringIdentity[],
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
      summary:
        'Whether the gateway can serve: it reaches the ledger, can write, may speak, and is not stopping',
      answers: { 200: { description: 'It can', schema: ready } },
      handle: async () => {
        const missing = await readiness.missing();
        if (missing.length > 0) throw notReady(missing);
        const ending = expiring();
        return found({ status: 'ready', ...(ending.length === 0 ? {} : { expiring: ending }) });
      },
    },
    {
      ...common,
      path: '/v1/openapi.json',
      id: 'openapi',
      compression: 'public',
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
