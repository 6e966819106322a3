import { type GatewayClient, GatewayTimeout, GatewayUnreachable } from '@veinledger/client';
import type { Notebook } from '../device/notebook.js';

/** What was read, and when. */
export interface AsOf<T> {
  readonly value: T;
  /** RFC 3339 */
  readonly at: string;
  /** whether it comes from this device, since the gateway was not reached */
  readonly offline: boolean;
}

/** Reads that are remembered on the device, so that what was known last is there off line. */
export class Remembered {
  readonly #client: GatewayClient;
  readonly #notebook: Notebook;

  constructor(client: GatewayClient, notebook: Notebook) {
    this.#client = client;
    this.#notebook = notebook;
  }

  /**
   * What a read answers now, or answered last where the gateway cannot be reached.
   * @param name under which it is remembered
   * @throws what the read throws, where nothing is remembered or the gateway answered
   */
  async read<T>(name: string, read: (client: GatewayClient) => Promise<T>): Promise<AsOf<T>> {
    try {
      const value = await read(this.#client);
      const at = new Date().toISOString();
      await this.#notebook.write(name, { value, at });
      return { value, at, offline: false };
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      const kept = (await this.#notebook.read(name)) as Omit<AsOf<T>, 'offline'> | undefined;
      if (kept === undefined) throw error;
      return { ...kept, offline: true };
    }
  }
}

/** Whether an error says that no gateway was reached. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof GatewayUnreachable || error instanceof GatewayTimeout;
}
