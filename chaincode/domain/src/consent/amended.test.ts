import { describe, expect, test } from '@jest/globals';
import { actor, command, consent, context, DIGEST, NOW, signed } from '../example.fixture.js';
import type { FormAmendment } from '../nouns/form-amendment.js';
import { addMinutes } from '../values/time.js';
import { decideAmendForm } from './amend-form.js';
import { reconsentFrom } from './amended.js';
import { reasonsAgainstUse } from './evaluate.js';
import { consentStateAt } from './stands.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const deadline = addMinutes(NOW, 60);
const amendment: FormAmendment = {
  ...{ noun: 'form-amendment', organisation: 'HospitalMSP', form: 'information', version: '2.0' },
  ...{ from: ['1.0'], clauses: ['risk'], deadline, continues: ['TREATMENT_MANUFACTURE'] },
  amended: signed(clinician.id),
};
const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
const given = consent('given', { form });

describe('consents on a form that was amended', () => {
  test('need a new answer at once, or from the deadline on where their purpose continues', () => {
    expect(reconsentFrom(given, [amendment])).toBe(deadline);
    expect(reconsentFrom({ ...given, purpose: 'RESEARCH' }, [amendment])).toBe(NOW);
  });

  test('are those on the versions that it names, and no others', () => {
    expect(reconsentFrom(given, [])).toBeUndefined();
    expect(
      reconsentFrom({ ...given, form: { ...form, version: '2.0' } }, [amendment]),
    ).toBeUndefined();
    expect(
      reconsentFrom({ ...given, form: { ...form, id: 'other' } }, [amendment]),
    ).toBeUndefined();
    expect(reconsentFrom(consent('given'), [amendment])).toBeUndefined();
    const route = { kind: 'verbal', recorded: signed('nurse') } as const;
    expect(reconsentFrom({ ...given, state: 'renewed', route }, [amendment])).toBeUndefined();
    expect(reconsentFrom({ ...given, state: 'renewed' }, [amendment])).toBe(deadline);
    expect(reconsentFrom({ ...given, route }, [amendment])).toBe(deadline);
  });

  test('wait for the first of several amendments', () => {
    const later = { ...amendment, version: '3.0', deadline: addMinutes(NOW, 90) };
    expect(reconsentFrom(given, [later, amendment])).toBe(deadline);
    expect(reconsentFrom(given, [amendment, later])).toBe(deadline);
  });

  test('permit until then, and nothing from then on', () => {
    const weighed = { ...given, reconsentFrom: deadline };
    const use = (at: string) =>
      reasonsAgainstUse([weighed], {
        ...{ purpose: 'TREATMENT_MANUFACTURE', at, dataClasses: [] },
        ...{ recipient: 'LabMSP', country: 'DE' },
      });
    expect(use(addMinutes(deadline, -1))).toEqual([]);
    expect(use(deadline)).toMatchObject([
      { code: 'CONSENT_NOT_ACTIVE', found: `reconsent required from ${deadline}` },
    ]);
    expect(consentStateAt(weighed, deadline)).toBe('reconsent-required');
    const withdrawn = { ...weighed, state: 'withdrawn' as const };
    expect(consentStateAt(withdrawn, deadline)).toBe('withdrawn');
  });
});

describe('amending a form', () => {
  const amend = (existing: FormAmendment | undefined, rest: object = {}) => {
    const { form, version } = amendment;
    return decideAmendForm(
      { existing },
      command(clinician.id, {
        ...{ form, version, deadline, from: [...amendment.from] },
        ...{ clauses: [...amendment.clauses], continues: [...amendment.continues] },
        ...rest,
      }),
      context(clinician),
    );
  };

  test('is of the own hospital’s form, once for each version, and to come', () => {
    expect(amend(undefined)).toMatchObject({
      changes: [
        { noun: 'form-amendment', organisation: 'HospitalMSP', continues: amendment.continues },
      ],
    });
    expect(amend(amendment)).toMatchObject({ reasons: [{ code: 'IDENTIFIER_TAKEN' }] });
    expect(amend(undefined, { deadline: NOW })).toMatchObject({
      reasons: [{ code: 'END_IS_PAST' }],
    });
    expect(amend(undefined, { from: ['2.0'] })).toMatchObject({
      reasons: [{ code: 'NOTHING_CHANGES' }],
    });
  });
});
