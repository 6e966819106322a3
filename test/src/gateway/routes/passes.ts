import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeActorKeys } from '@veinledger/client/node';
import { here } from '../../cli/cli.fixture.js';
import type { RoutesChapter } from './stage.js';

/** A dose pass: issued, printed and checked at the command line, where the last needs no gateway. */
export const passRoutes: RoutesChapter = (stage) => {
  test('carry a dose pass, which is printed, and checked without a network', async () => {
    const { bench, cast, journey, patient } = stage();
    const [, vial = ''] = journey.things.vials;
    const body = { pass: 'pass-1', number: 3, item: vial };
    const { receipt } = await journey.say(cast.pharmacist, 'care:IssuePass', body);
    expect(receipt.reasons).toEqual([]);
    const home = await mkdtemp(join(tmpdir(), 'veinledger-pass-'));
    try {
      await mkdir(join(home, 'keys'));
      await mkdir(join(home, 'consortium'));
      await writeFile(join(home, 'consortium', 'root.json'), JSON.stringify(bench.consortium.root));
      for (const { id, keys } of [cast.pharmacist, cast.nurse])
        await writeActorKeys(join(home, 'keys', `${id}.json`), keys);
      const common = ['--home', home, '--gateway', bench.gateway.url];
      const issuers = join(home, 'issuers.json');
      const known = ['pass', 'issuers', '--to', issuers, '--as', cast.nurse.id, ...common];
      expect(await here(...known)).toMatchObject({ code: 0 });
      const issue = ['pass', 'issue', journey.coi, vial, '--line', '3', '--id', 'pass-2'];
      const by = ['--as', cast.pharmacist.id, '--to', home, ...common];
      const issued = await here(...issue, ...by, '--json');
      expect(issued).toMatchObject({ code: 0, err: '' });
      const { code, page, file } = JSON.parse(issued.out) as Record<string, string>;
      expect(await readFile(page ?? '', 'utf8')).toMatch(/Dose pass pass-2[^]*<svg/u);
      const check = (text: string, ...more: readonly string[]) =>
        here(
          ...['pass', 'check', '--pass', text, '--issuers', issuers, '--scanned', vial],
          ...['--home', home, '--gateway', 'http://127.0.0.1:9', ...more],
        );
      const ours = ['--patient', patient.id];
      for (const text of [code ?? '', `@${file}`])
        expect(await check(text, ...ours)).toMatchObject({
          code: 0,
          out: expect.stringMatching(/^pass pass-2 counts until/u),
        });
      const inTwoDays = new Date(Date.now() + 172_800_000).toISOString();
      for (const [text, more, finding] of [
        [code ?? '', ['--patient', 'patient-2'], 'OTHER_PATIENT'],
        [code ?? '', [...ours, '--at', inTwoDays], 'PASS_EXPIRED'],
        [
          code?.replace(/.\./u, (end) => (end === 'A.' ? 'B.' : 'A.')) ?? '',
          ours,
          'PASS_UNREADABLE',
        ],
      ] as const) {
        const checked = await check(text, ...more);
        expect([checked.code, checked.out]).toEqual([1, expect.stringContaining(finding)]);
      }
      expect(await here(...issue, ...by)).toMatchObject({
        code: 3,
        err: expect.stringContaining('IDENTIFIER_TAKEN'),
      });
    } finally {
      await rm(home, { recursive: true });
    }
  });
};
