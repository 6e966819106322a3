import { describe, expect, test } from '@jest/globals';
import type { FactDecision } from '../commands/decision.js';
import { Recording } from '../commands/decision.js';
import { actor, command, consent, context, item, NOW, signed, useBy } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import { noteConsent, type UseByFact } from './fact.js';

const collector = actor('hospital.collector', 'HospitalMSP', 'collector');
const by = (minutes: number) => {
  const time = addMinutes(NOW, minutes);
  return { ...signed('patient-1'), at: time, time };
};
/** A decision of the patient's, so many minutes from now. */
const given = (minutes = -600, rest: Parameters<typeof consent>[1] = {}) =>
  consent('given', { decided: by(minutes), ...rest });

interface Told {
  /** minutes before now that it happened */
  readonly ago?: number;
  readonly lateReason?: 'paper-record';
  readonly counted?: boolean;
}

function tell(use: UseByFact, { ago = 0, lateReason, counted = false }: Told = {}): FactDecision {
  const late = ago > 15;
  const at = addMinutes(NOW, -ago);
  const said = command(collector.id, {}, { at, ...(lateReason ? { lateReason } : {}) });
  const of = context(collector, { late });
  const recording = new Recording(said, of);
  noteConsent(recording, use, said, of, [item()], counted);
  return recording.done();
}

const found = (decision: FactDecision) =>
  decision.deviations.filter(({ code }) => code === 'WITHOUT_CONSENT').map((each) => each.found);
const ofFact = (use: UseByFact, told?: Told) => found(tell(use, told));

describe('a fact', () => {
  test('that the patient agreed to deviates in nothing', () => {
    expect(ofFact(useBy(given()))).toEqual([]);
    expect(ofFact({ ...useBy(), purposes: [] })).toEqual([]);
  });

  test('without consent is recorded, and stops what it made', () => {
    const decision = tell(useBy());
    expect(found(decision)).toEqual(['TREATMENT_MANUFACTURE no decision']);
    expect(decision.changes).toMatchObject([
      { noun: 'item', blockers: [{ kind: 'deviation', code: 'WITHOUT_CONSENT' }] },
      { noun: 'deviation', classification: 'critical' },
    ]);
  });

  test.each(['refused', 'withdrawn', 'revoked', 'invalidated'] as const)(
    'deviates where the consent was %s before it was told, whenever it happened',
    (state) => {
      const ended = consent(state, { decided: by(-600), ended: by(-10) });
      expect(ofFact(useBy(ended))).toEqual([`TREATMENT_MANUFACTURE ${state}`]);
      const before = { ago: 60, lateReason: 'paper-record' } as const;
      expect(ofFact(useBy(ended), before)).toEqual([`TREATMENT_MANUFACTURE ${state}`]);
    },
  );

  test('that happened before the patient agreed deviates, but for what two clocks may differ', () => {
    expect(ofFact(useBy(given(-10)), { ago: 13 })).toEqual(['TREATMENT_MANUFACTURE requested']);
    expect(ofFact(useBy(given(-10)), { ago: 11 })).toEqual([]);
  });

  test('is judged by the consent that stood then, and not by the one that took its place', () => {
    const earlier = given(-600, { state: 'superseded' });
    const later = given(-10, { id: 'consent-2', supersedes: 'consent-1' });
    const before = { ago: 60, lateReason: 'paper-record' } as const;
    expect(ofFact(useBy(earlier, later), before)).toEqual([]);
    const takenBack = { ...earlier, ended: by(-120) };
    expect(ofFact(useBy(takenBack, later), before)).not.toEqual([]);
  });

  test('that happened while the patient’s no stood deviates, though it was taken back before it was told', () => {
    const no = consent('refused', { id: 'no', ended: by(-120) });
    const again = given(-10, { id: 'consent-2', takesBack: ['no'] });
    const before = { ago: 60, lateReason: 'paper-record' } as const;
    expect(ofFact(useBy(no, again), before)).toEqual(['TREATMENT_MANUFACTURE refused']);
    expect(ofFact(useBy(no, again))).toEqual([]);
  });

  test('lies within the consent’s period when it happens and when it is told, unless it says why it is late', () => {
    const lapsed = given(-600, { scope: { validUntil: addMinutes(NOW, -5) } });
    expect(ofFact(useBy(lapsed), { ago: 10 })).toHaveLength(1);
    expect(ofFact(useBy(lapsed), { ago: 60, lateReason: 'paper-record' })).toEqual([]);
    expect(ofFact(useBy(lapsed), { ago: 60 })).toHaveLength(1);
    const ahead = given(-600, { scope: { validFrom: addMinutes(NOW, -5) } });
    expect(ofFact(useBy(ahead), { ago: 10 })).toHaveLength(1);
  });

  test.each([
    ['recipient', { recipients: ['HospitalMSP'] }, 'recipient LabMSP'],
    ['country', { geography: ['AT'] }, 'country DE'],
    ['class of data', { dataClasses: ['outcome' as const] }, 'data class sample'],
  ])('is covered by a consent for its %s only', (_name, scope, lack) => {
    expect(ofFact(useBy(given(-600, { scope })))).toEqual([
      `TREATMENT_MANUFACTURE out of scope: ${lack}`,
    ]);
  });

  test('draws on a consent of so many uses once, and no more where its permission did', () => {
    const limited = { ...given(-600, { scope: { maxUses: 1 } }), used: 0 };
    const used = ({ changes }: FactDecision) =>
      changes.filter(({ noun }) => noun === 'consent-use');
    expect(used(tell(useBy(limited)))).toHaveLength(1);
    const usedUp = useBy({ ...limited, used: 1 });
    expect(ofFact(usedUp)).toEqual(['TREATMENT_MANUFACTURE used 1 times']);
    expect(ofFact(usedUp, { counted: true })).toEqual([]);
    expect(used(tell(useBy(limited), { counted: true }))).toEqual([]);
  });
});
