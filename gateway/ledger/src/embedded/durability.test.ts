import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { HeldDatabase } from '@veinledger/ledger/storage';
import { ClassicLevel } from 'classic-level';
import { examineLedger } from './examine.js';
import { openEmbeddedLedger } from './index.js';
import { LEDGER_FILES } from './ledger-format.js';
import { VEINLEDGER_FILES } from './veinledger-files.js';
import { allBlocks, openSamplesLedger } from './ledger.fixture.js';

const WRITER = new URL('./writer-process.fixture.js', import.meta.url).pathname;

/** Says whose a ledger's files are, and in which form, while nobody has them open. */
async function writeIdentity(directory: string, identity: object): Promise<void> {
  const db = new ClassicLevel(directory);
  await db.sublevel('meta').put('identity', JSON.stringify(identity));
  await db.close();
}

describe('a ledger on disk', () => {
  test('goes on after a restart where it stopped', async () => {
    const samples = await openSamplesLedger();
    await samples.ledger.submit(samples.call('Add', 'sum', '2'));
    const ledger = await samples.reopen();
    const { block } = await ledger.submit(samples.call('Add', 'sum', '3'));
    expect(block).toBe(1);
    expect(await ledger.evaluate(samples.call('Get', 'sum'))).toBe('5');
    expect(await ledger.verify()).toEqual({ intact: true, height: 2 });
    const numbers = (await allBlocks(ledger)).map(({ number }) => number);
    expect(numbers).toEqual([0, 1]);
    await samples.remove();
  });

  test('is open once at a time', async () => {
    const samples = await openSamplesLedger();
    await expect(openEmbeddedLedger(samples.options)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/is open already/) as unknown,
    });
    await samples.remove();
  });

  test('belongs to one channel of one organisation', async () => {
    const samples = await openSamplesLedger();
    await samples.ledger.close();
    const other = { ...samples.options, channel: 'programme-2' };
    await expect(openEmbeddedLedger(other)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /expected channel programme-2 of HospitalMSP, found channel programme-1 of HospitalMSP$/,
      ) as unknown,
    });
    await samples.remove();
  });

  test('is opened in its own format alone: by no version before, nor before an upgrade', async () => {
    const samples = await openSamplesLedger();
    await samples.ledger.close();
    const { directory, channel, organisation } = samples.options;
    for (const [identity, why] of [
      [{ channel, organisation, format: 2 }, 'found 2: a later version wrote it'],
      [{ channel, organisation }, "found 0: an earlier version wrote it; 'veinledger upgrade'"],
    ] as const) {
      await writeIdentity(directory, identity);
      const refused = `the ledger in ${directory}: expected format 1, ${why}`;
      // it was let go of: another try says the same
      for (const open of [openEmbeddedLedger, openEmbeddedLedger]) {
        await expect(open(samples.options)).rejects.toMatchObject({
          kind: 'unavailable',
          message: expect.stringContaining(refused) as unknown,
        });
      }
      await expect(examineLedger(directory)).rejects.toThrow(refused);
    }
    await samples.remove();
  });

  test('that says no format says one after an upgrade, and goes on; its copy says none', async () => {
    const samples = await openSamplesLedger();
    await samples.ledger.submit(samples.call('Add', 'sum', '2'));
    await samples.ledger.close();
    const { directory, channel, organisation } = samples.options;
    await writeIdentity(directory, { channel, organisation });
    const held = await HeldDatabase.take(LEDGER_FILES, directory);
    const copy = (await held?.upgrade(() => undefined)) ?? '';
    await held?.release();
    const ledger = await openEmbeddedLedger(samples.options);
    await ledger.submit(samples.call('Add', 'sum', '3'));
    expect(await ledger.evaluate(samples.call('Get', 'sum'))).toBe('5');
    expect(await ledger.verify()).toEqual({ intact: true, height: 2 });
    await ledger.close();
    await expect(examineLedger(copy)).rejects.toThrow('expected format 1, found 0');
    await rm(copy, { recursive: true });
    await samples.remove();
  });

  test('that these contracts cannot read is not taken along, and stays as it is', async () => {
    const samples = await openSamplesLedger();
    await samples.ledger.submit(samples.call('Add', 'sum', '2'));
    await samples.ledger.close();
    const { directory, channel, organisation } = samples.options;
    await HeldDatabase.take(VEINLEDGER_FILES, directory).then((held) => held?.release());
    await writeIdentity(directory, { channel, organisation });
    await expect(HeldDatabase.take(VEINLEDGER_FILES, directory)).rejects.toThrow(
      `the ledger in ${directory}: expected a state that this version's contracts read, found another 'sum'`,
    );
    await samples.remove();
  });

  test('finishes what it accepted before it closes, and accepts nothing more', async () => {
    const samples = await openSamplesLedger();
    const accepted = Array.from({ length: 20 }, (_, at) =>
      samples.ledger.submit(samples.call('Put', `k${at}`, 'x')),
    );
    const closing = samples.ledger.close();
    const refused = samples.ledger.submit(samples.call('Put', 'late', 'x'));
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(samples.ledger.height()).rejects.toMatchObject({ kind: 'unavailable' });
    await closing;
    for (const commit of await Promise.all(accepted)) expect(commit.result).toMatch(/^put k/);
    await samples.remove();
  });

  test('has nothing ordered when the transaction id could not be journalled', async () => {
    const samples = await openSamplesLedger();
    const onPrepared = () => Promise.reject(new Error('journal full'));
    await expect(
      samples.ledger.submit(samples.call('Put', 'k', 'x'), { onPrepared }),
    ).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await samples.ledger.height()).toBe(0);
    await samples.remove();
  });

  test('loses no acknowledged write when its process is killed under load', async () => {
    const samples = await openSamplesLedger();
    await samples.ledger.close();
    const { directory, certificateAuthorities } = samples.options;
    const given = { directory, certificateAuthorities, submitter: samples.submitter };
    const writer = spawn(process.execPath, [WRITER, JSON.stringify(given)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    for await (const key of createInterface({ input: writer.stdout })) {
      acknowledged.push(key);
      if (acknowledged.length === 300) writer.kill('SIGKILL');
    }
    if (writer.signalCode === null) await once(writer, 'exit');
    expect(writer.signalCode).toBe('SIGKILL');

    const ledger = await samples.reopen();
    for (const key of acknowledged) {
      expect(await ledger.evaluate(samples.call('Get', key))).toBe(`value of ${key}`);
    }
    expect(await ledger.verify()).toEqual({ intact: true, height: await ledger.height() });
    await samples.remove();
  });
});
