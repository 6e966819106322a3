import { expect, it } from '@jest/globals';
import {
  administer,
  analysis,
  authorise,
  bedside,
  type Committed,
  delivery,
  type Person,
  production,
  release,
  sequencing,
  type TherapyJourney,
} from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import { relabellingHistories } from './relabelling.js';
import { ago, commitmentOf, inAMonth, permitAll, type Stage } from './stage.js';

/** What life brings into a therapy that goes on. */
export function lifeHistories(stage: () => Stage): void {
  let anew: TherapyJourney;

  it('that finds too few neoantigens has no design, until quality has looked into how many are enough', async () => {
    const { world, atTheWard } = stage();
    anew = atTheWard.designAnew();
    const { cast, design } = anew;
    await anew.collectAll();
    await sequencing(anew);
    const asked = await analysis(anew, { neoantigens: 4 });
    expectRefused(asked, 'DEVIATION_OPEN');
    const found = (await world.things(anew, 'deviation')).filter(({ found: said }) =>
      said?.startsWith('neoantigens'),
    );
    expect(found).toMatchObject([{ code: 'RESULT_OUT_OF_LIMITS' }]);
    await permitAll(world, anew);
    expectPermitted(await anew.say(cast.reviewer, 'manufacturing:ApproveDesign', { design }));
  });

  it('in which the tumour has changed goes on with a second design, from new samples to a dose that is added', async () => {
    const { world } = stage();
    const journey = anew;
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

  it('of a batch on hold beside another stops the one, and leaves the other usable', async () => {
    const { atTheWard: first } = stage();
    const { cast, coi } = first;
    const subject = { kind: 'batch', coi, id: anew.batch };
    const hold = { hold: 'hold-second', subject, reason: 'investigation', liftedByRole: 'quality' };
    expectClean(await first.say(cast.reviewer, 'manufacturing:PlaceHold', hold));
    const issue = (pass: string, item: string | undefined) =>
      first.say(cast.pharmacist, 'care:IssuePass', { pass, number: 2, item });
    expectRefused(await issue('pass-of-second', anew.things.vials[1]), 'ON_HOLD');
    expectPermitted(await issue('pass-of-first', first.things.vials[1]));
    const lift = { hold: 'hold-second' };
    expectPermitted(await first.say(cast.reviewer, 'manufacturing:LiftHold', lift));
    expectPermitted(await issue('pass-of-second', anew.things.vials[1]));
  });

  it('of a batch that keeps for a shorter time, and by two people’s word for longer, follows in what may be given', async () => {
    const { cast, batch, things } = anew;
    const data = { stability: { explanation: 'potency by month', evidence: [] } };
    const say = (by: Person, type: string, expiry: string) =>
      anew.say(by, type, { batch, expiry }, { annexes: data });
    const issue = (pass: string) =>
      anew.say(cast.pharmacist, 'care:IssuePass', { pass, number: 2, item: things.vials[1] });
    expectPermitted(await issue('pass-before'));
    expectClean(await say(cast.reviewer, 'quality:ShortenExpiry', ago(0)));
    expectRefused(await issue('pass-expired'), 'EXPIRED');
    const month = inAMonth();
    const extend = (by: Person) => say(by, 'quality:ExtendExpiry', month);
    expectPermitted(await extend(cast.reviewer));
    expectRefused(await issue('pass-half-signed'), 'EXPIRED');
    expectRefused(await extend(cast.reviewer), 'SAME_PERSON');
    expectPermitted(await extend(cast.releasePerson));
    expectPermitted(await issue('pass-extended'));
  });

  it('of a vial that was sent back ends with its rejection, and it never goes back to stock', async () => {
    const { cast, coi, things } = anew;
    const item = things.vials[1] ?? '';
    const handOff = 'sent-back';
    const sent = {
      ...{ item, handOff, to: 'ManufacturerMSP', seals: [], condition: 'intact' },
      ...{ labelRead: item, identityCheck: 'match', returned: true },
    };
    const released = await anew.say(cast.pharmacist, 'custody:ReleaseItem', sent);
    expectDeviation(released, 'RETURNED');
    const received = { item, handOff, verdict: 'accepted', condition: 'intact' };
    const seen = { ...received, seals: [], labelRead: item, returned: true };
    const taken = await anew.say(cast.operator, 'custody:ReceiveItem', seen);
    expectDeviation(taken, 'RETURNED');
    const settle = ({ receipt }: Committed, decision: string) =>
      anew.say(cast.reviewer, 'manufacturing:RecordDisposition', {
        ...{ deviation: receipt.deviations[0]?.id, decision },
        subject: { kind: 'item', coi, id: item },
      });
    for (const word of [released, taken]) {
      expectRefused(await settle(word, 'permit-use'), 'SAFETY_NOT_BY_DISPOSITION');
      expectPermitted(await settle(word, 'reject'));
    }
    const again = await anew.release(item, cast.operator, 'HospitalMSP');
    expectClean(await anew.receive(item, cast.pharmacist, again));
    const pass = { pass: 'pass-of-returned', number: 2, item };
    expectRefused(await anew.say(cast.pharmacist, 'care:IssuePass', pass), 'REJECTED');
  });

  relabellingHistories(stage, () => anew);
}
