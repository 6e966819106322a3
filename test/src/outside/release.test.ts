import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf } from '../cli/cli.fixture.js';
import {
  foundDeployment,
  killLeft,
  settingsIn,
  startDeployedFrom,
} from '../operations/deployed.fixture.js';
import { run } from './program.js';
import { makeReleaseIn } from './release.fixture.js';

let folder: string;
let release: string;
let archive: string;
let unpacked: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'veinledger-release-')));
  release = join(folder, 'release');
  archive = await makeReleaseIn(release);
  await run('tar', ['--extract', '--file', join(release, archive), '--directory', folder]);
  unpacked = join(folder, archive.replace(/\.tar\.gz$/, ''));
});
afterAll(async () => {
  killLeft();
  await rm(folder, { recursive: true });
});

describe('a release', () => {
  test('has the digest of everything in it', async () => {
    const sums = (await readFile(join(release, 'SHA256SUMS'), 'utf8')).trim().split('\n');
    const files = (await readdir(release)).filter((name) => /\.t(?:ar\.)?gz$/.test(name)).sort();
    const digests = files.map(async (name) => {
      const content = await readFile(join(release, name));
      return `${createHash('sha256').update(content).digest('hex')}  ${name}`;
    });
    expect(sums).toEqual(await Promise.all(digests));
  });

  test('leaves nothing in the archive that leads out of it, or is for building only', async () => {
    const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
    const links = entries.filter((entry) => entry.isSymbolicLink());
    expect(links.length).toBeGreaterThan(0);
    for (const { parentPath, name } of links) {
      const target = await realpath(join(parentPath, name));
      expect([name, target.startsWith(`${unpacked}/`)]).toEqual([name, true]);
    }
    const own = entries.filter(({ parentPath }) => !parentPath.includes('/node_modules'));
    expect(own.filter(({ name }) => /\.(?:test|fixture)\./.test(name))).toEqual([]);
    expect(await readdir(join(unpacked, 'gateway', 'web'))).not.toContain('vite.config.js');
    const installed = await readdir(join(unpacked, 'node_modules'));
    for (const builder of ['typescript', 'vite']) expect(installed).not.toContain(builder);
    for (const paper of ['LICENSE', 'docs/operations.md', 'gateway/deploy/systemd']) {
      expect(await realpath(join(unpacked, paper))).toBe(join(unpacked, paper));
    }
  });

  test('serves a gateway on a machine with nothing, and stops it', async () => {
    const place = join(folder, 'place');
    await mkdir(place);
    const { home } = await foundDeployment(place);
    const file = join(place, 'gateway.json');
    await writeFile(file, JSON.stringify(settingsIn(home)));
    const launcher = join(unpacked, 'bin', 'veinledger-gateway');
    const launch = { program: launcher, args: [], cwd: place, env: {} };
    const gateway = await startDeployedFrom(file, launch);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    const page = await (await fetch(`${gateway.url}/app/`)).text();
    const files = Array.from(page.matchAll(/(?:src|href)="\.\/([^"]+)"/gu), ([, file]) => file);
    expect(files.length).toBeGreaterThan(3);
    for (const file of [...files, 'sw.js']) {
      expect([file, (await fetch(`${gateway.url}/app/${file}`)).status]).toEqual([file, 200]);
    }
    const metrics = await (await fetch(`${gateway.managementUrl}/metrics`)).text();
    const [, version] = /^veinledger-([^-]+)-/.exec(archive) ?? [];
    const { node } = process.versions;
    expect(metrics).toContain(`veinledger_build_info{version="${version}",node="${node}"`);
    expect(await gateway.stop('SIGTERM')).toBe(0);
    expect(gateway.errors()).toBe('');
  });

  test('carries the command line, which founds, serves and reads a ledger there', async () => {
    const program = join(unpacked, 'bin', 'veinledger');
    const home = ['--home', join(folder, 'home')];
    const veinledger = (...words: readonly string[]) =>
      run(program, [...words, ...home], { cwd: folder, env: {} });
    expect(await veinledger('--help')).toContain('Usage: veinledger');
    expect(await veinledger('network', '--help')).toContain('Usage: veinledger network');
    await veinledger('init');
    const served = spawn(program, ['start', ...home, '--port', '0'], {
      ...{ cwd: folder, env: {} },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(served, 'close');
    try {
      const gateway = ['--gateway', await addressOf(served)];
      await veinledger('bootstrap', ...gateway);
      const path = '/v1/organisations';
      const read = await veinledger('read', path, '--json', '--as', 'lab.registrar', ...gateway);
      expect(JSON.parse(read)).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ id: 'LabMSP' })]) as unknown,
      });
    } finally {
      served.kill('SIGTERM');
      await ended;
    }
    expect(served.exitCode).toBe(0);
    expect(await veinledger('verify')).toMatch(/^differences {7}none$/mu);
  });
});
