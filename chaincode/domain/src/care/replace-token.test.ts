import { describe, expect, test } from '@jest/globals';
import { ofTokenReplacement } from '../annulling/token.js';
import { Things } from '../annulling/things.js';
import { actor, COI, command, context, signed } from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { mattersOf, toldOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { TokenReplacement } from '../nouns/token-replacement.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { decideReplaceToken, replaceToken } from './replace-token.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const replacementIn = ({ changes }: { readonly changes: readonly { readonly noun: string }[] }) =>
  changes.find((each): each is TokenReplacement => each.noun === 'token-replacement');

function replace(by = nurse, existing?: TokenReplacement, rest: object = {}, person?: string) {
  const body = replaceToken.body.parse({
    ...{ coi: COI, tokenReplacement: 'wristband-2', token: 'wristband' },
    ...{ cause: 'name-changed', former: 'taken-off', ...rest },
  });
  const heard = context(by, person === undefined ? {} : { person });
  return decideReplaceToken({ existing }, command(by.id, body), heard);
}

const told = (tokenReplacements: readonly TokenReplacement[]) =>
  waitsIn(mattersOf(honest(), { tokenReplacements })).filter(
    ({ noun }) => noun === 'token-replacement',
  );

describe('a wristband in the place of another', () => {
  test('was seen by two staff, each of whom says so in the same words', () => {
    const one = replacementIn(replace());
    expect(one).toMatchObject({ token: 'wristband', cause: 'name-changed', former: 'taken-off' });
    const two = replacementIn(replace(clinician, one));
    expect(two?.statements.map((each) => each.actor)).toEqual([nurse.id, clinician.id]);
  });

  test('waits for a second one, who is not the first under another name', () => {
    const one = replacementIn(replace(nurse, undefined, {}, 'P'.repeat(43)));
    if (!one) throw new Error('not recorded');
    const waits = told([one]);
    expect(toldOf(waits)).toEqual([
      'SEEN_BY_ONE: ReplaceToken by nurse/clinician/pharmacist of HospitalMSP',
    ]);
    expect(waits).toMatchObject([
      { named: { token: ['wristband'], cause: ['name-changed'], former: ['taken-off'] } },
    ]);
    expect(waits[0]?.except).toContain(nurse.id);
    for (const by of [nurse, clinician])
      expect(replace(by, one, {}, 'P'.repeat(43))).toMatchObject({ effect: 'none', changes: [] });
    // named as a natural person, or as another one, since
    for (const first of [one, replacementIn(replace())])
      for (const person of [undefined, 'Q'.repeat(43)])
        expect(replace(nurse, first, {}, person)).toMatchObject({ effect: 'none', changes: [] });
    const two = replacementIn(replace(clinician, one));
    expect(two && told([two])).toEqual([]);
    expect(told([{ ...one, annulled: signed(nurse.id) }])).toEqual([]);
  });

  test.each([[{ token: 'device' }], [{ cause: 'lost' }], [{ former: 'missing' }]])(
    'is one: with %o under its name it deviates, and nothing of it changes',
    (rest) => {
      const { changes, deviations } = replace(clinician, replacementIn(replace()), rest);
      expect(replacementIn({ changes })).toBeUndefined();
      expect(deviations).toMatchObject([
        { code: 'IDENTIFIER_TAKEN', expected: 'wristband,name-changed,taken-off' },
      ]);
    },
  );

  test('that was entered in error shows as annulled, and is said anew under another name', () => {
    const one = replacementIn(replace());
    if (!one) throw new Error('not recorded');
    const other = { ...one, id: 'wristband-3', statements: [] };
    const undo = ofTokenReplacement === 'never' ? undefined : ofTokenReplacement.undo;
    const commandId = one.statements[0]?.command ?? '';
    const mistaken = recordOf('care:ReplaceToken', nurse, { commandId });
    const undone = undo?.(mistaken, new Things([one, other]), signed(clinician.id));
    expect(undone?.changes).toEqual([{ ...one, annulled: signed(clinician.id) }]);
    const annulled = replacementIn({ changes: undone?.changes ?? [] });
    expect(replace(clinician, annulled).deviations).toMatchObject([{ code: 'IDENTIFIER_TAKEN' }]);
  });
});
