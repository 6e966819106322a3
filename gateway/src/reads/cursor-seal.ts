import { randomBytes } from 'node:crypto';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import type { GatewayState } from '../state/gateway-state.js';

/** Direct encryption with a key of 256 bits (RFC 7518, sections 4.5 and 5.3): what a cursor says is nobody's affair. */
const PROTECTED = { alg: 'dir', enc: 'A256GCM' } as const;
const KEY_BYTES = 32;
const COLLECTION = 'cursors';
const KEY = 'key';

/** The most characters that a cursor has. */
export const MAX_CURSOR_LENGTH = 2048;

const sealed = z.strictObject({ query: z.string(), caller: z.string(), place: z.string() });

/** What a page was asked for, and by whom: its cursor leads on in no other list, and for nobody else. */
export interface Asking {
  readonly query: object;
  /** actor id */
  readonly caller: string;
}

/** Makes cursors of a list's places, and places of cursors. */
export class CursorSeal {
  readonly #key: Uint8Array;

  private constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** With the key that the gateway keeps, so that cursors outlive a restart. */
  static async open(state: GatewayState): Promise<CursorSeal> {
    const collection = state.collection(COLLECTION, (value) => z.base64url().parse(value));
    const kept = await collection.get(KEY);
    if (kept !== undefined) return new CursorSeal(Buffer.from(kept, 'base64url'));
    const key = randomBytes(KEY_BYTES);
    await collection.put(KEY, key.toString('base64url'));
    return new CursorSeal(key);
  }

  seal(place: string, { query, caller }: Asking): Promise<string> {
    const content = JSON.stringify({ query: digestOf(query), caller, place });
    return new CompactEncrypt(Buffer.from(content))
      .setProtectedHeader(PROTECTED)
      .encrypt(this.#key);
  }

  /**
   * The place that a cursor stands for.
   * @throws ProblemError CURSOR_INVALID when this gateway did not make it, CURSOR_FOREIGN when it made it for another
   * list, other filters or another caller
   */
  async place(cursor: string, { query, caller }: Asking): Promise<string> {
    const content = await this.#open(cursor);
    if (content.query === digestOf(query) && content.caller === caller) return content.place;
    throw cursorProblem('CURSOR_FOREIGN', 'the cursor belongs to another list or another caller');
  }

  async #open(cursor: string): Promise<z.output<typeof sealed>> {
    try {
      const { plaintext } = await compactDecrypt(cursor, this.#key, {
        keyManagementAlgorithms: [PROTECTED.alg],
        contentEncryptionAlgorithms: [PROTECTED.enc],
      });
      return sealed.parse(JSON.parse(Buffer.from(plaintext).toString()));
    } catch {
      throw cursorProblem('CURSOR_INVALID', 'the cursor is none that this gateway gave');
    }
  }
}

function digestOf(query: object): string {
  return sha256Base64url(canonicalise(query));
}

function cursorProblem(code: string, detail: string): ProblemError {
  const expected = 'the member next of the page before, asked for in the same way';
  return new ProblemError({ status: 400, code, detail, field: 'query.cursor', expected });
}
