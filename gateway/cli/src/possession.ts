import {
  type ActorKind,
  base64urlToBytes,
  LONE_ROLES,
  personDigest,
  possessionStatement,
  type Role,
} from '@veinledger/domain';
import { type ActorKeys, nativeSigner } from '@veinledger/client/node';

/** Who is to be enrolled. */
export interface Newcomer {
  readonly id: string;
  readonly roles: readonly Role[];
  /** of who speaks in a patient's place: whose */
  readonly patient?: string;
  /** keyed digest of the natural person; where it is left out, everybody is a person of their own */
  readonly person?: string;
  /** the id of the key under which that digest is made */
  readonly personKey?: string;
}

/** The body of an enrolment: roles, public keys, and the new keys' proof of possession. */
export async function enrolmentBody(
  network: string,
  actor: Newcomer,
  keys: ActorKeys,
  kind: ActorKind = 'person',
) {
  const staff = kind === 'person' && !LONE_ROLES.some((each) => actor.roles.includes(each));
  return {
    actor: actor.id,
    kind,
    roles: actor.roles,
    ...(actor.patient === undefined ? {} : { patient: actor.patient }),
    ...(staff ? { person: actor.person ?? unnamedPerson(network, actor.id) } : {}),
    ...(staff && actor.personKey !== undefined ? { personKey: actor.personKey } : {}),
    ...(await provenKeys(network, actor.id, keys)),
  };
}

/** Somebody of whom nothing is known but the actor: under no secret, since it tells no more than the actor's id. */
function unnamedPerson(network: string, actor: string): string {
  const key = base64urlToBytes(network, 'network');
  return personDigest(key, { authority: 'veinledger', licence: actor });
}

/** Public keys with the proof that their holder has both, as enrolment and a change of keys ask for them. */
export async function provenKeys(network: string, actor: string, keys: ActorKeys) {
  const statement = possessionStatement(network, actor);
  const proof = await nativeSigner(keys).sign(statement, 'vnd.veinledger.possession+jws');
  return { keys: keys.public, proof };
}
