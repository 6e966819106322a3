import type { SubmitterIdentity } from '@veinledger/ledger';
import type { Workload } from './workload.js';

/**
 * Transactions of the baseline's contract, each under a key of its own.
 * @param args behind the key
 */
function baseline(
  name: string,
  submitter: SubmitterIdentity,
  transaction: string,
  args: readonly string[],
): Workload {
  let serial = 0;
  return {
    ...{ name, records: 1, share: 1 },
    prepare(count) {
      const prepared = Array.from({ length: count }, () => {
        serial += 1;
        const key = `${name}-${serial}`;
        return {
          invocation: { function: `baseline:${transaction}`, args: [key, ...args], submitter },
        };
      });
      return Promise.resolve(prepared);
    },
  };
}

/** Puts of an argument of a size. */
export function puts(name: string, bytes: number, submitter: SubmitterIdentity): Workload {
  return baseline(name, submitter, 'Put', ['x'.repeat(bytes)]);
}

/** What no contract can do better that takes a signed command: small puts that carry one. */
export function carried(name: string, jws: string, submitter: SubmitterIdentity): Workload {
  return { ...baseline(name, submitter, 'Carry', [jws]), busyOnly: true };
}

/** What no hand-off can do better that keeps its records: its reads and writes, with nothing checked. */
export function unchecked(
  name: string,
  jws: string,
  submitter: SubmitterIdentity,
  known: readonly (readonly string[])[],
): Workload {
  return { ...baseline(name, submitter, 'Touch', [JSON.stringify(known), jws]), busyOnly: true };
}
