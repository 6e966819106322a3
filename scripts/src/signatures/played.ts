import {
  COMMANDS,
  type CommandSignature,
  envelopeSchema,
  parseJws,
  type Role,
} from '@veinledger/domain';
import { buildCommand, nativeSigner } from '@veinledger/client/node';
import {
  type Committed,
  openSession,
  type Person,
  type SignedMessage,
  type Submitter,
} from '../journey/index.js';

const TYP = 'vnd.veinledger.command+jws';

/** A signature that a therapy asked for. */
export interface Given {
  readonly type: string;
  readonly role: Role;
  /** `person`: by somebody's own keys; `session`: by a device, in somebody's name; `device`: by a device, in its own */
  readonly by: 'person' | 'session' | 'device';
  /** whose signature it is: the person, or the person whose device it is */
  readonly person: string;
  /** an electronic signature (21 CFR Part 11): nobody but the person gives it */
  readonly own: boolean;
  /** how many single entries it is put under: readings, things, results; at least one */
  readonly entries: number;
}

/** Enrols a device that somebody signs through. */
export type EnrolDevice = (owner: Person, id: string) => Promise<Person>;

/**
 * Hands in what people say, and keeps what was signed for it: by everybody's own keys, or, where devices are enrolled, by
 * a device whatever may be delegated, under a session that its owner opens first, and by a logger what it measures itself.
 */
export class Played implements Submitter {
  readonly network: string;
  readonly given: Given[] = [];
  readonly #ledger: Submitter;
  readonly #enrol: EnrolDevice | undefined;
  readonly #devices = new Map<string, Person>();

  constructor(ledger: Submitter, enrol?: EnrolDevice) {
    this.network = ledger.network;
    this.#ledger = ledger;
    this.#enrol = enrol;
  }

  /** @throws Error for a command that is refused, deviates or has no effect: then it is not the therapy that was meant */
  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const signature = signatureOf(message.type);
    if (this.#enrol === undefined || signature === 'own') {
      return this.#hand(person, person, message, 'person');
    }
    const by = signature === 'device' ? 'device' : 'session';
    const device = await this.#deviceOf(person, by, this.#enrol);
    return this.#hand(person, device, await signedBy(device, message), by);
  }

  async #deviceOf(owner: Person, by: 'session' | 'device', enrol: EnrolDevice): Promise<Person> {
    const id = `${owner.id}.${by === 'device' ? 'logger' : 'tablet'}`;
    const known = this.#devices.get(id);
    if (known) return known;
    const device = await enrol(owner, id);
    this.#devices.set(id, device);
    if (by === 'session') await openSession(this, owner, device, delegableTo(owner.roles));
    return device;
  }

  async #hand(
    owner: Person,
    signer: Person,
    message: SignedMessage,
    by: Given['by'],
  ): Promise<Committed> {
    const committed = await this.#ledger.submit(signer, message);
    const { type, decision, effect, deviations } = committed.receipt;
    if (decision === 'refused' || effect === 'none' || deviations.length > 0) {
      throw new Error(`expected ${type} by ${signer.id} to go as it should, found ${decision}`);
    }
    const [role] = owner.roles;
    if (!role) throw new Error(`expected a role of ${owner.id}, found none`);
    const own = signatureOf(type) === 'own';
    const entries = entriesOf(message);
    this.given.push({ type, role, by, person: owner.id, own, entries });
    return committed;
  }
}

function signatureOf(type: string): CommandSignature {
  const found = COMMANDS.find((each) => each.type === type);
  if (found) return found.signature;
  throw new Error(`expected a type of command, found ${type}`);
}

function delegableTo(roles: readonly Role[]): readonly string[] {
  return COMMANDS.filter(
    (type) =>
      type.signature === 'delegable' && type.roles.some((each: Role) => roles.includes(each)),
  ).map(({ type }) => type);
}

/** The same statement, signed by a device. */
async function signedBy(device: Person, message: SignedMessage): Promise<SignedMessage> {
  const said = envelopeSchema.parse(parseJws(message.jws, TYP).payload);
  const { network, type, at, body, lateReason, annex } = said;
  const payload = buildCommand({
    ...{ network, type, at, body, actor: device.id },
    ...(lateReason === undefined ? {} : { lateReason }),
    ...(annex === undefined ? {} : { annex }),
  });
  return { ...message, jws: await nativeSigner(device.keys).sign(payload, TYP) };
}

/** What a list in a command or in its results puts under one signature. */
const LISTS = ['readings', 'children', 'vials', 'outputs'];

function entriesOf({ jws, annexes }: SignedMessage): number {
  const { body } = envelopeSchema.parse(parseJws(jws, TYP).payload);
  const results = annexes['results'];
  const content: unknown = results === undefined ? undefined : JSON.parse(results);
  const lists = [...LISTS.map((name) => body[name]), resultsIn(content)];
  const counts = lists.map((each) => (Array.isArray(each) ? each.length : 0));
  return Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
}

/** The results that an annex's text seals. */
function resultsIn(annex: unknown): unknown {
  if (typeof annex !== 'object' || annex === null || !('content' in annex)) return undefined;
  const { content } = annex;
  return typeof content === 'object' && content !== null && 'results' in content
    ? content.results
    : undefined;
}
