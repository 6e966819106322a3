import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { veinledger } from '../cli/cli.fixture.js';
import { runScript } from '../support/demo-process.js';

describe('the demo on the embedded ledger', () => {
  it('plays seven patients over HTTP, opens the commitments to real files and verifies the chain', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'veinledger-files-'));
    const vcf = join(directory, 'calls.vcf');
    const fasta = join(directory, 'vaccine.fa');
    await writeFile(vcf, '##fileformat=VCFv4.2\n');
    await writeFile(fasta, '>construct\nACGT\n');
    try {
      const { code, output } = await runScript('demo.js', ['--vcf', vcf, '--fasta', fasta]);
      expect(output).toContain('Everything went as it should.');
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
      const kept = await runScript('demo.js', ['--keep', directory]);
      expect(kept.output).toContain('Everything went as it should.');
      const verified = await veinledger('verify', '--home', directory);
      expect(verified.out).toMatch(/^differences +none$/m);
      expect(verified.code).toBe(0);
      const again = await runScript('demo.js', ['--keep', directory]);
      expect(again.output).toContain('--keep: expected a new folder, found files in');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('says which file is not there', async () => {
    const { code, output } = await runScript('demo.js', ['--vcf', 'nowhere.vcf']);
    expect(output).toContain('--vcf: expected a file, found nothing at nowhere.vcf');
    expect(code).toBe(1);
  });
});
