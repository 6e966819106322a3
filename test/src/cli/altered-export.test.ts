import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys, nativeSigner } from '@veinledger/client/node';
import { here } from './cli.fixture.js';
import {
  type Exported,
  forge,
  forgeFile,
  forgeManifest,
  jwksOf,
  readManifest,
} from './forged-export.fixture.js';
import { COI, type Clinic, CLINICIAN, toldTherapy } from './told-therapy.fixture.js';

let bench: Clinic;
let root: string;
let honest: string;
let altered: string;

beforeAll(async () => {
  bench = await toldTherapy();
  root = join(bench.home, 'consortium', 'root.json');
  honest = join(bench.folder, 'honest');
  altered = join(bench.folder, 'altered');
  await bench.tell('export', COI, '--to', honest, ...CLINICIAN);
  await bench.stop();
});
afterAll(() => bench.close());

describe('an export', () => {
  const without = async (file: string) => {
    await rm(join(altered, file));
    return /: expected SHA-256 [0-9a-f]{64}, found no file/u;
  };
  test.each<[string, (named: Exported) => Promise<RegExp>]>([
    ['a missing command', ({ jws }) => without(jws)],
    ['a missing receipt', ({ receipt }) => without(receipt)],
    [
      'a file that nobody named',
      async () => {
        await writeFile(join(altered, 'commands', 'more.jws.json'), '{}');
        return /commands\/more\.jws\.json: the manifest names no such file/u;
      },
    ],
    [
      'a signature that is another',
      async ({ jws }) => {
        await forge(altered, jws, (text) =>
          text.replace(/"signature":"(.)/u, (_, at) => `"signature":"${at === 'A' ? 'B' : 'A'}`),
        );
        return /commands\/0001.*: not proven: .*SIGNATURE_INVALID/u;
      },
    ],
    [
      'a command that somebody else signed anew, with keys to match',
      async ({ jws, keys = '' }) => {
        const forger = generateActorKeys();
        const signer = nativeSigner(forger);
        await forge(altered, jws, async (text) => {
          const { payload } = JSON.parse(text) as { payload: string };
          return signer.sign(
            Buffer.from(payload, 'base64url').toString(),
            'vnd.veinledger.command+jws',
          );
        });
        await forge(altered, keys, () => JSON.stringify(jwksOf(forger.public)));
        return /commands\/0001.*: not proven: .*UNKNOWN_KEY/u;
      },
    ],
    [
      'a changed receipt',
      async ({ receipt }) => {
        await forge(altered, receipt, (text) =>
          text.replace('"permitted"', '"recorded"').replace('"refused"', '"permitted"'),
        );
        return /receipts\/0001.*: not proven: expected/u;
      },
    ],
    [
      'a receipt that says its decision twice',
      async ({ receipt }) => {
        await forge(altered, receipt, (text) => text.replace('{', '{\n  "decision": "refused",'));
        return /commands\/0001.*: expected JSON as an export writes it/u;
      },
    ],
    [
      'a command that counts twice',
      async (named) => {
        await forgeManifest(altered, (manifest) => {
          manifest.commands = [...manifest.commands, named];
        });
        return /manifest\.json: command .*: expected once, found again/u;
      },
    ],
    [
      'a receipt beside those of its commands, with its digest',
      async ({ receipt }) => {
        const text = await readFile(join(altered, receipt), 'utf8');
        await forgeFile(altered, 'receipts/9999.json', text);
        return /receipts\/9999\.json: no command of the manifest names this file/u;
      },
    ],
    [
      'a link to a file elsewhere',
      async () => {
        await symlink(join(altered, 'manifest.json'), join(altered, 'receipts', 'link.json'));
        return /receipts\/link\.json: expected a file, found a link or a device/u;
      },
    ],
  ])('with %s is found out, whatever its manifest says', async (_, change) => {
    await rm(altered, { recursive: true, force: true });
    await cp(honest, altered, { recursive: true });
    const [first] = (await readManifest(altered)).commands;
    if (!first) throw new Error('the export holds a command');
    const finding = await change(first);
    const { code, out } = await here('verify', '--export', altered, '--root', root);
    expect(out).toMatch(finding);
    expect(code).toBe(1);
  });
});
