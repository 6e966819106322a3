import { type Message, type Person, signMessage } from '../../journey/submitter.js';
import { KINDS } from './names.js';
import type { Sample } from './samples.js';
import type { FabricStage } from './stage.js';
import type { Prepared, Workload } from './workload.js';

/**
 * Hand-offs of different items from a collector to a courier: half of the transactions release one, half receive one
 * that was released before.
 */
export function handOffs({ submitter, cast }: FabricStage, aliquots: readonly Sample[]): Workload {
  const waiting = aliquots.values();
  const released: Sample[] = [];
  const prepared = async (by: Person, message: Message, committed?: () => void) => {
    const signed = await signMessage(submitter.network, by, message);
    return {
      invocation: submitter.invocation(by, signed),
      ...(committed === undefined ? {} : { committed }),
    };
  };
  const receipt = (sample: Sample) => prepared(cast.courier, receiving(sample));
  const release = (sample: Sample) =>
    prepared(cast.collector, releasing(sample), () => released.push(sample));
  return {
    ...{ name: KINDS.handOff, records: 1, share: 1 },
    async prepare(count) {
      const transactions: Prepared[] = [];
      const receipts = released.splice(0, Math.floor(count / 2));
      while (transactions.length < count) {
        const received = transactions.length % 2 === 0 ? receipts.pop() : undefined;
        const next = received ?? waiting.next().value;
        if (next === undefined) throw new Error('no item is left to be handed over');
        transactions.push(await (received ? receipt(received) : release(next)));
      }
      return transactions;
    },
  };
}

/** What the one who gives an item away says. */
export function releasing({ coi, item }: Sample): Message {
  const body = {
    ...{ coi, item, handOff: nameOf(item), to: 'CourierMSP', seals: ['SEAL-0001'] },
    ...{ condition: 'intact', labelRead: item, identityCheck: 'match' },
  };
  return { type: 'custody:ReleaseItem', body };
}

function receiving({ coi, item }: Sample): Message {
  const body = {
    ...{ coi, item, handOff: nameOf(item), verdict: 'accepted', condition: 'intact' },
    ...{ seals: ['SEAL-0001'], labelRead: item },
  };
  return { type: 'custody:ReceiveItem', body };
}

/** A hand-off's id within its therapy: the serial on the item's label. */
function nameOf(item: string): string {
  return `hand-off-${item.slice(item.lastIndexOf('/') + 1)}`;
}
