import { describe, expect, test } from '@jest/globals';
import {
  afterTheDose,
  commandOf,
  lotRecalled,
  RECALL,
  recalled,
  signedLater,
  statedAlert,
} from '../alerts/given.fixture.js';
import { actor, COI, command, context } from '../example.fixture.js';
import { honest, LOT, type Story } from '../graph/honest-therapy.fixture.js';
import { decideStateAlert, onlyPartiesAndOwner } from './state-alert.js';

const service = {
  ...actor('manufacturer.recall-service', 'ManufacturerMSP', 'quality'),
  kind: 'service' as const,
};

function state(story: Story, recall = RECALL.command) {
  const said = command(service.id, { coi: COI, command: recall });
  return decideStateAlert({ whole: story.whole() }, said, context(service));
}

const codes = (decision: ReturnType<typeof state>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

describe('an alert that is stated', () => {
  test('names each dose given, and what was recalled', () => {
    expect(state(recalled())).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'alert',
          dose: 'dose-1',
          cause: { kind: 'batch-recalled', batch: 'batch-1' },
          since: RECALL.time,
          stated: { actor: service.id },
        },
      ],
    });
    expect(state(lotRecalled())).toMatchObject({ decision: 'permitted' });
  });

  test('is refused of what was not recalled, and where no dose was given', () => {
    expect(codes(state(afterTheDose()))).toEqual(['NO_DOSE_CONCERNED']);
    expect(codes(state(recalled(honest())))).toEqual(['NO_DOSE_CONCERNED']);
    expect(codes(state(recalled(), commandOf('X')))).toEqual(['NO_DOSE_CONCERNED']);
  });

  test('is stated once', () => {
    expect(codes(state(recalled().with(statedAlert())))).toEqual(['ALREADY_STATED']);
  });
});

describe('who states an alert', () => {
  const owned = lotRecalled().change('lot', LOT, { organisation: 'SupplierMSP' });
  const refusedTo = (organisation: string, story = owned, recall = RECALL.command) =>
    onlyPartiesAndOwner(story.whole(), recall, {
      actor: actor('somebody', organisation, 'quality'),
    }).map(({ code }) => code);

  test('is of the owner of the run of which something was found, party or not', () => {
    const reason = 'sample-sheet-mixed' as const;
    const failures = [{ ...signedLater('supplier.head', 60, RECALL.command), reason }];
    const run = { organisation: 'SupplierMSP', failures };
    const shared = afterTheDose().change('run', 'run-1', run);
    expect(refusedTo('SupplierMSP', shared)).toEqual([]);
    expect(refusedTo('OtherMSP', shared)).toEqual(['NOT_A_PARTY']);
    expect(refusedTo('SupplierMSP', shared, commandOf('X'))).toEqual(['NOT_A_PARTY']);
    const counted = signedLater('supplier.head', 60, commandOf('C'));
    const early = failures.map((each) => ({ ...each, counted }));
    const registered = shared.change('run', 'run-1', { failures: early });
    expect(refusedTo('SupplierMSP', registered, counted.command)).toEqual([]);
    expect(state(shared)).toMatchObject({ decision: 'permitted' });
  });

  test('is of a party, or of the owner of the lot that was recalled, party or not', () => {
    expect(refusedTo('HospitalMSP')).toEqual([]);
    expect(refusedTo('SupplierMSP')).toEqual([]);
  });

  test('is nobody else, and no owner of a lot about anything but its recall', () => {
    expect(refusedTo('StrangeMSP')).toEqual(['NOT_A_PARTY']);
    expect(refusedTo('SupplierMSP', owned, commandOf('X'))).toEqual(['NOT_A_PARTY']);
    const kept = afterTheDose().change('lot', LOT, { organisation: 'SupplierMSP' });
    expect(refusedTo('SupplierMSP', kept)).toEqual(['NOT_A_PARTY']);
  });
});
