import type { CommandRecord, Role } from '@veinledger/chaincode/domain';
import { type ActorKeys, buildCommand, nativeSigner, sealAnnex } from '@veinledger/gateway/client';

/** Somebody who acts in a therapy, with the keys that only they hold. */
export interface Person {
  readonly id: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly keys: ActorKeys;
}

/** What a person wants the ledger to know. */
export interface Message {
  readonly type: string;
  readonly body: unknown;
  /** contents by the annex's name */
  readonly annexes?: Readonly<Record<string, unknown>>;
  readonly at?: string;
  readonly lateReason?: string;
}

/** A command signed by its actor, with the annexes that travel beside it. */
export interface SignedMessage {
  readonly type: string;
  readonly jws: string;
  /** texts by the annex's name */
  readonly annexes: Readonly<Record<string, string>>;
}

/** The receipt of a committed command, and the block that holds it. */
export interface Committed {
  readonly receipt: CommandRecord;
  readonly block: number;
}

/** Where signed commands are handed in: a ledger itself, or a gateway over HTTP. */
export interface Desk {
  readonly network: string;
  submit(person: Person, message: SignedMessage): Promise<Committed>;
}

/** Signs a message with its person's keys and hands it in. */
export async function send(desk: Desk, person: Person, message: Message): Promise<Committed> {
  return desk.submit(person, await signMessage(desk.network, person, message));
}

/** Signs a message with its person's keys. */
export async function signMessage(
  network: string,
  person: Pick<Person, 'id' | 'keys'>,
  message: Message,
): Promise<SignedMessage> {
  const sealed = Object.entries(message.annexes ?? {}).map(
    ([name, content]) => [name, sealAnnex(content)] as const,
  );
  const payload = buildCommand({
    network,
    type: message.type,
    actor: person.id,
    body: message.body,
    ...(sealed.length === 0
      ? {}
      : { annex: Object.fromEntries(sealed.map(([name, { digest }]) => [name, digest])) }),
    ...(message.at === undefined ? {} : { at: message.at }),
    ...(message.lateReason === undefined ? {} : { lateReason: message.lateReason }),
  });
  return {
    type: message.type,
    jws: await nativeSigner(person.keys).sign(payload, 'vnd.veinledger.command+jws'),
    annexes: Object.fromEntries(sealed.map(([name, { text }]) => [name, text])),
  };
}
