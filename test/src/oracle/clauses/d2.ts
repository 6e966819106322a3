import { isClearedByAnnulling } from '../account/annulling.js';
import { batchOf, lotOf } from '../account/things.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** A recall of a batch or of a lot stops doses that are not yet given, whenever it was said. */
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
