import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { runScript } from '../support/demo-process.js';

/** Command lines of every process that works in a folder of the demo. */
async function processesOfDemos(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = pids.map(async (pid) => {
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((file) =>
        readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''),
      ),
    );
    return `${command ?? ''} ${environment ?? ''}`.includes('veinledger-demo-')
      ? [command ?? '']
      : [];
  });
  return (await Promise.all(lines)).flat();
}

describe('the demo on a real Fabric network', () => {
  it('plays the whole cast through a gateway per member, and leaves no process behind', async () => {
    const { code, output } = await runScript('demo.js', ['--fabric']);
    expect(output).toMatch(/on Fabric \d+\.\d+\.\d+/);
    for (const member of ['hospital', 'lab', 'manufacturer', 'courier', 'payer', 'regulator']) {
      expect(output).toContain(`via ${member} `);
    }
    expect(output).toMatch(
      /decided anew: 0 differences; 0 verdicts on annexes taken on endorsement/,
    );
    expect(output).toMatch(/annexes: \d+ in the hospital's vault, [1-9]\d* fetched from other/);
    expect(output).toContain('Everything went as it should.');
    expect(code).toBe(0);
    expect(await processesOfDemos()).toEqual([]);
  });
});
