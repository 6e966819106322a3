import { batchOf } from '../account/things.js';
import type { Clause } from './clause.js';

/** A recall stops doses that are not yet given. */
export const D2: Clause = {
  id: 'D2',
  gates: ['review', 'certification', 'dose'],
  forbids: ({ account, upstream }) =>
    account
      .of('manufacturing:RecallBatch')
      .filter(({ body }) => upstream.has(batchOf(body.coi, body.batch)))
      .map(({ body }) => `batch ${body.batch} is recalled`),
};
