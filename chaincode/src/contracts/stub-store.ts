import type { ChaincodeStub } from 'fabric-shim-api';
import type { Store } from '../state/store.js';

const decoder = new TextDecoder();

/** The store as a chaincode stub gives it. */
export class StubStore implements Store {
  readonly #stub: ChaincodeStub;

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.#stub.getState(key);
    return value.length === 0 ? undefined : decoder.decode(value);
  }

  async range(prefix: string): Promise<readonly { key: string; value: string }[]> {
    const { objectType, attributes } = this.#stub.splitCompositeKey(prefix);
    const found: { key: string; value: string }[] = [];
    for await (const { key, value } of this.#stub.getStateByPartialCompositeKey(
      objectType,
      attributes,
    )) {
      found.push({ key, value: decoder.decode(value) });
    }
    return found;
  }
}
