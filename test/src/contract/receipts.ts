import { describe, expect, it } from '@jest/globals';
import { namedFile, type Person, type SignedMessage, signMessage } from '#scripts';
import { expectError } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** What a command leaves behind, however often it comes. */
export function receiptChapter(world: () => World): void {
  const nextRun = (run: string) => ({
    type: 'manufacturing:RegisterRun',
    body: { run, flowCell: 'FC-1', instrument: 'S-1' },
  });

  async function signedReport(
    annexes: Record<string, unknown>,
  ): Promise<{ person: Person; message: SignedMessage }> {
    const journey = await world().orderedTherapy();
    const person = journey.cast.coordinator;
    const body = {
      coi: journey.coi,
      step: 'slot-booking',
      attempt: 1,
      inputs: [],
      outputs: [],
      inputDatasets: [],
      datasets: [],
      lots: [],
      equipment: [],
      sop: { id: 'sop-1', version: '1.0' },
    };
    const report = { type: 'manufacturing:ReportStep', body, annexes };
    return { person, message: await signMessage(world().bench.submitter.network, person, report) };
  }

  describe('a receipt', () => {
    it('is the same each time the same command comes', async () => {
      const { bench, cast } = world();
      const message = await signMessage(
        bench.submitter.network,
        cast.operator,
        nextRun('run-of-repeats'),
      );
      const first = await bench.submitter.submit(cast.operator, message);
      const height = await bench.ledger.height();
      const again = await bench.submitter.submit(cast.operator, message);
      expect(again.receipt).toEqual(first.receipt);
      expect(await world().signedBy(cast.operator)).toBeGreaterThan(0);
      expect(await bench.ledger.height()).toBeLessThanOrEqual(height + 1);
    });

    it('is the same for twins that race each other, and one of them acts', async () => {
      const { bench, cast } = world();
      const before = await world().signedBy(cast.operator);
      const message = await signMessage(
        bench.submitter.network,
        cast.operator,
        nextRun('run-of-twins'),
      );
      const twins = await Promise.all(
        Array.from({ length: 4 }, () => bench.submitter.submit(cast.operator, message)),
      );
      for (const twin of twins) expect(twin.receipt).toEqual(twins[0]?.receipt);
      expect(await world().signedBy(cast.operator)).toBe(before + 1);
    });

    it('leads by the command’s id to the record and to the JWS in the block', async () => {
      const { bench, cast } = world();
      const message = await signMessage(
        bench.submitter.network,
        cast.operator,
        nextRun('run-of-records'),
      );
      const { receipt, block } = await bench.submitter.submit(cast.operator, message);
      const reader = { mspId: 'LabMSP', label: 'lab' };
      expect(await bench.submitter.read(reader, 'audit:ReadCommand', receipt.commandId)).toEqual(
        receipt,
      );
      const transaction = await bench.ledger.transaction(receipt.transactionId);
      expect(transaction).toMatchObject({ args: [message.jws], block, function: message.type });
    });

    it('is not to be had for a command that never came', async () => {
      const reader = { mspId: 'PayerMSP', label: 'payer' };
      const unknown = 'A'.repeat(43);
      await expectError(
        world().bench.submitter.read(reader, 'audit:ReadCommand', unknown),
        'NOT_FOUND',
      );
    });
  });

  describe('an annex', () => {
    const results = { results: [{ check: 'lead-times', value: true }] };

    it('stays out of the block', async () => {
      const { person, message } = await signedReport({ results });
      const { receipt } = await world().bench.submitter.submit(person, message);
      const transaction = await world().bench.ledger.transaction(receipt.transactionId);
      const { salt } = JSON.parse(message.annexes['results'] ?? '{}') as { salt: string };
      expect(salt).toHaveLength(43);
      expect(JSON.stringify(transaction)).not.toContain(salt);
      expect(receipt.verdicts).toEqual([{ check: 'lead-times', verdict: 'pass' }]);
    });

    it('that was not delivered makes the command an error', async () => {
      const { person, message } = await signedReport({ results });
      await expectError(
        world().bench.submitter.submit(person, { ...message, annexes: {} }),
        'ANNEX_MISSING',
      );
    });

    it('that the command does not commit to makes it an error', async () => {
      const { person, message } = await signedReport({ results });
      const annexes = { ...message.annexes, other: '{}' };
      await expectError(
        world().bench.submitter.submit(person, { ...message, annexes }),
        'ANNEX_UNEXPECTED',
      );
    });

    it('of a kind that this command does not carry makes it an error', async () => {
      const { person, message } = await signedReport({
        results,
        sequence: namedFile('x', 'fasta'),
      });
      await expectError(world().bench.submitter.submit(person, message), 'ANNEX_UNEXPECTED');
    });

    it('that is not what was signed makes the command an error', async () => {
      const { person, message } = await signedReport({ results });
      const altered = (message.annexes['results'] ?? '').replace('true', 'false');
      const submitted = world().bench.submitter.submit(person, {
        ...message,
        annexes: { results: altered },
      });
      await expectError(submitted, 'ANNEX_DIGEST_MISMATCH');
    });

    it('that breaks its schema makes the command an error', async () => {
      const { person, message } = await signedReport({ results: { results: [], remark: 'text' } });
      await expectError(world().bench.submitter.submit(person, message), 'ANNEX_SCHEMA_VIOLATION');
    });
  });
}
