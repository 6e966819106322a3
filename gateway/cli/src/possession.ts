import { possessionStatement, type Role } from '@veinledger/domain';
import { type ActorKeys, nativeSigner } from '@veinledger/client/node';

/** Who is to be enrolled. */
export interface Newcomer {
  readonly id: string;
  readonly roles: readonly Role[];
}

/** The body of an enrolment: roles, public keys, and the new keys' proof of possession. */
export async function enrolmentBody(network: string, actor: Newcomer, keys: ActorKeys) {
  return {
    actor: actor.id,
    kind: 'person',
    roles: actor.roles,
    ...(await provenKeys(network, actor.id, keys)),
  };
}

/** Public keys with the proof that their holder has both, as enrolment and a change of keys ask for them. */
export async function provenKeys(network: string, actor: string, keys: ActorKeys) {
  const statement = possessionStatement(network, actor);
  const proof = await nativeSigner(keys).sign(statement, 'vnd.veinledger.possession+jws');
  return { keys: keys.public, proof };
}
