import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CommitStatus } from '@veinledger/ledger';
import { SubmissionJournal } from './journal.js';
import { settleJournal } from './settle.js';

let folder: string;
let file: string;
let journal: SubmissionJournal;
const reopen = async () => {
  await journal.close();
  journal = await SubmissionJournal.open(file);
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-journal-'));
  file = join(folder, 'submissions.jsonl');
  journal = await SubmissionJournal.open(file);
});
afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true });
});

const open = () => journal.unsettled().map(({ transactionId }) => transactionId);

describe('the journal of submissions', () => {
  test('has a transaction in its file when prepared returns', async () => {
    await Promise.all(['t1', 't2', 't3'].map((id) => journal.prepared(id, `command of ${id}`)));
    const content = await readFile(file, 'utf8');
    for (const id of ['t1', 't2', 't3']) expect(content).toContain(`"${id}"`);
  });

  test('knows after a restart what was sent and not settled', async () => {
    await journal.prepared('t1', 'c1');
    await journal.prepared('t2', 'c2');
    journal.settled('t1');
    await reopen();
    expect(journal.unsettled()).toMatchObject([{ transactionId: 't2', commandId: 'c2' }]);
    expect(journal.unsettled('c1')).toEqual([]);
  });

  test('writes what is settled with the next transaction, and loses no more than that', async () => {
    await journal.prepared('t1', 'c1');
    journal.settled('t1');
    expect(await readFile(file, 'utf8')).not.toContain('settled');
    expect(journal.unsettled()).toEqual([]);
    await journal.prepared('t2', 'c2');
    expect(await readFile(file, 'utf8')).toMatch(/"settled","transactionId":"t1"/u);
  });

  test('forgets what is settled when it is opened', async () => {
    await journal.prepared('t1', 'c1');
    journal.settled('t1');
    await reopen();
    expect(await readFile(file, 'utf8')).toBe('');
  });

  test('bears a last line that a crash cut short, and no other one', async () => {
    await journal.prepared('t1', 'c1');
    await appendFile(file, '{"event":"prep');
    await reopen();
    expect(open()).toEqual(['t1']);
    await appendFile(file, 'nonsense\n');
    await expect(SubmissionJournal.open(file)).rejects.toThrow(/line 2 is no journal entry/);
  });

  test('is settled by looking transactions up; one that no block holds stays', async () => {
    for (const id of ['valid', 'invalid', 'nowhere']) await journal.prepared(id, `of ${id}`);
    const states: Readonly<Record<string, CommitStatus>> = {
      valid: { state: 'valid', block: 4 },
      invalid: { state: 'invalid', block: 5, validationCode: 11 },
    };
    const status = (id: string) => Promise.resolve(states[id] ?? { state: 'unknown' as const });
    expect(await settleJournal(journal, { status })).toBe(1);
    expect(open()).toEqual(['nowhere']);
  });
});
