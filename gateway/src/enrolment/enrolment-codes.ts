import { createHmac, randomInt } from 'node:crypto';
import { actorId, mod37Check, organisationId, publicKeysSchema } from '@veinledger/domain';
import {
  ENROLMENT_ALPHABET,
  ENROLMENT_CODE_LENGTH,
  readEnrolmentCode,
} from '@veinledger/client/wire';
import { z } from 'zod';
import type { Collection } from '../state/collection.js';
import type { GatewayState } from '../state/gateway-state.js';
import { codeExpired, codeInvalid } from './refusals.js';

/** How long a patient may take to make their keys, milliseconds: they may be ill tomorrow. */
export const CODE_LIFETIME_MS = 3 * 24 * 60 * 60_000;
/** How long keys wait for a registrar, and an expired code for whoever shows it, milliseconds. */
const KEPT_AFTER_MS = 30 * 24 * 60 * 60_000;

const handedInSchema = z.strictObject({
  keys: publicKeysSchema,
  proof: z.string(),
  at: z.number(),
});

const entrySchema = z.strictObject({
  patient: actorId,
  organisation: organisationId,
  /** actor id of who issued the code */
  issuedBy: actorId,
  expiresAt: z.number(),
  /** left out until the code is used */
  handedIn: handedInSchema.exactOptional(),
});

/** Whom a code lets make keys, and what was handed in under it. */
export type EnrolmentEntry = Readonly<z.infer<typeof entrySchema>>;

type HandedIn = Readonly<Omit<z.infer<typeof handedInSchema>, 'at'>>;

export interface EnrolmentCodesParts {
  readonly state: Pick<GatewayState, 'collection'>;
  /** of the vault: what it makes lies in no backup in the clear */
  readonly sealer: { keyFor(purpose: string): Uint8Array };
  readonly now?: () => number;
}

/**
 * One-time codes by which patients' devices hand in their public keys, and what was handed in; of a code only a digest
 * is kept, under a key that lies elsewhere, since a code is short enough to be typed.
 */
export class EnrolmentCodes {
  readonly #collection: Collection<EnrolmentEntry>;
  readonly #digestKey: Uint8Array;
  readonly #now: () => number;
  /** the end of the change before, so that a code is used once */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ state, sealer, now = Date.now }: EnrolmentCodesParts) {
    this.#collection = state.collection('enrolment-codes', (value) => entrySchema.parse(value));
    this.#digestKey = sealer.keyFor('digests of enrolment codes');
    this.#now = now;
  }

  /** Issues a code; one for the same patient from before ends, and what was handed in under it with it. */
  issue(
    whom: Pick<EnrolmentEntry, 'patient' | 'organisation' | 'issuedBy'>,
  ): Promise<{ readonly code: string; readonly expiresAt: number }> {
    return this.#alone(async () => {
      const now = this.#now();
      for await (const [key, entry] of this.#collection.entries()) {
        const over = (entry.handedIn?.at ?? entry.expiresAt) + KEPT_AFTER_MS < now;
        if (over || entry.patient === whom.patient) await this.#collection.delete(key);
      }
      const code = newCode();
      const expiresAt = now + CODE_LIFETIME_MS;
      await this.#collection.put(this.#digestOf(code), { ...whom, expiresAt });
      return { code, expiresAt };
    });
  }

  /**
   * Whom an open code is for; it stays open.
   * @throws ProblemError 403 ENROLMENT_CODE_INVALID, ENROLMENT_CODE_EXPIRED
   */
  async read(typed: string): Promise<EnrolmentEntry> {
    const { entry } = await this.#find(typed);
    if (entry.handedIn) throw codeInvalid();
    this.#requireInTime(entry);
    return entry;
  }

  /**
   * Uses a code up. Once more with the same keys does nothing, since the first answer may have been lost.
   * @param check what is asked of keys for that patient; what it throws leaves the code open
   * @throws ProblemError 403 ENROLMENT_CODE_INVALID, ENROLMENT_CODE_EXPIRED
   */
  use(
    typed: string,
    handedIn: HandedIn,
    check: (entry: EnrolmentEntry) => Promise<void>,
  ): Promise<EnrolmentEntry> {
    return this.#alone(async () => {
      const { key, entry } = await this.#find(typed);
      if (entry.handedIn) {
        const { ed25519, mlDsa65 } = entry.handedIn.keys;
        const same = ed25519 === handedIn.keys.ed25519 && mlDsa65 === handedIn.keys.mlDsa65;
        if (same) return entry;
        throw codeInvalid();
      }
      this.#requireInTime(entry);
      await check(entry);
      const used = { ...entry, handedIn: { ...handedIn, at: this.#now() } };
      await this.#collection.put(key, used);
      return used;
    });
  }

  /** What was handed in for patients of a member, in no order. */
  async handedIn(organisation: string): Promise<readonly Required<EnrolmentEntry>[]> {
    const found: Required<EnrolmentEntry>[] = [];
    for await (const [, entry] of this.#collection.entries()) {
      const { handedIn } = entry;
      if (handedIn && entry.organisation === organisation) found.push({ ...entry, handedIn });
    }
    return found;
  }

  async #find(typed: string): Promise<{ readonly key: string; readonly entry: EnrolmentEntry }> {
    const code = readEnrolmentCode(typed);
    const key = code === undefined ? undefined : this.#digestOf(code);
    const entry = key === undefined ? undefined : await this.#collection.get(key);
    if (key === undefined || entry === undefined) throw codeInvalid();
    return { key, entry };
  }

  #requireInTime({ expiresAt }: EnrolmentEntry): void {
    const now = this.#now();
    if (expiresAt < now) throw codeExpired(expiresAt, now);
  }

  #digestOf(code: string): string {
    return createHmac('sha256', this.#digestKey).update(code).digest('base64url');
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Whose check character is one of the alphabet too. */
function newCode(): string {
  for (;;) {
    const characters = Array.from({ length: ENROLMENT_CODE_LENGTH - 1 }, () =>
      ENROLMENT_ALPHABET.charAt(randomInt(ENROLMENT_ALPHABET.length)),
    ).join('');
    const check = mod37Check(characters);
    if (ENROLMENT_ALPHABET.includes(check)) return characters + check;
  }
}
