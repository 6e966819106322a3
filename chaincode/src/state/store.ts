/** A key-value store as chaincode sees it: committed values only. Keys are Fabric composite keys. */
export interface Store {
  get(key: string): Promise<string | undefined>;
  /** Every value under a key that begins with `prefix` and is longer, in the order of the keys' bytes. */
  range(prefix: string): Promise<readonly { readonly key: string; readonly value: string }[]>;
}
