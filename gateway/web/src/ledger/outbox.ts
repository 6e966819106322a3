import {
  type GatewayClient,
  type Receipt,
  signCommand,
  type Statement,
  webSigner,
  withdrawWithoutToken,
} from '@veinledger/client';
import {
  DeviceError,
  type KeyOwner,
  type Opener,
  type PatientDevice,
} from '@veinledger/client/device';
import { type Notebook, noteNames } from '../device/notebook.js';
import { gatewayUrl, programme } from '../address/settings.js';
import { isRefusal } from './refused.js';

const PREFIX = 'outbox ';
/** What every member's gateway takes without a token, by any key that ever was the patient's. */
const NOES = ['consent:RefuseConsent', 'consent:WithdrawConsent'];
/** A signed command that waits for its receipt. */
export interface Outgoing {
  readonly id: string;
  readonly type: string;
  readonly jws: string;
  readonly purpose: string;
  /** when it was signed, RFC 3339: what was signed first goes first */
  readonly at: string;
}

/** Signed, and either on the ledger or kept until it is. */
export type Sent =
  | { readonly state: 'received'; readonly receipt: Receipt }
  | { readonly state: 'kept'; readonly outgoing: Outgoing };

/**
 * Signs commands and hands them in. What was signed is kept on the device until its receipt is there, and is handed in as
 * it is: the ledger writes it once, however often it comes.
 */
export class Outbox {
  readonly #device: PatientDevice;
  readonly #owner: KeyOwner;
  readonly #client: GatewayClient;
  readonly #notebook: Notebook;

  constructor(parts: {
    readonly device: PatientDevice;
    /** whose pages are open */
    readonly owner: KeyOwner;
    readonly client: GatewayClient;
    readonly notebook: Notebook;
  }) {
    this.#device = parts.device;
    this.#owner = parts.owner;
    this.#client = parts.client;
    this.#notebook = parts.notebook;
  }

  /**
   * Signs with the keys, which are opened for this alone.
   * @throws DeviceError when they stay closed, or are somebody else's by now, of another tab; GatewayProblem when the ledger refuses, and then nothing is kept
   */
  async sign(opener: Opener, statement: Statement, purpose: string): Promise<Sent> {
    const { owner, keys } = await this.#device.open(opener);
    const { actor, network } = this.#owner;
    if (owner.actor !== actor || owner.network !== network) {
      throw new DeviceError(
        'KEYS_HERE',
        `expected keys of ${actor}, found those of ${owner.actor}`,
      );
    }
    const signer = await webSigner(keys);
    const { id, type, jws } = await signCommand({ ...owner, signer }, statement);
    const outgoing = { id, type, jws, purpose, at: new Date().toISOString() };
    await this.#notebook.write(nameOf(outgoing), outgoing);
    try {
      return await this.send(outgoing);
    } catch (error) {
      await this.#notebook.forget(nameOf(outgoing));
      throw error;
    }
  }

  /** What waits for its receipt, in the order in which it was signed. */
  async waiting(): Promise<readonly Outgoing[]> {
    const kept: Outgoing[] = [];
    for (const name of await this.#notebook.names(PREFIX)) {
      const outgoing = (await this.#notebook.read(name)) as Outgoing | undefined;
      if (outgoing !== undefined) kept.push(outgoing);
    }
    return kept;
  }

  /**
   * Hands in once more what waits, as far as the gateway is reached: a no goes never before the yes that it takes back, and
   * waits for nothing that was said of another purpose. A yes that is refused waits no longer, and its question is as open as
   * it was.
   */
  async sendAll(): Promise<void> {
    const held = new Set<string>();
    for (const outgoing of await this.waiting()) {
      const { purpose } = outgoing;
      if (held.has(purpose)) continue;
      try {
        const { state } = await this.send(outgoing);
        if (state === 'kept') held.add(purpose);
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
    }
  }

  /**
   * Hands in what was signed. A no of which the patient was told that it is kept stays until the ledger has it: what refuses
   * it may be a clock, or keys that are not enrolled yet.
   * @throws GatewayProblem when the ledger refuses
   */
  async send(outgoing: Outgoing): Promise<Sent> {
    const { jws } = outgoing;
    try {
      const receipt = isNo(outgoing)
        ? await withdrawWithoutToken(gatewayUrl(), jws)
        : await this.#client.submit({ jws, annexes: {} });
      await this.#notebook.forget(nameOf(outgoing));
      return { state: 'received', receipt };
    } catch (error) {
      if (!isRefusal(error)) return { state: 'kept', outgoing };
      if (!isNo(outgoing)) await this.#notebook.forget(nameOf(outgoing));
      throw error;
    }
  }
}

/** Whether a signed command takes back or refuses something. */
export function isNo({ type }: Pick<Outgoing, 'type'>): boolean {
  return NOES.includes(type);
}

/** How much was signed here and waits for its receipt, whether or not the keys are open. */
export async function countUnsent(): Promise<number> {
  return (await noteNames(programme(), PREFIX)).length;
}

/** A name of its own, so that none takes the place of another, not of another tab either. */
function nameOf({ at, id }: Outgoing): string {
  return `${PREFIX}${at} ${id}`;
}
