import type { Account } from '../account/account.js';
import { isClearedByAnnulling, isTakenBack } from '../account/annulling.js';
import type { Said } from '../account/said.js';
import { batchOf, lotOf } from '../account/things.js';
import { type Clause, EVERY_GATE } from './clause.js';

/**
 * A recall of a batch or of a lot stops doses that are not yet given, whenever it was said: of a lot by who registered it,
 * before or since.
 */
export const D2: Clause = {
  id: 'D2',
  gates: EVERY_GATE,
  forbids: (matter) => {
    const { account, reaches } = matter;
    const recalls = [
      ...account.ever('manufacturing:RecallBatch').map((said) => ({
        said,
        about: batchOf(said.body.coi, said.body.batch),
      })),
      ...account
        .ever('manufacturing:RecallLot')
        .filter((said) => isOwners(account, said) && !isTakenBack(account, said))
        .map((said) => ({ said, about: lotOf(said.body.lot) })),
    ];
    return recalls
      .filter(({ said }) => !isClearedByAnnulling(account, said))
      .filter(({ about }) => reaches({ about, why: '' }))
      .map(({ about, said }) => {
        const early = (account.origins.saidAt.get(about) ?? -1) > said.index;
        return early ? `${about} was recalled before it was recorded` : `${about} is recalled`;
      });
  },
};

function isOwners({ off, registrations }: Account, said: Said<'manufacturing:RecallLot'>): boolean {
  return off.has('B1') || registrations.countsFrom(said) !== undefined;
}
