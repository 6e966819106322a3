import { describe, expect, test } from '@jest/globals';
import { honest, THINGS } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { irreversiblesBefore } from '../gates/irreversible.js';
import { COI } from '../example.fixture.js';
import { goesOnAlone, reasonsOfLapse } from './lapse.js';

const lapsed = [{ code: 'CONSENT_NOT_ACTIVE' as const, subject: 'consent', found: 'expired' }];
const DANGER = { notAsked: 'unconscious', waiting: 'endangers-life' } as const;
const AFTER = { notAsked: 'not-reached', waiting: 'after-what-cannot-be-undone' } as const;

describe('a physician who has treatment go on although consent lapsed', () => {
  const whole = honest().whole();
  const ancestry = upstreamOf(whole, [{ kind: 'item', coi: COI, id: THINGS.dose }]);
  const stage = { whole, ancestry };
  const steps = whole.definition.steps.map((step) => ({ ...step, irreversible: true }));
  const begun = { ...stage, whole: { ...whole, definition: { ...whole.definition, steps } } };

  test('says why the patient is not asked, and what endangers life', () => {
    expect(goesOnAlone(stage, { continueAfterLapse: true, lapse: DANGER })).toBe(true);
    expect(goesOnAlone(stage, { continueAfterLapse: true })).toBe(false);
    expect(goesOnAlone(stage, { continueAfterLapse: false, lapse: DANGER })).toBe(false);
  });

  test('says that it cannot be undone only where a step was done that cannot be', () => {
    expect(irreversiblesBefore(begun.whole, ancestry.items).length).toBeGreaterThan(0);
    const said = { continueAfterLapse: true, lapse: AFTER };
    expect([goesOnAlone(stage, said), goesOnAlone(begun, said)]).toEqual([false, true]);
  });

  test('is told what is missing, where consent lapsed and they signed for it', () => {
    const signed = { continueAfterLapse: true };
    expect(reasonsOfLapse('dose-1', signed, lapsed)).toMatchObject([
      { code: 'LAPSE_WITHOUT_CAUSE', subject: 'dose dose-1', found: 'neither' },
    ]);
    expect(reasonsOfLapse('dose-1', { ...signed, lapse: AFTER }, lapsed)).toMatchObject([
      { found: AFTER.waiting },
    ]);
    expect(reasonsOfLapse('dose-1', signed, [])).toEqual([]);
    const denied = [{ code: 'CONSENT_DENIED' as const, subject: 'consent' }];
    expect(reasonsOfLapse('dose-1', signed, denied)).toEqual([]);
    expect(reasonsOfLapse('dose-1', { continueAfterLapse: false }, lapsed)).toEqual([]);
  });
});
