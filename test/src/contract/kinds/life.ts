import { expect, it } from '@jest/globals';
import {
  administer,
  analysis,
  authorise,
  bedside,
  delivery,
  production,
  release,
  sequencing,
} from '#scripts';
import { expectClean, expectPermitted } from '../../support/refusals.js';
import { commitmentOf, type Stage } from './stage.js';

/** What life brings into a therapy that goes on. */
export function lifeHistories(stage: () => Stage): void {
  it('in which the tumour has changed goes on with a second design, from new samples to a dose that is added', async () => {
    const { world, atTheWard } = stage();
    const journey = atTheWard.designAnew();
    await journey.collectAll();
    await sequencing(journey);
    expectPermitted(await analysis(journey));
    await production(journey, await commitmentOf(world, journey, journey.design));
    expectPermitted(await release(journey));
    await delivery(journey);
    const line = { dose: 7, day: 92, site: '4012345000016', depot: '4012345000023' };
    const added = { patientSeen: true, line: { ...line, slot: 'slot-7' } };
    expectPermitted(await journey.say(journey.cast.clinician, 'therapy:OrderLine', added));
    const dose = { dose: 'dose-of-version-2', number: line.dose };
    const verifications = await bedside(journey, journey.things.dose, 72);
    expectPermitted(await authorise(journey, verifications, journey.things.dose, dose));
    expectClean(await administer(journey, journey.things.dose, dose));
    const designs = await world.things(journey, 'design');
    expect(designs.map(({ version, approved }) => [version, approved !== undefined])).toEqual([
      [1, true],
      [2, true],
    ]);
  });
}
