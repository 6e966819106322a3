import { expect, it } from '@jest/globals';
import {
  administer,
  authorise,
  bedside,
  type Person,
  serialised,
  serialOf,
  type TherapyJourney,
} from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import { permitAll, type Stage } from './stage.js';

/**
 * What bears another label than it had.
 * @param anew a second design's therapy, of whose batch a vial and the retained one are at the manufacturer
 */
export function relabellingHistories(stage: () => Stage, anew: () => TherapyJourney): void {
  const newLabel = (name: string) => serialised('vial', `${serialOf(anew())}-${name}`);
  const relabel = (by: Person, item: string, label: string, rest: object = {}) =>
    anew().say(by, 'custody:RelabelItem', {
      ...{ item, labelRead: item, label, reason: 'expiry-changed', formerLabel: 'destroyed' },
      ...rest,
    });
  const HANDED_OVER = { seals: [], condition: 'intact' };

  it('of a vial that is relabelled goes on once a second person read both labels, and by its new number', async () => {
    const { world } = stage();
    const { cast, things, coi } = anew();
    const [item, label] = [things.vials[2] ?? '', newLabel('new-1')];
    const issue = (pass: string) =>
      anew().say(cast.pharmacist, 'care:IssuePass', { pass, number: 8, item: label });
    const line = { dose: 8, day: 120, site: '4012345000016', depot: '4012345000023' };
    const added = { patientSeen: true, line: { ...line, slot: 'slot-8' } };
    expectPermitted(await anew().say(cast.clinician, 'therapy:OrderLine', added));

    expectClean(await relabel(cast.operator, item, label));
    const again = await relabel(cast.operator, item, label);
    expect(again.receipt).toMatchObject({ effect: 'none', deviations: [] });
    expectRefused(await issue('pass-not-verified'), 'RELABELLING_NOT_VERIFIED');
    expectClean(await relabel(cast.tester, item, label));

    const parcel = { item: label, handOff: 'relabelled', labelRead: label, ...HANDED_OVER };
    const sent = { ...parcel, to: 'HospitalMSP', identityCheck: 'match' };
    expectClean(await anew().say(cast.operator, 'custody:ReleaseItem', sent));
    const received = { ...parcel, verdict: 'accepted' };
    expectClean(await anew().say(cast.pharmacist, 'custody:ReceiveItem', received));
    expectPermitted(await issue('pass-relabelled'));
    const passes = await world.things(anew(), 'dose-pass');
    expect(passes.find(({ id }) => id === 'pass-relabelled')).toMatchObject({ item, label });

    const dose = { dose: 'dose-relabelled', number: line.dose };
    const verifications = await bedside(anew(), label, 81);
    expectPermitted(await authorise(anew(), verifications, label, dose));
    expectClean(await administer(anew(), label, dose));
    const given = (await world.things(anew(), 'item')).find(({ id }) => id === item);
    expect(given).toMatchObject({ coi, custody: 'administered', relabellings: [{ label }] });
  });

  it('of a vial that was taken for another gives the label to that one once two have annulled it, and its former number stops it', async () => {
    const { world, atTheWard } = stage();
    const { cast, things } = anew();
    const [mistaken, meant] = [things.retainedVial, atTheWard.things.vials[2] ?? ''];
    const label = newLabel('new-2');
    const told = await relabel(cast.operator, mistaken, label);
    expectClean(told);
    expectClean(await relabel(cast.tester, mistaken, label));
    expectDeviation(await relabel(cast.tester, meant, label), 'IDENTIFIER_TAKEN');

    const error = { command: told.receipt.commandId, reason: 'wrong-item' };
    const annul = (by: Person) => anew().say(by, 'quality:AnnulRecord', error);
    expectPermitted(await annul(cast.reviewer));
    expectPermitted(await annul(cast.releasePerson));
    const looked = (await world.things(anew(), 'deviation')).filter(
      ({ code }) => code === 'ENTERED_IN_ERROR',
    );
    expect(looked.flatMap(({ subjects }) => subjects.map(({ ref }) => ref))).toContainEqual({
      ...{ kind: 'item', coi: anew().coi, id: mistaken },
    });
    await permitAll(world, anew());
    expectClean(await relabel(cast.operator, meant, label));
    expectClean(await relabel(cast.tester, meant, label));

    const parcel = { item: label, handOff: 'by-former-label', labelRead: meant, ...HANDED_OVER };
    const sent = { ...parcel, to: 'HospitalMSP', identityCheck: 'match' };
    const gone = await anew().say(cast.operator, 'custody:ReleaseItem', sent);
    expectDeviation(gone, 'LABEL_MISMATCH');
    const settle = (decision: string) =>
      anew().say(cast.reviewer, 'manufacturing:RecordDisposition', {
        ...{ deviation: gone.receipt.deviations[0]?.id, decision },
        subject: { kind: 'item', coi: anew().coi, id: meant },
      });
    expectRefused(await settle('permit-use'), 'IDENTITY_NOT_BY_DISPOSITION');
    expectPermitted(await settle('reject'));
  });
}
