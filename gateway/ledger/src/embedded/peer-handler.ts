import { peer } from '@hyperledger/fabric-protos';
import { PendingQuery } from './pending-query.js';
import { historyResult, queryResponse, stateResult } from './query-response.js';
import { Refusal } from './refusal.js';
import { HistoryQueryIterator, StateQueryIterator, type QueryIterator } from './shim.js';
import type { Simulation } from './simulation.js';

interface PageMetadata {
  readonly bookmark: string;
  readonly fetchedRecordsCount: number;
}

/**
 * What fabric-shim's stub calls in place of its connection to a peer. Errors read as a peer's do. What this
 * ledger has no peer for (private data, rich queries, key-level policies, other chaincodes) is refused.
 */
export class PeerHandler {
  readonly #simulation: Simulation;
  readonly #channel: string;
  readonly #transactionId: string;
  readonly #queries = new Map<string, PendingQuery>();
  #failure: Error | undefined;
  #queryCount = 0;

  constructor(simulation: Simulation, channel: string, transactionId: string) {
    this.#simulation = simulation;
    this.#channel = channel;
    this.#transactionId = transactionId;
  }

  /** The ledger's own failure to read, when there was one: not the contract's error then. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  handleGetState(collection: string, key: string): Promise<Buffer> {
    return this.#answer('GET_STATE', () => {
      refuseCollection(collection);
      return Buffer.from(this.#simulation.get(key) ?? '');
    });
  }

  handlePutState(collection: string, key: string, value?: Uint8Array | null): Promise<Buffer> {
    return this.#answer('PUT_STATE', () => {
      refuseCollection(collection);
      this.#simulation.put(key, value ?? Buffer.alloc(0));
      return Buffer.alloc(0);
    });
  }

  handleDeleteState(collection: string, key: string): Promise<Buffer> {
    return this.#answer('DEL_STATE', () => {
      refuseCollection(collection);
      this.#simulation.delete(key);
      return Buffer.alloc(0);
    });
  }

  handleGetStateByRange(
    collection: string,
    startKey: string,
    endKey: string,
    _channel: string,
    _transactionId: string,
    metadata?: Uint8Array,
  ): Promise<{ iterator: QueryIterator; metadata?: PageMetadata }> {
    return this.#answer('GET_STATE_BY_RANGE', async () => {
      refuseCollection(collection);
      const page = metadata && peer.QueryMetadata.deserializeBinary(metadata);
      if (page && (page.getPagesize() !== 0 || page.getBookmark() !== '')) {
        return this.#page(page.getBookmark() || startKey, endKey, page.getPagesize());
      }
      const scan = this.#simulation.range(startKey, endKey);
      const response = await this.#start(async () => {
        const entry = await scan.next();
        return entry && stateResult(entry);
      });
      return { iterator: this.#iterator(StateQueryIterator, response) };
    });
  }

  handleGetHistoryForKey(key: string): Promise<QueryIterator> {
    return this.#answer('GET_HISTORY_FOR_KEY', async () => {
      const history = this.#simulation.history(key);
      const response = await this.#start(async () => {
        const entry = await history.next();
        return entry.done === true ? undefined : historyResult(key, entry.value);
      });
      return this.#iterator(HistoryQueryIterator, response);
    });
  }

  handleQueryStateNext(id: string): Promise<peer.QueryResponse> {
    return this.#answer('QUERY_STATE_NEXT', () => this.#continue(id));
  }

  handleQueryStateClose(id: string): Promise<peer.QueryResponse> {
    this.#queries.delete(id);
    return Promise.resolve(queryResponse(id, [], false));
  }

  handleGetQueryResult(): Promise<never> {
    return this.#refuse('GET_QUERY_RESULT', 'ExecuteQuery not supported for leveldb');
  }

  handleGetPrivateDataHash(collection: string): Promise<never> {
    return this.#refuse('GET_PRIVATE_DATA_HASH', noCollection(collection));
  }

  handlePurgeState(collection: string): Promise<never> {
    return this.#refuse('PURGE_PRIVATE_DATA', noCollection(collection));
  }

  handlePutStateMetadata(): Promise<never> {
    return this.#refuse('PUT_STATE_METADATA', 'key-level endorsement policies need a consortium');
  }

  handleGetStateMetadata(): Promise<never> {
    return this.#refuse('GET_STATE_METADATA', 'key-level endorsement policies need a consortium');
  }

  handleInvokeChaincode(name: string): Promise<never> {
    return this.#refuse('INVOKE_CHAINCODE', `chaincode ${name} not found`);
  }

  async #page(startKey: string, endKey: string, pageSize: number) {
    const scan = this.#simulation.page(startKey, endKey);
    const results: Uint8Array[] = [];
    while (results.length < pageSize) {
      const entry = await scan.next();
      if (entry === undefined) break;
      results.push(stateResult(entry));
    }
    const metadata = { bookmark: await scan.bookmark(), fetchedRecordsCount: results.length };
    const response = queryResponse(this.#nextId(), results, false);
    return { iterator: this.#iterator(StateQueryIterator, response), metadata };
  }

  async #start(next: () => Promise<Uint8Array | undefined>): Promise<peer.QueryResponse> {
    const id = this.#nextId();
    this.#queries.set(id, new PendingQuery(next));
    return this.#continue(id);
  }

  async #continue(id: string): Promise<peer.QueryResponse> {
    const query = this.#queries.get(id);
    if (query === undefined) throw new Refusal('query iterator not found');
    const { results, hasMore } = await query.batch();
    if (!hasMore) this.#queries.delete(id);
    return queryResponse(id, results, hasMore);
  }

  #nextId(): string {
    this.#queryCount += 1;
    return String(this.#queryCount);
  }

  #iterator(Iterator: typeof StateQueryIterator, response: peer.QueryResponse): QueryIterator {
    return new Iterator(this, this.#channel, this.#transactionId, response);
  }

  #refuse(message: string, reason: string): Promise<never> {
    return this.#answer(message, () => {
      throw new Refusal(reason);
    });
  }

  async #answer<Result>(message: string, work: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      if (!(error instanceof Refusal)) this.#failure ??= error;
      const failed = `${message} failed: transaction ID: ${this.#transactionId}: ${error.message}`;
      throw new Error(failed, { cause });
    }
  }
}

function noCollection(collection: string): string {
  return `collection ${collection} could not be found`;
}

function refuseCollection(collection: string): void {
  if (collection !== '') throw new Refusal(noCollection(collection));
}
