import type { AnyOperation } from './operation.js';

/** Whether callers may keep what an operation answers, and ask whether it is still the same. */
export function mayKeep({ method, caching }: Pick<AnyOperation, 'method' | 'caching'>): boolean {
  return method === 'get' && caching !== 'never';
}
