import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, consent, context, RECIPIENT } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { lacking, type Story } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { decideStartStep, linksOf, startStep } from './start-step.js';

const physician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const [first, bag] = CELL_THINGS.bags;

function deplete(story: Story) {
  const body = startStep.body.parse({
    ...{ coi: COI, step: 'lymphodepletion', attempt: 2, inputs: [bag], datasets: [] },
    batch: 'batch-1',
  });
  const here = { holder: { organisation: 'HospitalMSP', actor: physician.id } };
  const there = story.change('item', bag, here);
  const whole = there.whole();
  const inputs = [{ id: bag, known: 'own' as const, item: there.find('item', bag) }];
  const ancestry = upstreamOf(whole, linksOf(body, inputs));
  const { therapy } = whole;
  const consents = [consent('given')];
  const decided = decideStartStep(
    { therapy, whole, inputs, ancestry, consents, recipient: RECIPIENT, suspects: [] },
    command(physician.id, body),
    context(physician),
  );
  return decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : ['permitted'];
}

/** The second bag is of no batch any more. */
const apart = honestCells().change('batch', 'batch-1', { vials: [first] });

describe('a step that waits for the certification', () => {
  test('begins on a bag of a batch that was tested, reviewed and certified, and keeps', () => {
    expect(deplete(honestCells())).toEqual(['permitted']);
    expect(deplete(honestCells().without('step', 'sterility-test/1'))).toEqual(['NOT_TESTED']);
    const expiry = '2026-01-01T00:00:00.000Z';
    expect(deplete(honestCells().change('batch', 'batch-1', { expiry }))).toEqual(['EXPIRED']);
  });

  test('begins on no bag of another batch than the certified one that is named, nor of none', () => {
    const named = honestCells().find('batch', 'batch-1');
    const other = {
      ...lacking(lacking(named, 'review'), 'certification'),
      ...{ id: 'batch-2', vials: [bag] },
    };
    const two = apart.with(other).change('item', bag, { batch: 'batch-2' });
    expect(deplete(two)).toEqual(['BATCH_NOT_RELEASED', 'NOT_REVIEWED']);
    expect(deplete(apart.change('item', bag, (item) => lacking(item, 'batch')))).toEqual([
      'NO_BATCH',
    ]);
  });
});
