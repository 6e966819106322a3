import { it } from '@jest/globals';
import { serialised, serialOf } from '#scripts';
import { expectClean } from '../../support/refusals.js';
import type { World } from '../../support/world.js';

/** What is as it should be, and raises nothing. */
export function labelHistories(world: () => World): void {
  it('of a tube that one reads by its GS1 number and the other by its ISBT 128 number is clean', async () => {
    const journey = await world().orderedTherapy();
    const { cast, things } = journey;
    const { blood: item } = things;
    const alias = serialised('block', `tube-${serialOf(journey)}`);
    const sample = { item, alias, kind: 'blood-edta', occasion: 'visit-1' };
    expectClean(await journey.say(cast.collector, 'custody:CollectItem', sample));
    const seen = { item, handOff: 'two-notations', seals: ['SEAL-0001'], condition: 'intact' };
    const gone = { ...seen, to: 'CourierMSP', identityCheck: 'match', labelRead: alias };
    expectClean(await journey.say(cast.nurse, 'custody:ReleaseItem', gone));
    const came = { ...seen, verdict: 'accepted', labelRead: item };
    expectClean(await journey.say(cast.courier, 'custody:ReceiveItem', came));
  });
}
