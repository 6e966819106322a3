import { describe, expect, test } from '@jest/globals';
import { ofInspection } from '../annulling/inspection.js';
import { Things } from '../annulling/things.js';
import { actor, COI, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Inspection } from '../nouns/inspection.js';
import { addMinutes } from '../values/time.js';
import { recordOf } from './annul-record.fixture.js';
import { decideRecordInspection, recordInspection } from './record-inspection.js';

const quality = actor('lab.quality', 'LabMSP', 'quality');
const BODY = {
  ...{ coi: COI, inspection: 'inspection-1', authority: 'pei', reference: 'I-1' },
  ...{ kind: 'good-manufacturing-practice', basis: 'eu-2001-83-article-111' },
  ...{ from: NOW, shown: ['trace', 'pack'] },
};
const inspectionIn = ({ changes }: { readonly changes: readonly { readonly noun: string }[] }) =>
  changes.find((each): each is Inspection => each.noun === 'inspection');

function record(
  rest: object = {},
  existing?: Inspection,
  { by = quality, annex }: { by?: typeof quality; annex?: Record<string, string> } = {},
) {
  const body = recordInspection.body.parse({ ...BODY, ...rest });
  const said = command(by.id, body, annex ? { annex } : {});
  return decideRecordInspection({ existing }, said, context(by));
}

describe('an inspection by an authority without keys', () => {
  test('is on record with who was shown what, on which law, at which party', () => {
    const { changes, deviations, effect } = record();
    expect([deviations, effect]).toEqual([[], 'taken']);
    expect(inspectionIn({ changes })).toMatchObject({
      ...{ host: 'LabMSP', authority: 'pei', reference: 'I-1' },
      ...{ kind: 'good-manufacturing-practice', basis: 'eu-2001-83-article-111' },
      statements: [{ actor: quality.id, from: NOW, shown: ['pack', 'trace'] }],
    });
  });

  test('has its end, its pack and its findings said later, and what was said before stays', () => {
    const first = inspectionIn(record());
    const until = addMinutes(NOW, 480);
    const later = inspectionIn(record({ until, pack: DIGEST }, first));
    const found = inspectionIn(record({ until }, later, { annex: { findings: DIGEST } }));
    expect(found?.statements).toMatchObject([
      { from: NOW },
      { until, pack: DIGEST },
      { until, findings: DIGEST },
    ]);
    expect(found?.statements[0]).toEqual(first?.statements[0]);
    const again = record({ until, pack: DIGEST, shown: ['pack', 'trace', 'pack'] }, found);
    expect(again).toMatchObject({ effect: 'none', changes: [] });
  });

  test.each([
    ['authority', { authority: 'ema' }],
    ['kind', { kind: 'pharmacovigilance' }],
    ['reference', { reference: 'I-2' }],
    ['basis', { basis: 'national-law' }],
  ])('is one: of another %s under its name deviates', (member, rest) => {
    const { changes, deviations } = record(rest, inspectionIn(record()));
    expect(inspectionIn({ changes })).toBeUndefined();
    const [deviation] = deviations;
    expect(deviation).toMatchObject({ code: 'IDENTIFIER_TAKEN' });
    expect(deviation?.found).toContain(Object.values(rest).join());
    expect(deviation?.found).not.toBe(deviation?.expected);
    expect(member in BODY).toBe(true);
  });

  test('is one: another party’s under its name deviates', () => {
    const by = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
    const { deviations } = record({}, inspectionIn(record()), { by });
    expect(deviations).toMatchObject([{ code: 'IDENTIFIER_TAKEN' }]);
  });

  test('that was entered in error shows as annulled, and what else was said of it stays', () => {
    const first = inspectionIn(record());
    const both = inspectionIn(record({ pack: DIGEST }, first));
    if (!both) throw new Error('not recorded');
    const [one, two] = both.statements;
    if (!one || !two) throw new Error('not said twice');
    const other: Inspection = {
      ...both,
      statements: [{ ...one, command: 'B'.repeat(43) }, two],
    };
    const undo = ofInspection === 'never' ? undefined : ofInspection.undo;
    const commandId = two.command;
    const mistaken = recordOf('quality:RecordInspection', quality, { commandId });
    const undone = undo?.(mistaken, new Things([other]), signed(quality.id));
    const [before, after] = inspectionIn({ changes: undone?.changes ?? [] })?.statements ?? [];
    expect(before?.annulled).toBeUndefined();
    expect(after).toMatchObject({ pack: DIGEST, annulled: { actor: quality.id } });
    const annulled = inspectionIn({ changes: undone?.changes ?? [] });
    expect(inspectionIn(record({ pack: DIGEST }, annulled))?.statements).toHaveLength(3);
  });
});
