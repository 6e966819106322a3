import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import {
  command,
  context,
  COI,
  DIGEST,
  NOW,
  OTHER_COI,
  signed,
  verification,
} from '../example.fixture.js';
import { against } from '../gates/dose-gate.fixture.js';
import { honest, lacking, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { decideVerifyBedside, verifyBedside } from '../care/verify-bedside.js';
import type { Signed } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import { receive, release, releasedAs } from './hand-off.fixture.js';
import { labelAgainst } from './label.js';
import { ownNameOf } from './own-name.js';
import { decideReportFound, reportFound } from './report-found.js';
import { itemOf, namedIn, NEW, NEWER, pharmacist, verified } from './relabel.fixture.js';

const ALIAS = 'https://id.gs1.org/01/09506000134352/21/DOSE-1';
const story = verified(
  honest().change('item', THINGS.dose, { alias: ALIAS, heldSince: addMinutes(NOW, -1) }),
);
const dose = itemOf(story);
const codes = (decided: { readonly deviations: readonly { readonly code: string }[] }) =>
  decided.deviations.map(({ code }) => code);
const mismatch = (found: string) => ({
  ...{ code: 'LABEL_MISMATCH', classification: 'critical', expected: NEW, found },
});

describe('of a thing that was relabelled', () => {
  test('the new number alone is its label’s', () => {
    expect(labelAgainst(NEW, dose)).toBeUndefined();
    for (const former of [THINGS.dose, ALIAS]) {
      expect(labelAgainst(former, dose)).toEqual(mismatch(former));
    }
    const twice = itemOf(verified(story, { label: NEWER, labelRead: NEW }));
    expect(labelAgainst(NEWER, twice)).toBeUndefined();
    expect(labelAgainst(NEW, twice)).toMatchObject({ expected: NEWER, found: NEW });
  });

  test.each([
    ['given away', (read: string) => release(dose, pharmacist, { labelRead: read })],
    [
      'received',
      (read: string) => {
        const handOff = { ...releasedAs(NEW), item: dose.id };
        const underWay = { id: handOff.id, verdict: 'pending', to: 'CourierMSP' } as const;
        const of = { ...dose, custody: 'in-transit', handOff: underWay } as const;
        return receive({ labelRead: read }, undefined, handOff, of);
      },
    ],
    [
      'found',
      (read: string) => {
        const body = reportFound.body.parse({
          ...{ coi: COI, item: dose.id, condition: 'intact', labelRead: read },
        });
        return decideReportFound(
          {
            named: { id: dose.id, known: 'own', item: dose },
            therapy: story.whole().therapy,
          },
          command(pharmacist.id, body),
          context(pharmacist),
        );
      },
    ],
  ])('a former label that is read when it is %s is another’s', (_how, decide) => {
    expect(decide(THINGS.dose).deviations).toMatchObject([mismatch(THINGS.dose)]);
    expect(codes(decide(NEW))).toEqual([]);
  });

  describe('at the bedside', () => {
    const verify = (read: string, labelCoi = COI) => {
      const body = verifyBedside.body.parse({
        ...{ coi: COI, verification: 'verification-1', item: read, labelCoi },
        ...{ token: 'wristband', patient: 'patient-1' },
      });
      return decideVerifyBedside(
        { therapy: story.whole().therapy, existing: undefined, named: namedIn(story, read) },
        command('hospital.nurse', body),
        context({ ...pharmacist, id: 'hospital.nurse', roles: ['nurse'] }),
      );
    };
    const matches = (decided: ReturnType<typeof verify>) =>
      decided.changes.flatMap((each) => (each.noun === 'verification' ? [each] : []));

    test('the new number matches, and a former one does not and stops it', () => {
      expect(codes(verify(NEW))).toEqual([]);
      expect(matches(verify(NEW))).toMatchObject([{ matches: true, item: THINGS.dose }]);
      for (const former of [THINGS.dose, ALIAS]) {
        expect(verify(former).deviations).toMatchObject([
          { ...mismatch(former), subjects: [{ ref: own(THINGS.dose) }] },
        ]);
        expect(matches(verify(former))).toMatchObject([{ matches: false, item: THINGS.dose }]);
      }
    });

    test('a former number claims a wrong identity also by the word of who has no part', async () => {
      const claimed = async (read: string) => {
        const type = verifyBedside.prepare(
          command('payer.nurse', {
            ...{ coi: COI, verification: 'v', item: read, labelCoi: COI },
            ...{ token: 'wristband', patient: 'patient-1' },
          }),
          DIGEST,
        );
        const reader = {
          ...readerOf(...story.entities),
          named: (_coi: string, id: string) => Promise.resolve(namedIn(story, id)),
        };
        const outsider = context({ ...pharmacist, organisation: 'PayerMSP' });
        const decided = await type.decide(reader, outsider);
        return decided.decision === 'recorded' ? decided.claims : [];
      };
      const subject = { kind: 'item', ...own(THINGS.dose) };
      expect(await claimed(NEW)).toEqual([{ subject, claim: 'other' }]);
      expect(await claimed(THINGS.dose)).toEqual([{ subject, claim: 'identity' }]);
    });

    const checkedAt = (minutes: number, of: Story): Story =>
      ['hospital.nurse', 'hospital.clinician'].reduce((now, by) => {
        const time = addMinutes(NOW, minutes);
        const check = verification(by);
        const later = { ...check.by, at: time, time };
        return now.without('verification', check.id).with({ ...check, by: later });
      }, of);

    test('what was checked before by the former label is checked anew', () => {
      expect(against(honest())).toEqual([]);
      expect(against(checkedAt(0, story))).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
      const before = verified(honest(), { at: addMinutes(NOW, -1) });
      expect(against(checkedAt(-2, before))).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
      expect(against(checkedAt(0, before))).toEqual([]);
    });

    test('what was checked by a label that it was given in error is checked anew', () => {
      const before = verified(honest(), { at: addMinutes(NOW, -1) });
      const since = (annulled: Signed) =>
        before.change('item', THINGS.dose, (thing) => ({
          ...thing,
          relabellings: (thing.relabellings ?? []).map((each) => ({ ...each, annulled })),
        }));
      const time = addMinutes(NOW, -0.5);
      const said = { ...signed('hospital.quality'), at: time, time };
      const anew = ['NOT_VERIFIED', 'TOKEN_NOT_READ'];
      expect(against(checkedAt(-0.75, before))).toEqual([]);
      expect(against(checkedAt(-0.75, since(said)))).toEqual(anew);
      expect(against(checkedAt(0, since(said)))).toEqual([]);
      const early = { ...said, at: addMinutes(NOW, -0.9) };
      expect(against(checkedAt(-0.75, since(early)))).toEqual(anew);
    });
  });

  test('records name it as before, whichever of its numbers is given', () => {
    const names = [NEW, THINGS.dose, ALIAS].map((id) => ownNameOf(namedIn(story, id)));
    expect(names).toEqual([THINGS.dose, THINGS.dose, THINGS.dose]);
    const foreign = { ...itemOf(honest()), coi: OTHER_COI };
    expect(ownNameOf({ id: ALIAS, known: 'foreign', item: foreign })).toBe(ALIAS);
    expect(ownNameOf({ id: NEWER, known: 'never' })).toBe(NEWER);
  });
});

test('a thing that bears its first label bears both of its numbers', () => {
  const first = itemOf(honest().change('item', THINGS.dose, { alias: ALIAS }));
  expect(labelAgainst(ALIAS, first)).toBeUndefined();
  expect(labelAgainst(THINGS.dose, first)).toBeUndefined();
  expect(labelAgainst(NEW, lacking(first, 'alias'))).toMatchObject({ expected: THINGS.dose });
});
