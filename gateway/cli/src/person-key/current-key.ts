import type { KeyShare, PersonKey } from '@veinledger/domain';
import { GatewayProblem } from '@veinledger/client/node';
import { CliError } from '../complaint.js';
import type { Session } from '../session.js';
import { ownIdentity } from './age-identity.js';
import { openCopy } from './copies.js';

/** The person key as the ledger knows it; undefined before one is shared. */
export async function currentKey(session: Session, as: string): Promise<PersonKey | undefined> {
  return (await readIfThere(session, as, '/v1/person-key')) as PersonKey | undefined;
}

/** For whom a registrar's copies are sealed; undefined before they said so. */
export async function shareOf(
  session: Session,
  as: string,
  registrar: string,
): Promise<KeyShare | undefined> {
  const path = `/v1/actors/${encodeURIComponent(registrar)}/key-share`;
  return (await readIfThere(session, as, path)) as KeyShare | undefined;
}

/**
 * The person key itself, from the registrar's own copy.
 * @returns 32 bytes
 * @throws CliError NOT_A_HOLDER where no copy of the current one is sealed to them, and as {@link openCopy}
 */
export async function openKey(
  session: Session,
  registrar: string,
  { id }: Pick<PersonKey, 'id'>,
): Promise<Uint8Array> {
  const { network } = await session.root();
  const share = await shareOf(session, registrar, registrar);
  if (share?.sealed?.key !== id) {
    throw new CliError('NOT_A_HOLDER', 'no copy of the current key is sealed to the registrar', {
      expected: `a copy of ${id}: 'share-person-key ${registrar}' by who holds it`,
      found: share?.sealed?.key ?? 'none',
    });
  }
  return openCopy(network, await ownIdentity(session, registrar), share.sealed);
}

async function readIfThere(session: Session, as: string, path: string): Promise<unknown> {
  try {
    return await session.read(as, path);
  } catch (error) {
    if (error instanceof GatewayProblem && error.status === 404) return undefined;
    throw error;
  }
}
