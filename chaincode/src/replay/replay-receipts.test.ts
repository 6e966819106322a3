import { beforeAll, describe, expect, test } from '@jest/globals';
import { nativeVerifier } from '../crypto/native.js';
import {
  canonicalise,
  type CommandRecord,
  type ConsortiumRoot,
  parseJws,
} from '@veinledger/domain';
import type { LedgerTransaction } from './block.js';
import { HonestLedger } from './honest-ledger.fixture.js';
import { replayReceipts, type ShownCommand } from './replay-receipts.js';
import { type Signatory, signatory } from './signing.fixture.js';

/** A command as whoever exports it shows it. */
function shownOf({ args: [jws = ''], response, block, index }: LedgerTransaction): ShownCommand {
  return { jws, receipt: JSON.parse(response) as CommandRecord, block, index };
}
function replace(commands: readonly ShownCommand[], at: number, by: Partial<ShownCommand>) {
  return commands.map((command, index) => (index === at ? { ...command, ...by } : command));
}
/** The same payload under somebody else's signatures. */
function signedAnew({ jws }: ShownCommand, by: Signatory): string {
  const { payload } = parseJws(jws, 'vnd.veinledger.command+jws');
  return by.sign(canonicalise(payload), 'vnd.veinledger.command+jws');
}

describe('commands that are shown without their ledger', () => {
  let root: ConsortiumRoot;
  let commands: readonly ShownCommand[];
  let first: Signatory;
  let renewed: Signatory;
  /** bootstrap, enrolment, a run, new keys, another run */
  const [ENROLMENT, RUN, OTHER_RUN] = [1, 2, 4];

  const run = (id: string) => ({ run: id, flowCell: 'F', instrument: 'S' });
  const replayed = (shown: readonly ShownCommand[], by = root) =>
    replayReceipts(shown, { root: by, verifier: nativeVerifier });
  const unproven = async (shown: readonly ShownCommand[], by = root) =>
    (await replayed(shown, by)).flatMap(({ differences }, at) =>
      differences.map(({ kind, found }) => `${at} ${kind} ${/^[A-Z_]+/.exec(found)?.[0] ?? ''}`),
    );

  beforeAll(async () => {
    const ledger = await HonestLedger.founded();
    ({ root } = ledger);
    first = await ledger.enrol('lab.technician', 'lab');
    await ledger.submit(first, 'lab', 'manufacturing:RegisterRun', run('run-1'));
    renewed = await ledger.rotate(first, 'lab');
    await ledger.submit(renewed, 'lab', 'manufacturing:RegisterRun', run('run-2'));
    commands = ledger.blocks.flatMap(({ transactions }) => transactions.map(shownOf));
  });

  test('are proven from the root, each by the keys that its signer had then', async () => {
    const found = await replayed(commands);
    expect(found.flatMap(({ differences }) => differences)).toEqual([]);
    expect(found[RUN]?.keys).toEqual(first.keys);
    expect(found[OTHER_RUN]?.keys).toEqual(renewed.keys);
  });

  test('are not proven when somebody else signed them anew', async () => {
    const command = commands[RUN];
    if (!command) throw new Error('no run');
    const jws = signedAnew(command, signatory('lab.technician'));
    expect(await unproven(replace(commands, RUN, { jws }))).toEqual([
      `${RUN} unacceptable-command UNKNOWN_KEY`,
    ]);
  });

  test('are not proven by keys that were replaced before', async () => {
    const command = commands[OTHER_RUN];
    if (!command) throw new Error('no run');
    const jws = signedAnew(command, first);
    expect(await unproven(replace(commands, OTHER_RUN, { jws }))).toEqual([
      `${OTHER_RUN} unacceptable-command KEY_RETIRED`,
    ]);
  });

  test.each<[string, (receipt: CommandRecord) => Partial<CommandRecord>]>([
    ['decision', () => ({ decision: 'refused' })],
    ['organisation', () => ({ organisation: 'OtherMSP' })],
    ['changes', () => ({ changed: ['run run-7'] })],
    ['lateness', ({ lateEntry }) => ({ lateEntry: !lateEntry })],
  ])('are not proven with a changed receipt: its %s', async (_, change) => {
    const command = commands[RUN];
    if (!command) throw new Error('no run');
    const receipt = { ...command.receipt, ...change(command.receipt) };
    expect(await unproven(replace(commands, RUN, { receipt }))).toEqual([`${RUN} receipt `]);
  });

  test('are not proven without the enrolment of who signed them', async () => {
    const without = commands.filter((_, at) => at !== ENROLMENT);
    const all = await unproven(without);
    expect(all).toEqual([1, 2, 3].map((at) => `${at} unacceptable-command UNKNOWN_ACTOR`));
  });

  test('are not proven by a founding of somebody else’s', async () => {
    const [bootstrap = '', ...rest] = await unproven(commands, (await HonestLedger.founded()).root);
    expect(bootstrap).toBe('0 unacceptable-command WRONG_NETWORK');
    expect(rest).toHaveLength(commands.length - 1);
  });
});
