import { describe, expect, test } from '@jest/globals';
import { ofRunConfirmation } from '../annulling/recall.js';
import { Things } from '../annulling/things.js';
import { actor, command, context, DIGEST, signed } from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Run, RunFailure } from '../nouns/run.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { confirmRunFailure, decideConfirmRunFailure } from './confirm-run-failure.js';
import { reportRunFailure } from './report-run-failure.js';

const run: Run = honest().find('run', 'run-1');
const scope = { kind: 'run', id: run.id } as const;
const found: RunFailure = { ...signed('lab.head'), reason: 'controls-failed' };
const hopping: RunFailure = { ...signed('lab.head'), reason: 'index-hopping', perMille: 3 };
const confirmed = { ...signed('lab.technician'), controls: DIGEST };
const colleague = actor('lab.technician', 'LabMSP', 'lab');

function confirm(
  failures: readonly RunFailure[] | 'no run',
  by: Actor = colleague,
  person?: string,
) {
  return decideConfirmRunFailure(
    { run: failures === 'no run' ? undefined : { ...run, failures: [...failures] } },
    { ...command(by.id, { run: run.id }), annex: { controls: DIGEST } },
    context(by, { scope, person }),
  );
}

const refused = (decision: ReturnType<typeof confirm>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

describe('that the controls of a run failed', () => {
  test('is confirmed by a second person of its owner, with the controls’ results', () => {
    expect(confirm([hopping, found])).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          ...{ noun: 'run', id: run.id },
          failures: [hopping, { ...found, confirmed: { actor: colleague.id, controls: DIGEST } }],
        },
      ],
    });
    expect(confirmRunFailure.annexes).toMatchObject([{ name: 'controls', required: true }]);
    expect(confirmRunFailure.signature).toBe('own');
    expect(confirmRunFailure.roles).toEqual(reportRunFailure.roles);
  });

  test('is confirmed by nobody who found it, under whatever name', () => {
    expect(refused(confirm([found], actor('lab.head', 'LabMSP', 'lab')))).toEqual(['SAME_PERSON']);
    const person = DIGEST;
    const other = actor('lab.chief', 'LabMSP', 'lab');
    expect(refused(confirm([{ ...found, person }], other, person))).toEqual(['SAME_PERSON']);
  });

  test('is confirmed once, and of nothing else that was found', () => {
    expect(refused(confirm([{ ...found, confirmed }]))).toEqual(['ALREADY_CONFIRMED']);
    const annulled = signed('lab.quality');
    for (const failures of [
      'no run' as const,
      [],
      [hopping],
      [{ ...found, annulled }],
      [{ ...found, reason: 'sample-sheet-mixed' as const }],
    ])
      expect(refused(confirm(failures))).toEqual(['NOTHING_TO_CONFIRM']);
    // found anew after an error, and so to be confirmed anew
    const again = { ...found, command: `${'O'.repeat(42)}A` };
    expect(confirm([{ ...found, annulled, confirmed }, again])).toMatchObject({
      changes: [{ failures: [{ annulled, confirmed }, { confirmed: { actor: colleague.id } }] }],
    });
  });

  test('is one person’s word again once its confirmation was entered in error', () => {
    if (typeof ofRunConfirmation !== 'object') throw new Error('never annulled');
    const { undo } = ofRunConfirmation;
    const undone = (commandId: string) =>
      undo(
        { ...recordOf('manufacturing:ConfirmRunFailure', colleague, { scope }), commandId },
        new Things([{ ...run, failures: [hopping, { ...found, confirmed }] }]),
        signed('lab.quality'),
      ).changes;
    expect(undone(confirmed.command)).toEqual([{ ...run, failures: [hopping, found] }]);
    expect(undone(`${'X'.repeat(42)}A`)).toEqual([]);
  });
});
