import { withChanges, withTime } from '../nouns/keeping.js';
import type { Annulling } from './annulling.js';

/**
 * What one person signed of an extension is void. Where it counted, the batch has the expiry that it would have without it,
 * and is looked at before it is used.
 */
export const ofExpiryChange: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => {
    const batch = things
      .of('batch')
      .find(({ expiryChanges = [] }) =>
        expiryChanges.some(({ signatures }) => signatures.some(isOf(commandId))),
      );
    if (!batch) return {};
    const changes = (batch.expiryChanges ?? []).map((each) =>
      each.signatures.some(isOf(commandId)) ? { ...each, annulled } : each,
    );
    const before = withChanges(batch, changes);
    const counted = changes.some(
      ({ agreed, signatures }) => agreed && signatures.some(isOf(commandId)),
    );
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

function isOf(commandId: string) {
  return ({ command }: { readonly command: string }) => command === commandId;
}
