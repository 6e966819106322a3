import { describe, expect, test } from '@jest/globals';
import { agreed, bag, begin, codes } from '../care/decide-to-go-on.fixture.js';
import { COI, consent, DIGEST, NOW, signed } from '../example.fixture.js';
import { honestCells } from '../graph/cell-therapy.fixture.js';
import { HOLD, lacking, type Story } from '../graph/honest-therapy.fixture.js';
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
    const looked = agreed(alarmed, { item: bag, alarmsSeen: [DIGEST] });
    expect(codes(begin(looked, 'preparation'))).toEqual(['permitted']);
  });

  test('does not begin without the consent that only the dose asks for', () => {
    const asked = honestCells().by((each) => ({ ...each, doseConsents: ['OOS_ADMINISTRATION'] }));
    expect(codes(begin(asked, 'lymphodepletion'))).toEqual(['CONSENT_NOT_ACTIVE']);
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
