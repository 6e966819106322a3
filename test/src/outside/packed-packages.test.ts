import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PublicKeys, parseJws, verifyJws } from '@veinledger/domain';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { build } from 'esbuild';
import { OLDEST_NODE } from '#scripts';
import { renderedPage } from '../browser/chromium.fixture.js';
import { pageServer } from '../browser/page-server.fixture.js';
import { folderOf, run } from './program.js';

const require = createRequire(import.meta.url);
const PUBLISHED = ['@veinledger/domain', '@veinledger/client'];

/** What somebody writes who has the packages and nothing else of veinledger. */
const SIGNING = `
import { type ActorKeys, generateActorKeys, type Receipt, signCommand, type Statement, webSigner } from '@veinledger/client';
import type { CommittedCommand } from '@veinledger/client/wire';
import { coi, parseJws } from '@veinledger/domain';

const statement: Statement = {
  type: 'manufacturing:RegisterRun',
  body: { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' },
};

/** Compiles only where these are types, and not anything. */
export const decisionOf = ({ receipt }: CommittedCommand): Receipt['decision'] => receipt.decision;

export async function signed(): Promise<{ readonly jws: string; readonly keys: ActorKeys['public'] }> {
  const keys = generateActorKeys();
  const author = { network: 'A'.repeat(43), actor: 'lab.technician', signer: await webSigner(keys) };
  const { jws } = await signCommand(author, statement);
  parseJws(jws, 'vnd.veinledger.command+jws');
  if (coi.safeParse('H1234269000016').success) throw new Error('a wrong check character is taken');
  return { jws, keys: keys.public };
}
`;

const IN_NODE = `
import { signed } from './signing.js';
import { nativeSigner } from '@veinledger/client/node';
console.log(JSON.stringify({ ...(await signed()), node: process.version, native: typeof nativeSigner }));
`;

const IN_BROWSER = `
import { signed } from './signing.js';
const say = (path: string, body: object) =>
  fetch(path, { method: 'POST', body: JSON.stringify(body) });
await signed().then(
  (report) => say('/report', report),
  (error: unknown) => say('/failure', { error: String(error) }),
);
`;

const SETTINGS = {
  compilerOptions: {
    strict: true,
    target: 'es2023',
    lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
    module: 'nodenext',
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    typeRoots: [join(require.resolve('@types/node/package.json'), '../..')],
  },
  include: ['*.ts'],
};

interface Signed {
  readonly jws: string;
  readonly keys: PublicKeys;
}

async function verified({ jws, keys }: Signed): Promise<unknown> {
  const parsed = parseJws(jws, 'vnd.veinledger.command+jws');
  await verifyJws(parsed, keys, nativeVerifier);
  return parsed.payload;
}

describe('the packages as they are published, in a project of somebody else', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-packed-'));
    const packed: string[] = [];
    for (const name of PUBLISHED) {
      const from = dirname(require.resolve(`${name}/package.json`));
      const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
      const told = JSON.parse(await run('npm', pack, { cwd: from })) as { filename: string }[];
      packed.push(...told.map(({ filename }) => `./${filename}`));
    }
    const manifest = { private: true, type: 'module' };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
    await run('npm', ['install', ...quiet, ...packed], { cwd: folder });
    const files = { 'signing.ts': SIGNING, 'in-node.ts': IN_NODE, 'in-browser.ts': IN_BROWSER };
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
    await run(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', folder]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('bring no Fabric along, no tests, and a licence', async () => {
    const modules = join(folder, 'node_modules');
    const installed = await readdir(modules);
    expect(installed.filter((name) => /fabric|grpc/u.test(name))).toEqual([]);
    expect(await readdir(join(modules, '@veinledger'))).toEqual(['client', 'domain']);
    for (const name of PUBLISHED) {
      const files = await readdir(join(modules, name), { recursive: true });
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.d.ts']));
      expect(files.filter((file) => /\.(?:test|fixture)\./u.test(file))).toEqual([]);
    }
  });

  test('are imported by the entry points that they name, and by no file', async () => {
    const loaded = async (name: string) => {
      const script = `import * as all from '${name}'; console.log(Object.keys(all).join());`;
      await writeFile(join(folder, 'entry.js'), script);
      return run(process.execPath, [join(folder, 'entry.js')]);
    };
    expect(await loaded('@veinledger/domain/execution')).toContain('founderRegistrar');
    const file = '@veinledger/domain/nouns/lot';
    await expect(loaded(file)).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test('name the Node that they are tried on', async () => {
    for (const name of PUBLISHED) {
      const manifest = join(folder, 'node_modules', name, 'package.json');
      const { engines } = JSON.parse(await readFile(manifest, 'utf8')) as { engines: object };
      expect(`${JSON.stringify(engines).slice(0, -2)}.0`).toBe(`{"node":">=${OLDEST_NODE}`);
    }
  });

  test('sign a command on the oldest Node that they are for', async () => {
    const name = `node-${process.platform}-${process.arch}`;
    const node = join(folderOf('VEINLEDGER_OUTSIDE_NODE'), 'node_modules', name, 'bin', 'node');
    const told = JSON.parse(await run(node, [join(folder, 'in-node.js')])) as Signed & object;
    expect(told).toMatchObject({ node: `v${OLDEST_NODE}`, native: 'function' });
    expect(await verified(told)).toMatchObject({ actor: 'lab.technician' });
  });

  test('are bundled for a browser, which signs a command', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(folder, 'in-browser.js')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2023',
      logLevel: 'silent',
    });
    const reports: Signed[] = [];
    const failures: string[] = [];
    const script = outputFiles.map(({ text }) => text).join('');
    const page = await pageServer('http://127.0.0.1:0', script, {
      '/report': (body) => String(reports.push(JSON.parse(body) as Signed)),
      '/failure': (body) => String(failures.push(body)),
    });
    try {
      await renderedPage(page.url);
    } finally {
      await page.close();
    }
    expect(failures).toEqual([]);
    expect(await Promise.all(reports.map(verified))).toMatchObject([
      { type: 'manufacturing:RegisterRun' },
    ]);
  });
});
