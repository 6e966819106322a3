import { beforeAll, describe, expect, it } from '@jest/globals';
import { bedside, type Person, type TherapyJourney } from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

/**
 * A dose that is given by a pass, since the ledger cannot be reached at the bedside.
 * @param journey a therapy whose second vial nobody gave yet, with a line 2 that is free
 */
export function passHistories(world: () => World, journey: () => TherapyJourney): void {
  describe('where the ledger cannot be reached at the bedside', () => {
    const vial = () => journey().things.vials[1];
    const issue = (by: Person, pass: string, item = vial()) =>
      journey().say(by, 'care:IssuePass', { pass, number: 2, item });
    let verifications: readonly string[] = [];
    const enter = (by: Person, dose: string, course: string) =>
      journey().say(
        by,
        'care:RecordAdministration',
        { dose, number: 2, item: vial(), course, byPass: { pass: 'pass-1', verifications } },
        { annexes: { administration: { volumeGivenMl: 1, volumeWastedMl: 0 } } },
      );

    /** The vial was scanned at another bed, and quality looked at it. */
    beforeAll(async () => {
      const { cast } = world();
      const subject = { kind: 'item', coi: journey().coi, id: vial() };
      for (const { id, code } of await world().things(journey(), 'deviation')) {
        if (code !== 'FOREIGN_ITEM') continue;
        const body = { deviation: id, subject, decision: 'permit-use' };
        const annexes = { investigation: { explanation: 'it never left the ward', evidence: [] } };
        const settled = journey().say(cast.reviewer, 'manufacturing:RecordDisposition', body, {
          annexes,
        });
        expectPermitted(await settled);
      }
    });

    it('a pass is issued by a pharmacist of what nothing stands against, and of nothing else', async () => {
      const { cast } = world();
      expectPermitted(await issue(cast.pharmacist, 'pass-1'));
      expectRefused(await issue(cast.pharmacist, 'pass-1'), 'IDENTIFIER_TAKEN');
      expectRefused(await issue(cast.clinician, 'pass-2', journey().things.dose), 'NOT_IN_CUSTODY');
      await expectError(issue(cast.nurse, 'pass-3'), 'ROLE_MISSING');
      const [pass] = await world().things(journey(), 'dose-pass');
      expect(pass).toMatchObject({ id: 'pass-1', released: [{ batch: journey().batch }] });
    });

    it('the dose is entered with the checks at the bedside, and nothing deviates', async () => {
      verifications = await bedside(journey(), vial(), 20);
      expectClean(await enter(world().cast.nurse, 'dose-by-pass', 'complete'));
    });

    it('an entry that contradicts it is kept beside it, and a second use of the pass is told', async () => {
      const { cast } = world();
      const other = await enter(cast.clinician, 'dose-by-pass', 'interrupted');
      expectDeviation(other, 'CONTRADICTING_ADMINISTRATION');
      const [dose] = (await world().things(journey(), 'dose')).filter(
        ({ id }) => id === 'dose-by-pass',
      );
      expect(dose?.administrations.map(({ course, pass }) => [course, pass])).toEqual([
        ['complete', 'pass-1'],
        ['interrupted', 'pass-1'],
      ]);
      expectDeviation(await enter(cast.nurse, 'dose-again', 'complete'), 'PASS_USED_TWICE');
    });
  });
}
