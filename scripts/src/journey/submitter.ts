import type { CommandRecord, JwsAlgorithm, Role } from '@veinledger/domain';
import {
  type ActorKeys,
  nativeSigner,
  signCommand,
  type SignedCommand,
  type Statement,
} from '@veinledger/client/node';

/** Somebody who acts in a therapy, with the keys that only they hold. */
export interface Person {
  readonly id: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly keys: ActorKeys;
}

/** What a person wants the ledger to know. */
export type Message = Statement;

/** A command signed by its actor, with the annexes that travel beside it. */
export type SignedMessage = Pick<SignedCommand, 'type' | 'jws' | 'annexes'>;

/** The receipt of a committed command, and the block that holds it. */
export interface Committed {
  readonly receipt: CommandRecord;
  readonly block: number;
}

/** Where signed commands are handed in: a ledger itself, or a gateway over HTTP. */
export interface Submitter {
  readonly network: string;
  submit(person: Person, message: SignedMessage): Promise<Committed>;
}

/** Signs a message with its person's keys and hands it in. */
export async function send(
  submitter: Submitter,
  person: Person,
  message: Message,
  algorithms?: readonly JwsAlgorithm[],
): Promise<Committed> {
  return submitter.submit(
    person,
    await signMessage(submitter.network, person, message, algorithms),
  );
}

/** Signs a message with its person's keys, both of them where no algorithms are named. */
export function signMessage(
  network: string,
  person: Pick<Person, 'id' | 'keys'>,
  message: Message,
  algorithms?: readonly JwsAlgorithm[],
): Promise<SignedMessage> {
  const author = { network, actor: person.id, signer: nativeSigner(person.keys) };
  return signCommand(algorithms ? { ...author, algorithms } : author, message);
}
