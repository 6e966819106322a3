import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import { consent, item, signed } from '../example.fixture.js';
import { consentsIn } from '../nouns/purpose-consents.js';
import { keptByPurpose, readConsentsTo } from './by-purpose.js';

const form = { id: 'form', version: '1.0', language: 'de-DE', digest: 'D' } as const;
const decided = { decided: signed('patient-1') };
const asked = consent('requested', { id: 'b', form, requested: signed('hospital.clinician') });
const before = consent('superseded', { id: 'a', ...decided, ended: signed('patient-1') });
const by = { supersedes: 'a', takesBack: ['no'], countsWith: ['a'] };
const given = consent('given', { id: 'b', ...by, scope: { maxUses: 2 }, ...decided });
const research = consent('refused', { id: 'c', purpose: 'RESEARCH' });

const terms = ({ id, state, scope, ...rest }: typeof given) => ({
  ...{ id, state, scope },
  ...('decided' in rest ? { decided: rest.decided } : {}),
  ...('ended' in rest ? { ended: rest.ended } : {}),
  ...('supersedes' in rest ? { supersedes: rest.supersedes } : {}),
  ...('takesBack' in rest ? { takesBack: rest.takesBack } : {}),
  ...('countsWith' in rest ? { countsWith: rest.countsWith } : {}),
});

describe('what a patient says of a purpose', () => {
  test('stands in one record with each command that changes it: what stood before and what is new, in order', async () => {
    const [kept, ...others] = await keptByPurpose(readerOf(asked, before), [item(), given]);
    expect(others).toEqual([]);
    expect(kept).toEqual({
      noun: 'purpose-consents',
      patient: 'patient-1',
      purpose: 'TREATMENT_MANUFACTURE',
      consents: [before, given].map(terms),
    });
  });

  test('stands in one record for each purpose and each patient', async () => {
    const other = consent('given', { patient: 'patient-2', id: 'b', ...decided });
    const kept = await keptByPurpose(readerOf(before), [given, research, other, asked]);
    expect(
      kept.map(({ patient, purpose, consents }) => [patient, purpose, consents.length]),
    ).toEqual([
      ['patient-1', 'TREATMENT_MANUFACTURE', 2],
      ['patient-1', 'RESEARCH', 1],
      ['patient-2', 'TREATMENT_MANUFACTURE', 1],
    ]);
    expect(kept[0]?.consents[1]?.state).toBe('requested');
  });

  test('is left as it is by a command that changes no consent', async () => {
    expect(await keptByPurpose(readerOf(before), [item()])).toEqual([]);
  });

  test('is read as it was written, without what was shown to the patient', async () => {
    const [kept] = await keptByPurpose(readerOf(before), [given]);
    if (!kept) throw new Error('nothing was kept');
    const read = await readConsentsTo(readerOf(kept), 'patient-1', 'TREATMENT_MANUFACTURE');
    expect(read).toEqual(consentsIn(kept));
    expect(read).toMatchObject([
      { id: 'a', patient: 'patient-1' },
      { id: 'b', scope: { maxUses: 2 } },
    ]);
    expect(await readConsentsTo(readerOf(kept), 'patient-2', 'TREATMENT_MANUFACTURE')).toEqual([]);
  });

  test('that was said before such records were kept is read of the consents', async () => {
    const reader = readerOf(before, given, research);
    const read = await readConsentsTo(reader, 'patient-1', 'TREATMENT_MANUFACTURE');
    expect(read).toEqual([before, given]);
  });
});
