/** main of 2023-04-05. Between it and later versions two lines of configuration differ, and both are here. */
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
