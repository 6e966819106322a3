import { hasStanding } from '../account/standing.js';
import { type Clause, EVERY_GATE } from './clause.js';

const NOTHING_OFF: ReadonlySet<string> = new Set();

/** Who asks has standing; whose words take effect is read from the account. */
export const B1: Clause = {
  id: 'B1',
  gates: EVERY_GATE,
  forbids: ({ account, asked }) =>
    hasStanding(asked, account, NOTHING_OFF) ? [] : [`${asked.actor} has no standing here`],
};
