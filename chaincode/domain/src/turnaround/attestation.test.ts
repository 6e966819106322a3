import { describe, expect, test } from '@jest/globals';
import { attempt, COI, DIGEST, item, NOW, report, signed } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import type { Annulment } from '../nouns/annulment.js';
import { annulledBy, attestationOf } from './attestation.js';

const record = {
  type: 'manufacturing:ReportStep',
  commandId: DIGEST,
  at: addMinutes(NOW, -30),
  transactionTime: NOW,
  organisation: 'LabMSP',
  decision: 'recorded',
  effect: 'taken',
} as const;

const reported = attempt('extraction', { report: report('lab.technician') });

describe('what a command attests', () => {
  test('is the step that it reported, at its effective time, by the organisation of who signed', () => {
    expect(attestationOf(record, [reported])).toEqual({
      ...{ type: record.type, command: DIGEST, at: record.at, organisation: 'LabMSP' },
      ...{ step: 'extraction', kinds: [] },
    });
  });

  test('is nothing where it was refused, took no effect, or only said again what was reported', () => {
    expect(attestationOf({ ...record, decision: 'refused' }, [reported])).toBeUndefined();
    expect(attestationOf({ ...record, effect: 'none' }, [reported])).toBeUndefined();
    const other = { ...record, commandId: `${'B'.repeat(42)}A` };
    expect(attestationOf(other, [reported])).toBeUndefined();
    expect(attestationOf({ ...record, type: 'manufacturing:PlaceHold' }, [])).toBeUndefined();
  });

  test('of a receipt is what was accepted, and from whom', () => {
    const received = item({
      handOff: { id: 'h', verdict: 'accepted', from: 'CourierMSP', to: 'LabMSP' },
    });
    const receipt = { ...record, type: 'custody:ReceiveItem' };
    expect(attestationOf(receipt, [received])).toMatchObject({
      from: 'CourierMSP',
      kinds: ['tumour'],
    });
    const rejected = item({ handOff: { id: 'h', verdict: 'rejected' } });
    expect(attestationOf(receipt, [rejected])).toBeUndefined();
  });

  test('ends when everybody has signed that it was entered in error, not before', () => {
    const asked: Annulment = {
      noun: 'annulment',
      scope: { kind: 'therapy', id: COI },
      command: DIGEST,
      type: record.type,
      reason: 'wrong-time',
      signatures: [],
      missing: [],
    };
    expect(annulledBy([asked])).toBeUndefined();
    expect(annulledBy([reported, { ...asked, annulled: signed('a') }])?.command).toBe(DIGEST);
  });
});
