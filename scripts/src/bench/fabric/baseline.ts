import type { SubmitterIdentity } from '@veinledger/gateway/ledger';
import type { Workload } from './workload.js';

/** Puts of an argument of a size, each under a key of its own. */
export function baseline(name: string, bytes: number, submitter: SubmitterIdentity): Workload {
  let serial = 0;
  const value = 'x'.repeat(bytes);
  return {
    ...{ name, records: 1, share: 1 },
    prepare(count) {
      const prepared = Array.from({ length: count }, () => {
        serial += 1;
        return {
          invocation: { function: 'baseline:Put', args: [`${name}-${serial}`, value], submitter },
        };
      });
      return Promise.resolve(prepared);
    },
  };
}
