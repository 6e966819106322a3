import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foundConsortium, openForBusiness } from '#scripts';
import { loadProfile } from '@veinledger/network/profile';
import { veinledger } from '../cli/cli.fixture.js';
import { embeddedBench } from '../support/embedded.js';

describe('veinledger verify', () => {
  let folder: string;
  let ledger: string;
  let root: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-'));
    ledger = join(folder, 'ledger');
    root = join(folder, 'root.json');
    const bench = await embeddedBench({ directory: ledger });
    await openForBusiness(bench.submitter, bench.consortium);
    await writeFile(root, JSON.stringify(bench.consortium.root));
    await bench.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const verify = (...args: readonly string[]) => veinledger('verify', '--home', folder, ...args);

  it('finds an honest ledger intact and without a difference', async () => {
    const { code, out } = await verify('--ledger', ledger, '--root', root);
    expect(out).toMatch(/^chain of hashes {3}intact, 4 blocks$/m);
    expect(out).toMatch(/^commands {10}4 decided anew, 0 of them refused; 0 repeated$/m);
    expect(out).toMatch(/^differences {7}none$/m);
    expect(code).toBe(0);
  });

  it('says what differs under another root, and exits with 1', async () => {
    const other = join(folder, 'other.json');
    const { members } = await loadProfile();
    await writeFile(other, JSON.stringify(foundConsortium(members).root));
    const { code, out } = await verify('--ledger', ledger, '--root', other);
    expect(out).toMatch(/block 0, .*unacceptable-command of command: .* found WRONG_NETWORK: /);
    expect(code).toBe(1);
  });

  it('makes no ledger where there is none', async () => {
    const { code, err } = await verify('--ledger', join(folder, 'nowhere'), '--root', root);
    expect(err).toMatch(/^FAILED: --ledger: expected a file or folder, found no .*nowhere/);
    expect(code).toBe(1);
  });

  it('refuses wrong usage with 2', async () => {
    expect((await verify('--ledger', ledger, '--connection', root)).code).toBe(2);
    expect((await verify('--no-such-option')).code).toBe(2);
  });
});
