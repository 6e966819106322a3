import { describe, expect, test } from '@jest/globals';
import {
  ancestry,
  attempt,
  batch,
  COI,
  dataset,
  design,
  DIGEST,
  din,
  item,
  NOW,
  report,
  signed,
  therapy,
  verification,
} from '../example.fixture.js';
import { conclusionOf, investigation } from '../gates/retest.fixture.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Exception } from '../nouns/exception.js';
import type { Lot } from '../nouns/lot.js';
import type { CommandRecord } from '../nouns/record.js';
import type { BlockableEntity } from '../nouns/registry.js';
import type { Statement } from '../registry/suspicion.js';
import {
  statementOfRecord,
  statementOfVerification,
  statementsOf,
  statementsBehind,
  statementsOfAncestry,
  statementsOfDecisions,
  statementsOfRetests,
  statementsOfLine,
} from './statements.js';

const signers = (statements: readonly Statement[]) =>
  statements.map(({ subject, signed: { actor } }) => `${subject}: ${actor}`);

const lot: Lot = {
  ...{ noun: 'lot', id: 'lot-1', kind: 'lipids', expiry: NOW, organisation: 'ManufacturerMSP' },
  registered: signed('manufacturer.storekeeper'),
};
const begun = attempt('calling', {
  permission: { ...signed('lab.foreman'), inputs: [], datasets: [] },
  report: report('lab.designer'),
});

const none = { investigations: [], exceptions: [], decisions: new Map<string, DecisionToGoOn>() };

describe('the signatures that something rests on', () => {
  test.each<[string, BlockableEntity, readonly string[]]>([
    ['a therapy its order', therapy(), [`therapy ${COI}: hospital.clinician`]],
    [
      'an item whoever took it or passed it on',
      item({ signatures: [signed('a'), signed('b')] }),
      [`item ${din(1)}: a`, `item ${din(1)}: b`],
    ],
    [
      'a step its permission and its report',
      begun,
      ['step calling/1: lab.foreman', 'step calling/1: lab.designer'],
    ],
    ['a step that nobody has begun none', attempt('calling'), []],
    ['a dataset none of its own', dataset(), []],
    [
      'a design its submission and its approval',
      design(),
      ['design design-1: lab.designer', 'design design-1: manufacturer.quality'],
    ],
    [
      'a batch its record, its review and its certification',
      batch(),
      [
        'batch batch-1: manufacturer.operator',
        'batch batch-1: manufacturer.reviewer',
        'batch batch-1: manufacturer.release-person',
      ],
    ],
  ])('are of %s', (_name, thing, expected) => {
    expect(signers(statementsOf(thing))).toEqual(expected);
  });

  test('are of who settled what stood against it, too', () => {
    const cleared = [signed('manufacturer.quality')];
    expect(signers(statementsOf(dataset({ cleared })))).toEqual([
      'dataset fastq: manufacturer.quality',
    ]);
  });

  test('are all that anything of an ancestry carries', () => {
    const all = ancestry({
      ...{ items: [item({ signatures: [signed('a')] })], attempts: [begun] },
      ...{ datasets: [dataset({ cleared: [signed('b')] })], designs: [design()] },
      ...{ batches: [batch()], lots: [lot] },
    });
    expect(signers(statementsOfAncestry(all))).toEqual([
      `item ${din(1)}: a`,
      'step calling/1: lab.foreman',
      'step calling/1: lab.designer',
      'dataset fastq: b',
      'design design-1: lab.designer',
      'design design-1: manufacturer.quality',
      'batch batch-1: manufacturer.operator',
      'batch batch-1: manufacturer.reviewer',
      'batch batch-1: manufacturer.release-person',
      'lot lot-1: manufacturer.storekeeper',
    ]);
  });

  test('are, behind a gate, those of the order, of everything upstream and of what stands in its place', () => {
    const whole = { ...none, therapy: therapy(), investigations: [investigation()] };
    const upstream = ancestry({ items: [item({ signatures: [signed('a')] })], lots: [lot] });
    expect(signers(statementsBehind(whole, upstream))).toEqual([
      `therapy ${COI}: hospital.clinician`,
      `item ${din(1)}: a`,
      'lot lot-1: manufacturer.storekeeper',
      'investigation INV-1: manufacturer.reviewer',
      'investigation INV-1: manufacturer.reviewer',
    ]);
  });

  test('are who planned and concluded an investigation whose retest stands', () => {
    const of = (...some: readonly ReturnType<typeof investigation>[]) =>
      signers(statementsOfRetests({ investigations: some }));
    expect(of(investigation())).toEqual([
      'investigation INV-1: manufacturer.reviewer',
      'investigation INV-1: manufacturer.reviewer',
    ]);
    const { conclusion, ...open } = investigation();
    expect(conclusion).toBeDefined();
    const { concluded, ...half } = conclusionOf('laboratory', 2);
    expect(concluded).toBeDefined();
    const process = investigation({}, { conclusion: conclusionOf('process', 2) });
    expect(of(open, investigation({}, { conclusion: half }), process)).toEqual([]);
  });

  test('are who asked for an exception that stands, evaluated and accepted it', () => {
    const words = (by: string) => ({ ...signed(by), explanation: DIGEST });
    const asked: Exception = {
      ...{ noun: 'exception', coi: COI, id: 'exception-1', batch: 'batch-1', notified: [] },
      requested: words('hospital.clinician'),
      evaluated: {
        ...signed('manufacturer.quality'),
        ...{ finding: 'supply', investigation: DIGEST, covered: [] },
      },
    };
    const accepted = { ...asked, accepted: words('hospital.clinician-2') };
    const of = (...exceptions: readonly Exception[]) =>
      signers(
        statementsOfDecisions(
          { ...none, exceptions },
          { batches: [batch({ id: 'batch-0' }), batch()], items: [] },
        ),
      );
    expect(of(accepted)).toEqual([
      'exception exception-1: hospital.clinician',
      'exception exception-1: manufacturer.quality',
      'exception exception-1: hospital.clinician-2',
    ]);
    expect(of(asked, { ...accepted, annulled: signed('manufacturer.quality') })).toEqual([]);
    expect(of({ ...accepted, batch: 'batch-2' })).toEqual([]);
  });

  test('are who decided to go on with a product after what cannot be undone, once both have signed', () => {
    const both = ['hospital.clinician', 'manufacturer.release-person'].map((by) => ({
      ...signed(by),
      ...{ organisation: 'HospitalMSP', roles: [], explanation: DIGEST },
    }));
    const decision: DecisionToGoOn = {
      ...{
        noun: 'decision',
        coi: COI,
        id: 'decision-1',
        item: item().id,
        ...{ decided: [], behind: [] },
      },
      ...{ continueAfterLapse: false, signatures: both, missing: [] },
      agreed: signed('manufacturer.release-person'),
    };
    const of = (each: DecisionToGoOn, items = [item()]) => {
      const decisions = new Map([[each.id, each]]);
      return signers(statementsOfDecisions({ ...none, decisions }, { batches: [], items }));
    };
    expect(of(decision)).toEqual([
      'decision decision-1: hospital.clinician',
      'decision decision-1: manufacturer.release-person',
    ]);
    expect(of(decision, [item({ id: 'another' }), item()])).toHaveLength(2);
    const { agreed, ...half } = decision;
    expect(agreed).toBeDefined();
    expect(of(half)).toEqual([]);
    expect(of(decision, [item({ id: 'another' })])).toEqual([]);
    expect(of({ ...decision, annulled: signed('manufacturer.quality') })).toEqual([]);
  });

  test('are who had a therapy go on by another version, and who ordered a line later', () => {
    const { process } = therapy();
    const migrations = [{ ...signed('manufacturer.quality'), from: process }];
    expect(signers(statementsOf(therapy({ migrations })))).toEqual([
      `therapy ${COI}: hospital.clinician`,
      `therapy ${COI}: manufacturer.quality`,
    ]);
    const [line] = therapy().orderLines;
    expect(statementsOfLine(line)).toEqual([]);
    const later = line && { ...line, ordered: signed('hospital.clinician-2') };
    expect(signers(statementsOfLine(later))).toEqual(['dose line 1: hospital.clinician-2']);
  });

  test('of a check at the bedside are its own', () => {
    expect(signers([statementOfVerification(verification('hospital.nurse'))])).toEqual([
      'verification verification-hospital.nurse: hospital.nurse',
    ]);
  });

  test('of a command are the actor’s, and the person’s behind a device', () => {
    const record: CommandRecord = {
      ...{ noun: 'record', scope: { kind: 'therapy', id: COI }, commandId: DIGEST },
      ...{ transactionId: 't', transactionTime: NOW, type: 'manufacturing:ReportStep' },
      ...{ kind: 'fact', actor: 'lab.sequencer', organisation: 'LabMSP', at: NOW },
      ...{ lateEntry: false, decision: 'recorded', reasons: [], verdicts: [], deviations: [] },
      ...{ changed: [], annex: {} },
    };
    const own = { actor: 'lab.sequencer', command: DIGEST, at: NOW, time: NOW };
    const subject = `command ${DIGEST}`;
    expect(statementOfRecord(record)).toEqual({ subject, signed: own });
    expect(statementOfRecord({ ...record, principal: 'lab.technician' })).toEqual({
      subject,
      signed: { ...own, principal: 'lab.technician' },
    });
  });
});
