import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { veinledger } from '../cli/cli.fixture.js';
import { runScript } from '../support/demo-process.js';

describe('the demo on the embedded ledger', () => {
  it('plays the whole cast over HTTP, opens the commitments to real files and verifies the chain', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'veinledger-files-'));
    const vcf = join(directory, 'calls.vcf');
    const fasta = join(directory, 'vaccine.fa');
    await writeFile(vcf, '##fileformat=VCFv4.2\n');
    await writeFile(fasta, '>construct\nACGT\n');
    try {
      const { code, output } = await runScript('demo.js', ['--vcf', vcf, '--fasta', fasta]);
      expect(output).toContain('Everything went as it should.');
      const letters = [...output.matchAll(/^== Patient (\w+): /gmu)].map(([, letter]) => letter);
      expect(letters).toEqual(['A', 'B', 'C', 'C2', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M']);
      // what is stopped, and what leads on
      expect(output).toMatch(/deviation TEMPERATURE_EXCURSION/u);
      expect(output).toMatch(/✗ CHECK_FAILED .*second-collection-concordance passed, or anew/u);
      expect(output).toMatch(/✗ CONSENT_NOT_ACTIVE consent OOS_ADMINISTRATION/u);
      expect(output).toMatch(/custody:DisposeItem by LabMSP, from \S+ on/u);
      expect(output).toMatch(/✗ DISPOSAL_NOT_DONE/u);
      expect(output).toMatch(/pass-1 at the bed of patient-h: counts/u);
      expect(output).toMatch(/pass-1 at the bed of patient-f: OTHER_PATIENT/u);
      expect(output).toMatch(/calls\.vcf: SHA-256 [0-9a-f]{64} matches commitment/);
      expect(output).toMatch(/vaccine\.fa: SHA-256 [0-9a-f]{64} matches commitment/);
      expect(output).toMatch(/chain of \d+ blocks intact/);
      expect(output).toMatch(/decided anew: 0 differences/);
      expect(code).toBe(0);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('leaves its ledger where it is told to, for everybody to verify', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'veinledger-kept-'));
    try {
      const kept = await runScript('demo.js', ['--only', 'F,H', '--keep', directory]);
      expect(kept.output).toContain('Everything went as it should.');
      expect(kept.output.match(/^== Patient \w+:/gmu)).toEqual([
        '== Patient A:',
        '== Patient F:',
        '== Patient H:',
      ]);
      const verified = await veinledger('verify', '--home', directory);
      expect(verified.out).toMatch(/^differences +none$/m);
      expect(verified.code).toBe(0);
      const again = await runScript('demo.js', ['--keep', directory]);
      expect(again.output).toContain('--keep: expected a new folder, found files in');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('names the stories that it can play alone, and plays no others', async () => {
    const help = await runScript('demo.js', ['--help']);
    expect(help.output).toMatch(/^ {2}E {2}cells outside their specification/mu);
    expect(help.output).toMatch(/^ {2}C2 both samples are of the same wrong patient$/mu);
    const unknown = await runScript('demo.js', ['--only', 'E,Z']);
    expect(unknown.output).toContain(
      '--only: expected some of A,B,C,C2,E,F,G,H,J,K,L,M, found E,Z',
    );
    const files = await runScript('demo.js', ['--only', 'E', '--vcf', 'nowhere.vcf']);
    expect(files.output).toContain('--vcf: expected A among the stories, found E');
    expect([help.code, unknown.code, files.code]).toEqual([0, 1, 1]);
  });

  it('says which file is not there', async () => {
    const { code, output } = await runScript('demo.js', ['--vcf', 'nowhere.vcf']);
    expect(output).toContain('--vcf: expected a file, found nothing at nowhere.vcf');
    expect(code).toBe(1);
  });
});
