import { describe, expect, test } from '@jest/globals';
import {
  after,
  agreed,
  bag,
  begin,
  codes,
  decide,
  physician,
} from '../care/decide-to-go-on.fixture.js';
import { readerOf } from '../commands/reader.fixture.js';
import {
  actor,
  attempt,
  COI,
  command,
  consent,
  context,
  DIGEST,
  din,
  item,
  NOW,
  signed,
} from '../example.fixture.js';
import { CELL_THINGS, CELLS, honestCells } from '../graph/cell-therapy.fixture.js';
import { HOLD, lacking, own, type Story } from '../graph/honest-therapy.fixture.js';
import { decideStartStep, readStartState, startStep } from '../manufacturing/start-step.js';
import type { Actor } from '../nouns/actor.js';
import type { Item } from '../nouns/item.js';
import type { Blocker } from '../nouns/blockable.js';
import { addMinutes } from '../values/time.js';
import { irreversiblesBefore, isProduct, wasPermitted } from './irreversible.js';
import { marks } from './open-tests.fixture.js';

const LINES = { orderLines: [] };

describe('what cannot be undone', () => {
  test.each(['lymphodepletion', 'preparation'])(
    'begins when the dose would be given: %s',
    (step) => {
      expect(codes(begin(honestCells(), step))).toEqual(['permitted']);
    },
  );

  test.each<[string, Story, readonly string[]]>([
    [
      'its batch is recalled',
      honestCells().change('batch', 'batch-1', { recall: { ...signed('q'), reason: 'sterility' } }),
      ['RECALLED'],
    ],
    [
      'its batch is not reviewed',
      honestCells().change('batch', 'batch-1', (each) => lacking(each, 'review')),
      ['NOT_REVIEWED'],
    ],
    [
      'its batch has expired',
      honestCells().change('batch', 'batch-1', { expiry: NOW }),
      ['EXPIRED'],
    ],
    ['a test has no result', honestCells().without('step', 'rcl-test/1'), ['NOT_TESTED']],
    [
      'no line of the order is free',
      honestCells().change('therapy', COI, LINES),
      ['DOSE_NOT_ORDERED'],
    ],
    ['it is held', honestCells().change('item', bag, HOLD), ['ON_HOLD']],
  ])('does not begin while %s', (_why, story, expected) => {
    expect(codes(begin(story, 'lymphodepletion'))).toEqual(expected);
    expect(codes(begin(story, 'preparation'))).toEqual(expected);
  });

  test('does not begin while somebody else had the keys of who tested its batch', async () => {
    const story = honestCells();
    const { process } = story.find('therapy', COI);
    const by = actor('hospital.both', 'HospitalMSP', 'pharmacist', 'clinician');
    const tester = actor('manufacturer.tester', 'ManufacturerMSP', 'quality');
    const compromised = { at: NOW, by: 'x', reason: 'key-compromised', compromisedSince: NOW };
    const published = { noun: 'process' as const, ...process, definition: story.definition };
    const body = startStep.body.parse({
      ...{ coi: COI, step: 'lymphodepletion', attempt: 9, inputs: [bag], datasets: [] },
      batch: 'batch-1',
    });
    const reasons = async (of: Actor) => {
      const known = [of, { ...published, publishedBy: 'x', at: NOW }, consent('given')];
      const reader = readerOf(...known, ...story.entities);
      const state = await readStartState(reader, body, context(by));
      return codes(decideStartStep(state, command(by.id, body), context(by)));
    };
    expect(await reasons(tester)).not.toContain('SUSPECT_SIGNATURE');
    expect(await reasons({ ...tester, revocation: compromised })).toContain('SUSPECT_SIGNATURE');
  });

  test('does not begin on what no certified batch holds, in whichever order the process has its steps', () => {
    const needless = honestCells()
      .by(marks('preparation', { needs: ['lymphodepletion'] }))
      .change('batch', 'batch-1', (each) => lacking(each, 'certification'));
    expect(codes(begin(needless, 'preparation'))).toEqual(['BATCH_NOT_RELEASED']);
  });

  test('does not begin while an alarm claims tampering, until both looked into it', () => {
    const alarmed = honestCells().with({
      ...{ noun: 'alarm', scope: { kind: 'therapy', id: COI }, subject: `item ${bag}` },
      ...{ organisation: 'OtherMSP', claim: 'tampering', type: 'custody:ReceiveItem' },
      raised: signed('other.courier'),
    });
    expect(codes(begin(alarmed, 'preparation'))).toEqual(['ALARM_NOT_SEEN']);
    const half = after(alarmed, decide(physician, alarmed, { item: bag, alarmsSeen: [DIGEST] }));
    expect(codes(begin(half, 'preparation'))).toEqual(['ALARM_NOT_SEEN']);
    const looked = agreed(alarmed, { item: bag, alarmsSeen: [DIGEST] });
    expect(codes(begin(looked, 'preparation'))).toEqual(['permitted']);
  });

  test('does not begin without the consent that only the dose asks for', () => {
    const asked = honestCells().by((each) => ({ ...each, doseConsents: ['OOS_ADMINISTRATION'] }));
    expect(codes(begin(asked, 'lymphodepletion'))).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('does not begin by a consent that lapsed, which a physician goes on with for a dose alone', () => {
    const asked = honestCells().by((each) => ({ ...each, doseConsents: ['OOS_ADMINISTRATION'] }));
    const lapsed = consent('given', {
      ...{ purpose: 'OOS_ADMINISTRATION', decided: signed('patient-1') },
      scope: { validUntil: NOW },
    });
    expect(codes(begin(asked, 'lymphodepletion', [consent('given'), lapsed]))).toEqual([
      'CONSENT_NOT_ACTIVE',
    ]);
  });

  test.each(['lymphodepletion', 'preparation'])('does not begin on nothing: %s', (step) => {
    const unordered = honestCells().change('therapy', COI, LINES);
    expect(codes(begin(unordered, step, undefined, []))).toContain('NO_INPUT');
  });

  test('does not begin against the patient’s no', () => {
    expect(codes(begin(honestCells(), 'lymphodepletion', [consent('withdrawn')]))).toContain(
      'CONSENT_DENIED',
    );
  });

  test('asks none of this where the process does not say so, and starts nothing that is a fact', () => {
    const unmarked = honestCells().by((each) => ({
      ...each,
      steps: each.steps.map((step) => lacking(step, 'irreversible')),
    }));
    const unordered = unmarked.change('therapy', COI, LINES);
    expect(codes(begin(unordered, 'lymphodepletion'))).toEqual(['permitted']);
    expect(codes(begin(unordered, 'preparation'))).toEqual(['UNKNOWN_STEP']);
  });
});

describe('what cannot be undone is behind a product', () => {
  const { aliquot, dose, expanded } = CELL_THINGS;
  const behind = (story: Story, ...items: readonly Item[]) =>
    irreversiblesBefore(story.whole(), items).map(({ id }) => id);
  const untouched = honestCells().without('step', 'lymphodepletion/1');
  const prepared = untouched.find('item', dose);
  const stopped = (blockers: readonly Blocker[]) =>
    behind(honestCells().change('step', 'lymphodepletion/1', { blockers }));

  test('where it was done on the patient, unless that was told in error', () => {
    expect(stopped([])).toEqual(['lymphodepletion']);
    expect(stopped(HOLD.blockers)).toEqual(['lymphodepletion']);
    expect(stopped([{ kind: 'annulled', id: 'A.1', code: 'ENTERED_IN_ERROR' }])).toEqual([]);
  });

  test('where the product was prepared by it, and not where another was', () => {
    expect(behind(untouched, untouched.find('item', bag), prepared)).toEqual(['preparation']);
    expect(behind(untouched, untouched.find('item', bag))).toEqual([]);
    expect(behind(untouched, untouched.find('item', aliquot))).toEqual([]);
    const kind = 'dose';
    expect(behind(untouched, item({ kind }))).toEqual([]);
    const reported = { step: 'harvest-freeze', attempt: 1 };
    expect(behind(untouched, { ...prepared, producedBy: reported })).toEqual([]);
    expect(behind(untouched, item({ kind, parents: [own(din(1))] }))).toEqual(['preparation']);
  });

  test('where a step that made something of it was reported, and not where it made another’s', () => {
    const marked = untouched.by(marks('expansion', { irreversible: true }));
    const cells = marked.find('item', expanded);
    expect(behind(marked, marked.find('item', bag), cells)).toEqual(['expansion']);
    expect(behind(marked, marked.find('item', bag))).toEqual([]);
  });

  test('and a product is what is given, or a container of that', () => {
    const kinds = CELLS.items.map(({ code }) => code);
    expect(kinds.filter((kind) => isProduct(CELLS, { kind }))).toEqual(['infusion-bag', 'dose']);
  });
});

describe('what cannot be undone was permitted', () => {
  const permission = { ...signed('hospital.pharmacist'), inputs: [bag], datasets: [] };
  const permitted = (blockers: readonly Blocker[], minutes = 0) =>
    wasPermitted(
      { authorisationMinutes: 60 },
      [attempt('preparation', { permission, blockers })],
      bag,
      { began: addMinutes(NOW, minutes), held: addMinutes(NOW, minutes) },
    );

  test('to the last of the process’s minutes', () => {
    expect([permitted([], 60), permitted([], 61), permitted([], -30)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('while it is held, and not once it was rejected or told in error', () => {
    expect(permitted(HOLD.blockers)).toBe(true);
    for (const kind of ['rejected', 'annulled'] as const)
      expect(permitted([{ kind, id: 'D.1', code: 'ENTERED_IN_ERROR' }])).toBe(false);
  });
});
