import { describe, expect, test } from '@jest/globals';
import type { Scope } from '../nouns/scope.js';
import {
  actor,
  COI,
  command,
  context,
  DIGEST,
  NOW,
  OTHER_COI,
  therapy,
} from '../example.fixture.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Suspect } from '../registry/suspicion.js';
import { confirmSignature, decideConfirmSignature } from './confirm-signature.js';
import { statementOfRecord } from '../graph/statements.js';

const quality = actor('manufacturer.quality', 'ManufacturerMSP', 'quality');
const record: CommandRecord = {
  noun: 'record',
  scope: { kind: 'therapy', id: COI },
  commandId: DIGEST,
  transactionId: 't',
  transactionTime: NOW,
  type: 'manufacturing:ReportStep',
  kind: 'fact',
  actor: 'lab.technician',
  organisation: 'LabMSP',
  at: NOW,
  lateEntry: false,
  decision: 'recorded',
  reasons: [],
  verdicts: [],
  deviations: [],
  changed: [],
  annex: {},
};
const suspect: Suspect = { ...statementOfRecord(record), actor: record.actor, since: NOW };

function confirm(of: CommandRecord | undefined, suspects: readonly Suspect[] = [suspect]) {
  const body = confirmSignature.body.parse({ coi: COI, command: DIGEST, basis: 'witness' });
  const state = { therapy: therapy(), record: of, suspects };
  return decideConfirmSignature(state, command(quality.id, body), context(quality));
}

describe('the confirmation of a suspect signature', () => {
  test('is quality’s word on other evidence, kept under the therapy', () => {
    expect(confirm(record)).toMatchObject({
      changes: [
        {
          noun: 'confirmation',
          coi: COI,
          id: DIGEST,
          basis: 'witness',
          confirmed: { actor: quality.id },
        },
      ],
    });
  });

  test.each<[string, Scope, string]>([
    ['of another therapy', { kind: 'therapy', id: OTHER_COI }, 'FOREIGN_SUBJECT'],
    ['of the patient, who gives consent again', { kind: 'patient', id: 'p' }, 'PATIENTS_OWN_WORD'],
    ['of the registry', { kind: 'consortium', id: 'root' }, 'NOT_OF_A_THERAPY'],
  ])('is refused for one %s', (_name, scope, code) => {
    expect(confirm({ ...record, scope })).toMatchObject({ reasons: [{ code }] });
  });

  test('is for shared lots too', () => {
    expect(confirm({ ...record, scope: { kind: 'lot', id: 'lot-1' } }).decision).toBe('permitted');
  });

  test('is refused for what is not suspect, what nobody signed, and one’s own', () => {
    expect(confirm(record, [])).toMatchObject({ reasons: [{ code: 'NOT_SUSPECT' }] });
    expect(confirm(undefined)).toMatchObject({ reasons: [{ code: 'UNKNOWN_COMMAND' }] });
    const own = { ...record, actor: 'manufacturer.scanner', principal: quality.id };
    expect(confirm(own)).toMatchObject({ reasons: [{ code: 'SAME_PERSON' }] });
  });
});
