import type { ExpiryChange } from '../nouns/expiry-change.js';
import { withChanges, withTime } from '../nouns/keeping.js';
import type { Annulling } from './annulling.js';

/**
 * What one person signed of an extension is void. Where it counted, the batch has the expiry that it would have without it,
 * and is looked at before it is used.
 */
export const ofExpiryChange: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => {
    const isMistaken = ({ signatures }: ExpiryChange) =>
      signatures.some(({ command }) => command === commandId);
    const batch = things
      .of('batch')
      .find(({ expiryChanges = [] }) => expiryChanges.some(isMistaken));
    if (!batch) return {};
    const changes = (batch.expiryChanges ?? []).map((each) =>
      isMistaken(each) ? { ...each, annulled } : each,
    );
    const before = withChanges(batch, changes);
    const counted = changes.some((each) => each.agreed && isMistaken(each));
    if (!counted) return { changes: [before] };
    return {
      changes: things
        .of('item')
        .filter((vial) => vial.batch === batch.id)
        .map((vial) => withTime(vial, batch.expiry, before.expiry)),
      look: [before],
    };
  },
};
