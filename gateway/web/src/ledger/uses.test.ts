import { describe, expect, test } from '@jest/globals';
import type { Definition, Recorded } from './therapies.js';
import { usesOf } from './uses.js';

type Step = Definition['steps'][number];

const step = (given: Pick<Step, 'id' | 'attestedBy' | 'consents'> & Partial<Step>): Step => ({
  number: 1,
  ...{ roles: ['lab'], needs: [], inputs: [], outputs: [], datasets: [], checks: [] },
  ...{ lots: false, sharedRun: false, signatures: 1, targetDay: 1, ...given },
});
const reported = 'manufacturing:ReportStep';
const definition: Definition = {
  steps: [
    step({ id: 'collection', attestedBy: 'custody:CollectItem', consents: ['GENOMIC_SEQUENCING'] }),
    step({
      ...{ id: 'sequencing', attestedBy: reported, consents: ['GENOMIC_SEQUENCING'] },
      dataClasses: ['sample', 'genome'],
    }),
    step({ id: 'qa-review', attestedBy: 'manufacturing:ReviewBatch', consents: [] }),
  ],
};

let count = 0;
const record = (type: string, given: Partial<Recorded> = {}): Recorded => {
  count += 1;
  return {
    ...{ commandId: `c${count}`, type, actor: 'lab.technician', organisation: 'LabMSP' },
    ...{ transactionTime: `2026-11-20T10:${10 + count}:00.000Z`, decision: 'permitted' },
    ...{ reasons: [], changed: [], ...given },
  };
};
const attempt = (number: string) => ({ changed: [`step sequencing ${number}`] });
const start = (given: Partial<Recorded> = {}) => record('manufacturing:StartStep', given);
const report = (given: Partial<Recorded> = {}) =>
  record(reported, { decision: 'recorded', ...given });
const kindsOf = (...records: readonly Recorded[]) =>
  usesOf(records, definition).map(({ kind, step: of, times }) => [kind, of, times]);

describe('who used a patient’s data', () => {
  test('is told of each step that needs a consent, once for its permission and its report', () => {
    expect(usesOf([start(attempt('01')), report(attempt('01'))], definition)).toMatchObject([
      {
        ...{ kind: 'planned', step: 'sequencing', organisation: 'LabMSP', times: 1 },
        ...{ purposes: ['GENOMIC_SEQUENCING'], dataClasses: ['sample', 'genome'] },
      },
    ]);
  });

  test('is told that nobody asked before a step was done', () => {
    expect(kindsOf(start(attempt('01')), report(attempt('01')), report(attempt('02')))).toEqual([
      ['planned', 'sequencing', 1],
      ['unasked', 'sequencing', 1],
    ]);
  });

  test('is one line for what one place did of one step on one day', () => {
    const tube = (given: Partial<Recorded> = {}) =>
      record('custody:CollectItem', { decision: 'recorded', ...given });
    const tomorrow = { transactionTime: '2026-11-21T10:00:00.000Z' };
    expect(kindsOf(tube(), tube(), tube({ organisation: 'HospitalMSP' }), tube(tomorrow))).toEqual([
      ['planned', 'collection', 2],
      ['planned', 'collection', 1],
      ['planned', 'collection', 1],
    ]);
  });

  test('has what was refused for want of the patient’s yes, and for what', () => {
    const refused = (code: 'CONSENT_DENIED' | 'EXPIRED', subject: string) =>
      start({ decision: 'refused', reasons: [{ code, subject }] });
    const found = usesOf(
      [
        refused('CONSENT_DENIED', 'consent GENOMIC_SEQUENCING'),
        refused('EXPIRED', 'item https://id.gs1.org/8004/1'),
      ],
      definition,
    );
    expect(found).toMatchObject([{ kind: 'refused', purposes: ['GENOMIC_SEQUENCING'] }]);
  });

  test('has who saw the record in an emergency or by law, each authority by itself', () => {
    const inspected = ['one', 'two'].map((commandId) =>
      record('quality:RecordInspection', { commandId, decision: 'recorded' }),
    );
    const records = [record('care:OpenEmergencyAccess'), ...inspected];
    const authorities = new Map([
      ['one', 'pei'],
      ['two', 'mhra'],
    ]);
    const found = usesOf(records, definition, authorities);
    expect(found.map(({ kind, authority }) => [kind, authority])).toEqual([
      ['emergency', undefined],
      ['inspection', 'pei'],
      ['inspection', 'mhra'],
    ]);
  });

  test('has nothing of what no consent is needed for', () => {
    expect(
      kindsOf(record('manufacturing:ReviewBatch'), record('quality:OpenInvestigation')),
    ).toEqual([]);
  });
});
