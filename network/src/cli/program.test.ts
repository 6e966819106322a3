import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runNetworkCli } from './program.js';

const home = mkdtempSync(join(tmpdir(), 'veinledger-cli-'));
afterAll(() => rmSync(home, { recursive: true }));

async function typed(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await runNetworkCli(args, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

describe('the command line of the network', () => {
  test('lists its commands and what it exits with', async () => {
    const { code, said } = await typed('--help');
    expect(code).toBe(0);
    for (const word of [
      'up',
      'status',
      'logs',
      'stop',
      'start',
      'verify',
      'upgrade',
      'revoke',
      'revoke-tls',
      'renew',
      'binaries',
      'down',
    ]) {
      expect(said).toMatch(new RegExp(`^  ${word} `, 'm'));
    }
    expect(said).toContain('3  status: a node that is to run does not');
  });

  test('tells the options of each command, whatever else is asked', async () => {
    expect(await typed('up', '--docker', '--help')).toMatchObject({ code: 0 });
    expect((await typed('logs', '--help')).said).toContain('--follow');
  });

  test.each([
    [[], 'expected one of up, status, .*; found nothing'],
    [['restart'], 'expected one of up, status, .*; found restart'],
    [['up', 'down'], 'up: expected no further word, found down'],
    [['stop'], 'stop: expected NODE, found nothing'],
    [['up', '--port-base', '80'], "up: --port-base: expected 0 or 1024 to 65000, found '80'"],
    [['up', '--docker'], "up: Unknown option '--docker'"],
    [['up', '--wait', 'long'], "up: --wait: expected seconds, found 'long'"],
    [['up', '--wait', '0'], "up: --wait: expected seconds, found '0'"],
    [['upgrade', '--wait', '100000'], "upgrade: --wait: expected seconds, found '100000'"],
    [['upgrade', 'now'], 'upgrade: expected no further word, found now'],
    [['verify', '--block', '-1'], "verify: Option '--block' argument is ambiguous"],
    [['verify', '--block', '1.5'], "verify: --block: expected a block's number, found '1.5'"],
    [['prepare'], 'prepare: --member: expected an id, found nothing'],
    [['up', '--root', 'a', '--root', 'b'], 'up: --root: expected one FILE, found a b'],
    [['revoke', 'nurse'], 'revoke: --member: expected an id, found nothing'],
    [['revoke', '--member', 'lab'], 'revoke: expected LABEL, found nothing'],
    [['revoke-tls'], 'revoke-tls: --member: expected an id, found nothing'],
    [['renew', '--within', 'soon'], "renew: --within: expected a number of days, found 'soon'"],
    [['logs', 'peer.lab', '-n', 'x'], "logs: --lines: expected a number, found 'x'"],
  ])('%j is wrong usage', async (args, why) => {
    const { code, said } = await typed(...args);
    expect(code).toBe(2);
    expect(said).toMatch(new RegExp(`^${why}`));
    expect(said).toContain('Usage: veinledger network ');
  });

  test('fails, without its usage, where there is no network', async () => {
    for (const command of [['status'], ['stop', 'peer.lab'], ['logs', 'peer.lab']]) {
      const { code, said } = await typed(...command, '--home', home);
      expect(code).toBe(1);
      expect(said).toMatch(/has no network$|has no network;/);
    }
  });

  test('names a member that there is not before it looks for Fabric’s programs, and founds nothing', async () => {
    const fresh = join(home, 'fresh');
    const { code, said } = await typed('up', '--member', 'nobody', '--home', fresh);
    expect(said).toBe(
      "NODE_UNKNOWN: member: expected one of hospital, lab, manufacturer, courier, payer, regulator; found 'nobody'",
    );
    expect(code).toBe(1);
    expect(existsSync(join(fresh, 'shared'))).toBe(false);
  });

  test('takes down what is not up', async () => {
    expect(await typed('down', '--home', home)).toEqual({ code: 0, said: 'nothing was running' });
  });
});
