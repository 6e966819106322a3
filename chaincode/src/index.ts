import { readFileSync } from 'node:fs';
import { type ContractClass, contractsWith, systemClock } from './contracts/index.js';
import { assertNativeMlDsa, inThreadVerifier } from './crypto/index.js';
import { readConsortiumRoot } from '@veinledger/domain';

/** The environment variable that names the consortium root's file. */
const ROOT_VARIABLE = 'VEINLEDGER_ROOT';

function load(): ContractClass[] {
  const file = process.env[ROOT_VARIABLE];
  if (file === undefined) {
    throw new Error(`${ROOT_VARIABLE}: expected the path of the consortium root, found nothing`);
  }
  assertNativeMlDsa();
  const root = readConsortiumRoot(JSON.parse(readFileSync(file, 'utf8')));
  return contractsWith({ root, verifier: inThreadVerifier, clock: systemClock });
}

/** What fabric-shim loads. */
export const contracts = load();
