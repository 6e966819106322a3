import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS } from '@veinledger/domain';
import { send } from '#scripts';
import { type Fact, factsOf } from './every-fact.js';
import { goOn, type Played, playTwo, toTheWard } from './played.js';

const RUNS = 120;

/** What befell the patient is told without stopping anything; so is that a time was missed, or a payer does not pay. */
const STOP_NOTHING: readonly string[] = [
  'consent:ReportPressure',
  'care:ReportAdverseEvent',
  'care:RecordOutcome',
  'quality:OpenReportableEvent',
  'quality:RecordInspection',
  'care:ReplaceToken',
  'therapy:ReportMissedSlot',
  'billing:ReportDenial',
];

describe('a fact, whatever it says', () => {
  let ward: Played;
  const factTypes = COMMANDS.filter(({ kind }) => kind === 'fact').map(({ type }) => type);
  beforeAll(async () => {
    ward = await playTwo(toTheWard);
  });

  /** Facts about things that are this therapy's, another's, or nobody's. */
  const sequences = fc.array(fc.tuple(fc.constantFrom(...factTypes), fc.nat(), fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  });

  it('of every type there is told here', () => {
    expect(Object.keys(factsOf(ward, 0)).sort()).toEqual([...factTypes].sort());
  });

  it('is recorded with its record and pointers, and never refused or an error', async () => {
    const told = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const ahead = goOn(ward);
        const { submitter } = ahead;
        for (const [type, pick, late] of sequence) {
          const fact: Fact | undefined = factsOf(ahead, pick)[type];
          if (!fact) throw new Error(`no fact of type ${type}`);
          const at = new Date(Date.now() - 3_600_000).toISOString();
          const { receipt } = await send(submitter, fact.by, {
            type,
            body: fact.body,
            ...(fact.annexes ? { annexes: fact.annexes } : {}),
            ...(late ? { at } : {}),
          });
          told.set(type, (told.get(type) ?? 0) + 1);
          expect([type, receipt.kind, receipt.decision, receipt.reasons]).toEqual([
            type,
            'fact',
            'recorded',
            [],
          ]);
          expect(submitter.all('record')).toContainEqual(receipt);
          const codes = receipt.deviations.map(({ code }) => code);
          expect([type, codes.includes('LATE_ENTRY')]).toEqual([
            type,
            late && receipt.effect === 'taken',
          ]);
          // what another therapy has is stopped there alone
          const elsewhere = codes.includes('FOREIGN_ITEM');
          for (const { code, id, scope, subjects } of submitter.all('deviation')) {
            const own = receipt.deviations.some((each) => each.id === id);
            if (!own || code !== 'LATE_ENTRY' || scope.kind !== 'therapy') continue;
            if (STOP_NOTHING.includes(type) || elsewhere) continue;
            expect([type, subjects]).not.toEqual([type, []]);
          }
          const open = submitter.all('deviation').map(({ id }) => id);
          expect(open).toEqual(expect.arrayContaining(receipt.deviations.map(({ id }) => id)));
        }
      }),
      { numRuns: RUNS },
    );
    expect([...told.keys()].sort()).toEqual([...factTypes].sort());
  });
});
