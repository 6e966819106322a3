import { earliest } from '../values/time.js';
import type { Batch } from './batch.js';
import { type ExpiryChange, expiryAfter, isExtension } from './expiry-change.js';
import type { Item } from './item.js';

/** A batch with the expiry that follows from these changes. */
export function withChanges(batch: Batch, expiryChanges: readonly ExpiryChange[]): Batch {
  const firstExpiry = batch.firstExpiry ?? batch.expiry;
  const expiry = expiryAfter(firstExpiry, expiryChanges);
  return { ...batch, expiry, firstExpiry, expiryChanges: [...expiryChanges] };
}

/** What stays of a batch's expiry when it is recorded anew: that it keeps for a shorter time, which nobody took back. */
export function shortenedBefore(batch: Batch, mistaken: Batch | undefined): Batch {
  const standing = (mistaken?.expiryChanges ?? []).filter(
    (change) => change.agreed && !change.annulled && !isExtension(change),
  );
  return standing.length === 0 ? batch : withChanges(batch, standing);
}

/**
 * A container with the time that it has by another expiry of its batch: what limited it otherwise limits it still.
 * @param before the batch's expiry as it was, RFC 3339
 * @param limits of what it was made of
 */
export function withTime(
  vial: Item,
  before: string,
  after: string,
  limits: readonly (string | undefined)[] = [],
): Item {
  const { useBy, ownUseBy } = vial;
  const own = earliest([ownUseBy, useBy === before ? undefined : useBy, ...limits]);
  return {
    ...vial,
    useBy: earliest([own, after]) ?? after,
    ...(own === undefined ? {} : { ownUseBy: own }),
  };
}
