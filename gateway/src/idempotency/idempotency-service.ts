import { createHmac } from 'node:crypto';
import { canonicalise } from '@veinledger/domain';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import type { Answer } from '../operation/answer.js';
import type { Collection } from '../state/collection.js';
import type { GatewayState } from '../state/gateway-state.js';
import { giveAgain, keepAnswer, type KeptAnswer, keepProblem, readKept } from './kept-answer.js';
import { readIdempotencyKey } from './key.js';

/** How long an answer is kept, milliseconds. */
export const KEPT_MS = 24 * 3600 * 1000;

const entrySchema = z.strictObject({
  /** when the request came, ms since 1970 */
  at: z.int(),
  /** HMAC-SHA-256 of what was asked, under a key that lies in no backup in the clear */
  request: z.string(),
  /** the answer, sealed: receipts hold pseudonyms; left out while the request is under way */
  answer: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;

/** Encrypts what the gateway keeps on disk, and has keys of its own for its digests. */
export interface Sealer {
  keyFor(purpose: string): Uint8Array;
  seal(text: string): Promise<string>;
  open(sealed: string): Promise<string>;
}

/** A request that carries an idempotency key. */
export interface KeyedRequest {
  /** the header's value */
  readonly header: string;
  /** who calls, and in which roles */
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * Does what one caller asks under one key once, and gives the same answer again for 24 hours, also after a restart.
 * On disk stand keyed digests of key and request, and the answer encrypted. What was under way when the gateway was killed
 * is done again when it is asked again: a command is then found by its own id.
 */
export class IdempotencyService {
  readonly #collection: Collection<Entry>;
  readonly #sealer: Sealer;
  readonly #underWay = new Set<string>();
  readonly #digestKey: Uint8Array;

  constructor(state: GatewayState, sealer: Sealer) {
    this.#collection = state.collection('idempotency-keyed', (value) => entrySchema.parse(value));
    this.#sealer = sealer;
    this.#digestKey = sealer.keyFor('digests of requests under an idempotency key');
  }

  /**
   * The answer to a request: the kept one, or that of doing the work now.
   * @throws ProblemError 400 IDEMPOTENCY_KEY_MALFORMED, 409 IDEMPOTENCY_KEY_IN_USE while the first request is under
   *   way, 422 IDEMPOTENCY_KEY_REUSED for another request; and what the work throws
   */
  async once(asked: KeyedRequest, work: () => Promise<Answer>): Promise<Answer> {
    const key = readIdempotencyKey(asked.header);
    const place = this.#digest('place', asked.caller, key);
    const { method, path, body = null } = asked;
    const request = this.#digest('request', method, path, body);
    if (this.#underWay.has(place)) throw inUse();
    this.#underWay.add(place);
    try {
      const kept = await this.#kept(place, request);
      if (kept !== undefined) return giveAgain(kept);
      await this.#collection.put(place, { at: Date.now(), request });
      return await this.#answer(place, request, work);
    } finally {
      this.#underWay.delete(place);
    }
  }

  /** Forgets answers that are older than they are kept. */
  async sweep(now = Date.now()): Promise<number> {
    const old: [string, undefined][] = [];
    for await (const [place, { at }] of this.#collection.entries()) {
      if (now - at > KEPT_MS && !this.#underWay.has(place)) old.push([place, undefined]);
    }
    if (old.length > 0) await this.#collection.change(old);
    return old.length;
  }

  /** Whoever reads the disk or a backup can try no passphrase, no name and no result against it. */
  #digest(...what: readonly unknown[]): string {
    return createHmac('sha256', this.#digestKey).update(canonicalise(what)).digest('base64url');
  }

  async #kept(place: string, request: string): Promise<KeptAnswer | undefined> {
    const entry = await this.#collection.get(place);
    if (entry === undefined || Date.now() - entry.at > KEPT_MS) return undefined;
    if (entry.request !== request) throw reused();
    if (entry.answer === undefined) return undefined;
    // sealed by another vault's key, after a restore: what was done is found by the command's own id
    const answer = await this.#sealer.open(entry.answer).catch(() => undefined);
    return answer === undefined ? undefined : readKept(answer);
  }

  async #answer(place: string, request: string, work: () => Promise<Answer>): Promise<Answer> {
    let kept: KeptAnswer | undefined;
    try {
      const answer = await work();
      kept = keepAnswer(answer);
      return answer;
    } catch (error) {
      kept = keepProblem(error);
      throw error;
    } finally {
      // what was done stays done when it cannot be kept: the answer goes out, and the same again is done anew
      await this.#keep(place, request, kept).catch(() => undefined);
    }
  }

  async #keep(place: string, request: string, kept: KeptAnswer | undefined): Promise<void> {
    if (kept === undefined) {
      await this.#collection.delete(place);
      return;
    }
    const answer = await this.#sealer.seal(JSON.stringify(kept));
    await this.#collection.put(place, { at: Date.now(), request, answer });
  }
}

function inUse(): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'IDEMPOTENCY_KEY_IN_USE',
    detail: 'the first request under this key is not answered yet',
    field: 'idempotency-key',
    headers: { 'retry-after': '1' },
  });
}

function reused(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'IDEMPOTENCY_KEY_REUSED',
    detail: 'the key was used for another request',
    field: 'idempotency-key',
  });
}
