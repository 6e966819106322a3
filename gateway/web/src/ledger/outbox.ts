import {
  type GatewayClient,
  GatewayProblem,
  isProblem,
  type Receipt,
  signCommand,
  type Statement,
  webSigner,
  withdrawWithoutToken,
} from '@veinledger/client';
import type { Opener, PatientDevice } from '@veinledger/client/device';
import type { Notebook } from '../device/notebook.js';
import { gatewayUrl } from '../address/settings.js';
import { isUnreachable } from './remembered.js';

const PREFIX = 'outbox ';
/** What every member's gateway takes without a token, by any key that ever was the patient's. */
const NOES = ['consent:RefuseConsent', 'consent:WithdrawConsent'];
/** Answers after which the same command may yet succeed. */
const TRY_AGAIN = 500;

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
  readonly #client: GatewayClient;
  readonly #notebook: Notebook;

  constructor(parts: {
    readonly device: PatientDevice;
    readonly client: GatewayClient;
    readonly notebook: Notebook;
  }) {
    this.#device = parts.device;
    this.#client = parts.client;
    this.#notebook = parts.notebook;
  }

  /**
   * Signs with the keys, which are opened for this alone.
   * @throws DeviceError when they stay closed; GatewayProblem when the ledger refuses
   */
  async sign(opener: Opener, statement: Statement, purpose: string): Promise<Sent> {
    const { owner, keys } = await this.#device.open(opener);
    const signer = await webSigner(keys);
    const { id, type, jws } = await signCommand({ ...owner, signer }, statement);
    const outgoing = { id, type, jws, purpose, at: new Date().toISOString() };
    await this.#notebook.write(nameOf(outgoing), outgoing);
    return this.send(outgoing);
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
   * Hands in once more what waits, as far as the gateway is reached: a no goes never before the yes that it takes back.
   * What is refused waits no longer, and its question is as open as it was.
   */
  async sendAll(): Promise<void> {
    for (const outgoing of await this.waiting()) {
      try {
        const { state } = await this.send(outgoing);
        if (state === 'kept') return;
      } catch (error) {
        if (!(error instanceof GatewayProblem)) throw error;
      }
    }
  }

  /**
   * Hands in what was signed.
   * @throws GatewayProblem when the ledger refuses
   */
  async send(outgoing: Outgoing): Promise<Sent> {
    const { type, jws } = outgoing;
    try {
      const receipt = NOES.includes(type)
        ? await withdrawWithoutToken(gatewayUrl(), jws)
        : await this.#client.submit({ jws, annexes: {} });
      await this.#notebook.forget(nameOf(outgoing));
      return { state: 'received', receipt };
    } catch (error) {
      if (isUnreachable(error) || mayYetSucceed(error)) return { state: 'kept', outgoing };
      await this.#notebook.forget(nameOf(outgoing));
      throw error;
    }
  }
}

/** A name of its own, so that none takes the place of another, not of another tab either. */
function nameOf({ at, id }: Outgoing): string {
  return `${PREFIX}${at} ${id}`;
}

function mayYetSucceed(error: unknown): boolean {
  if (isProblem(error, 'RATE_LIMITED')) return true;
  return error instanceof GatewayProblem && error.status >= TRY_AGAIN;
}
