import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { root, scriptedLedger } from '../gateway.fixture.js';
import { SubmissionJournal } from '../journal/journal.js';
import type { OwnLedger } from '@veinledger/ledger';
import { GatewayState } from '../state/gateway-state.js';
import { backUp } from './back-up.js';

describe('a backup', () => {
  let folder: string;
  let state: GatewayState;
  let journal: SubmissionJournal;
  const places = (of: GatewayState) => of.collection('places', (value) => z.number().parse(value));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-backup-'));
    state = await GatewayState.open(join(folder, 'state'));
    journal = await SubmissionJournal.open(join(folder, 'submissions.jsonl'));
  });
  afterEach(async () => {
    await journal.close();
    await state.close();
    await rm(folder, { recursive: true });
  });

  test('remembers no place in the ledger beyond the end of the ledger that it copied', async () => {
    let height = 7;
    await places(state).put('hook', height);
    /** Blocks are committed, and events of them delivered, before the ledger is copied and while it is. */
    const copyTo: OwnLedger['copyTo'] = async (directory) => {
      await mkdir(directory);
      const copied = height;
      height += 1;
      await places(state).put('hook', height);
      return { channel: 'programme', organisation: 'LabMSP', height: copied, headHash: '' };
    };
    const ledger = { ...scriptedLedger({}), copyTo };
    const vault = join(folder, 'vault');
    const made = await backUp({ ledger, root, journal, state, vault }, join(folder, 'backup'));
    const copied = await GatewayState.open(join(folder, 'backup', 'state'));
    const place = await places(copied).get('hook');
    await copied.close();
    expect(place).toBeLessThanOrEqual(made.ledger?.height ?? 0);
  });
});
