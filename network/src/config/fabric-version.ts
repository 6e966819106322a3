/** main of 2023-04-05. Between it and later versions three lines of configuration differ, and all are here. */
const OLD = '3.0.0';

/**
 * How long SmartBFT collects a batch. Under 200 ms an ordering node of the old version falls out of the view
 * under load; later ones hold 50 ms when their pool is large enough.
 */
export function batching(fabricVersion: string): {
  readonly RequestBatchMaxInterval: string;
  readonly RequestPoolSize: number;
} {
  return fabricVersion === OLD
    ? { RequestBatchMaxInterval: '200ms', RequestPoolSize: 400 }
    : { RequestBatchMaxInterval: '50ms', RequestPoolSize: 2000 };
}

/** What a peer checks of a proposal; the old version panics when it is asked for TimeWindowCheck. */
export function authFilters(fabricVersion: string): { readonly name: string }[] {
  const filters = ['DefaultAuth', 'ExpirationCheck'];
  if (fabricVersion !== OLD) filters.push('TimeWindowCheck');
  return filters.map((name) => ({ name }));
}

/**
 * How much a Raft node's log may hold before a snapshot takes its place; 16 MB by default. A node of the old version
 * may hang for ever at its start when it takes up its first members in a log of more than one batch, 2 MB
 * (hyperledger/fabric#4199): there a snapshot comes before that.
 */
export function snapshotInterval(fabricVersion: string): string {
  return fabricVersion === OLD ? '1 MB' : '16 MB';
}
