import { peer as peers } from '@hyperledger/fabric-protos';
import type { Endorser } from 'fabric-common';
import type { CommitListener } from 'fabric-network';
import type { Validated } from '../fabric/peer.js';
import type { Connection } from './connection.js';

/** Transactions of which nobody asked what became of them are listened for no more when there are more than this. */
const MOST_LISTENED_FOR = 1_000;

/** Listens at one peer for the commit of single transactions, through the library's commit listeners. */
export class CommitListeners {
  readonly #connection: Connection;
  readonly #endorser: Endorser;
  readonly #heard = new Map<string, Heard>();

  constructor(connection: Connection, endorser: Endorser) {
    this.#connection = connection;
    this.#endorser = endorser;
  }

  /** Begins to listen for a transaction; one that is committed before that is not heard of. */
  async begin(transactionId: string): Promise<void> {
    if (this.#heard.has(transactionId)) return;
    const network = await this.#connection.network();
    const [oldest] = this.#heard.keys();
    if (this.#heard.size >= MOST_LISTENED_FOR && oldest !== undefined) this.end(oldest);
    const heard = new Heard();
    this.#heard.set(transactionId, heard);
    const listener: CommitListener = (_error, event) => {
      if (event === undefined) return;
      heard.tell({
        block: event.getBlockEvent().blockNumber.toNumber(),
        validationCode: codeOf(event.status),
      });
    };
    heard.end = () => network.removeCommitListener(listener);
    try {
      await network.addCommitListener(listener, [this.#endorser], transactionId);
    } catch (error) {
      this.end(transactionId);
      throw error;
    }
  }

  /** What was heard of a transaction within a time; undefined when nothing was. */
  async hear(transactionId: string, milliseconds: number): Promise<Validated | undefined> {
    return this.#heard.get(transactionId)?.within(milliseconds);
  }

  /** Listens for the transaction no more. */
  end(transactionId: string): void {
    this.#heard.get(transactionId)?.end();
    this.#heard.delete(transactionId);
  }
}

class Heard {
  end: () => void = () => undefined;
  #tell: (validated: Validated) => void = () => undefined;
  readonly #told = new Promise<Validated>((resolve) => (this.#tell = resolve));

  tell(validated: Validated): void {
    this.#tell(validated);
  }

  async within(milliseconds: number): Promise<Validated | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), milliseconds);
    });
    try {
      return await Promise.race([this.#told, over]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function codeOf(status: string): number {
  const codes = Object.entries({ ...peers.TxValidationCode });
  const known = codes.find(([name]) => name === status);
  return known?.[1] ?? peers.TxValidationCode.INVALID_OTHER_REASON;
}
