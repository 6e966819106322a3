import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { here, requireDone, veinledger } from './cli.fixture.js';

const COI = 'H1234269000015';
const ITEM = 'H1234260000428';
let folder: string;
let home: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-usage-'));
  home = join(folder, 'home');
  await requireDone(veinledger('init', '--home', home));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the help', () => {
  test('names every command, the options of all and the exit codes', async () => {
    const { code, out, err } = await veinledger('--help');
    const commands =
      'init bootstrap enrol actors candidate propose vote proposals request-consent give-consent defer-consent renew-consent restrict-consent refuse-consent withdraw-consent refuse-as-proxy record-talk record-consent record-no take-back-no continue-consent order collect release receive send pass trace next show read export verify audit start restore upgrade network completion';
    for (const name of commands.split(' ')) expect(out).toMatch(new RegExp(`^  ${name} `, 'mu'));
    for (const option of ['--as', '--home', '--gateway', '--json']) expect(out).toContain(option);
    for (const exit of [0, 1, 2, 3, 4, 5, 6])
      expect(out).toMatch(new RegExp(`^  ${exit}  \\w`, 'mu'));
    expect([code, err]).toEqual([0, '']);
  });

  test('of one command names its options and those of all', async () => {
    const { code, out } = await here('release', '--help');
    expect(out).toMatch(/--to <MSP>[^]*--seal <NUMBER>[^]*Global Options:[^]*--as <actor>/u);
    expect(code).toBe(0);
  });

  test('is shown where nothing was asked, as wrong usage', async () => {
    const { code, out, err } = await veinledger();
    expect(err).toContain('Usage: veinledger');
    expect([code, out]).toEqual([2, '']);
  });
});

describe('wrong usage', () => {
  const AS = ['--as', 'hospital.nurse'];
  test.each<[string, readonly string[], string]>([
    ['an unknown command', ['certify'], "unknown command 'certify'"],
    ['an unknown option', ['trace', COI, '--colour'], "unknown option '--colour'"],
    ['a missing argument', ['trace'], "missing required argument 'COI'"],
    ['too many arguments', ['bootstrap', 'now'], 'too many arguments'],
    ['a gateway that is no URL', ['read', '/v1/ledger', '--gateway', 'here'], '--gateway'],
    ['a chain of identity with another check character', ['trace', 'H1234269000016'], 'COI'],
    ['an item that no label bears', ['collect', COI, 'vial-1', ...AS], 'ITEM'],
    ['an order without a patient', ['order', '--dose', '1:2', ...AS], '--patient'],
    ['an order without doses', ['order', '--patient', 'patient-1', ...AS], '--dose'],
    [
      'a dose without its site',
      ['order', '--patient', 'patient-1', '--dose', '1:50', ...AS],
      '--dose',
    ],
    ['an admission without a country', ['propose', 'admit', 'ClinicMSP', ...AS], '--country'],
    ['a change of nothing known', ['propose', 'rename', 'LabMSP', ...AS], 'MOTION'],
    [
      'a suspension for no known reason',
      ['propose', 'suspend', 'LabMSP', '--reason', 'x', ...AS],
      '--reason',
    ],
    [
      'a word of another motion',
      ['propose', 'reinstate', 'LabMSP', '--country', 'AT', ...AS],
      '--country',
    ],
    ['a vote that says neither', ['vote', 'p-1', 'perhaps', ...AS], 'CHOICE'],
    ['a hand-off to nobody', ['release', COI, ITEM, ...AS], '--to'],
    [
      'a condition that nobody knows',
      ['release', COI, ITEM, '--to', 'LabMSP', '--condition', 'warm', ...AS],
      '--condition',
    ],
    [
      'a verdict that nobody knows',
      ['receive', COI, ITEM, '--verdict', 'lost', ...AS],
      '--verdict',
    ],
    ['an actor without roles', ['enrol', 'hospital.nurse'], '--roles'],
    ['an unknown role', ['enrol', 'hospital.nurse', '--roles', 'nurse,king'], '--roles'],
    ['nobody to enrol', ['enrol', '--roles', 'nurse'], 'ACTOR'],
    ['a pseudonym without its registrar', ['enrol', 'patient-1', '--roles', 'patient'], '--as'],
    ['an unknown purpose', ['request-consent', 'PROFIT', ...AS], 'PURPOSE'],
    ['an unknown type, before its body is asked for', ['send', 'custody:Steal', ...AS], 'TYPE'],
    ['a type without its body', ['send', 'custody:ReleaseItem', ...AS], '--body'],
    ['a body that is no JSON', ['send', 'custody:ReleaseItem', '--body', '{', ...AS], '--body'],
    [
      'a body in a file that is not there',
      ['send', 'custody:ReleaseItem', '--body', '@nowhere.json', ...AS],
      '--body',
    ],
    [
      'an annex without a name',
      ['send', 'custody:ReleaseItem', '--body', '{}', '--annex', 'file.json', ...AS],
      '--annex',
    ],
    ['a command by nobody', ['send', 'custody:ReleaseItem', '--body', '{}'], '--as'],
    ['somebody whose keys are elsewhere', ['trace', COI, ...AS], '--as'],
    ['somebody whom nobody named, of several', ['trace', COI], '--as'],
    ['a thing of no known noun', ['show', 'palace', COI], 'NOUN'],
    ['a thing of a therapy without its id', ['show', 'item', COI, ...AS], 'ID'],
    ['two ledgers', ['verify', '--ledger', 'a', '--connection', 'b'], '--connection'],
    ['a vault beside an export alone', ['verify', '--export', 'a', '--vault', 'b'], '--export'],
    ['a hash that is none', ['verify', '--block', '12:abc'], '--block'],
    ['an organisation without roles', ['init', '--organisation', 'ClinicMSP:DE'], '--organisation'],
    ['a registrar without a root', ['init', '--registrar', 'a.json'], '--root'],
    ['another shell', ['completion', 'fish'], 'SHELL'],
  ])('of %s exits with 2 and says what was expected', async (_, args, field) => {
    const own = args[0] === 'init' ? join(folder, 'none') : home;
    const { code, out, err } = await here(...args, '--home', own);
    expect(err).toMatch(/^WRONG_USAGE: /u);
    if (/^[-A-Z]+$/u.test(field) || field.startsWith('--')) {
      expect(err).toMatch(
        new RegExp(`^  field {5}${field}\n  expected  \\S.*\n  found {5}\\S`, 'mu'),
      );
    } else {
      expect(err).toContain(field);
    }
    expect([code, out]).toEqual([2, '']);
  });

  test('is what the process exits with', async () => {
    const { code, err } = await veinledger('certify');
    expect(err).toMatch(/^WRONG_USAGE: /u);
    expect(code).toBe(2);
  });

  test('is told to programs as JSON', async () => {
    const { code, out, err } = await here('show', 'palace', COI, '--json', '--home', home);
    expect(JSON.parse(err)).toMatchObject({ code: 'WRONG_USAGE', field: 'NOUN', found: 'palace' });
    expect([code, out]).toEqual([2, '']);
  });
});

describe('start', () => {
  // whoever starts keeps files private, in the whole process
  let mask: number;
  beforeEach(() => {
    mask = process.umask(0o022);
  });
  afterEach(() => void process.umask(mask));

  test.each([
    ['65536', veinledger],
    ['-1', here],
    ['http', here],
    ['80.5', here],
    ['', here],
  ])('refuses port %j before it founds anything', async (port, run) => {
    const fresh = join(folder, 'fresh');
    const { code, err } = await run('start', '--home', fresh, `--port=${port}`);
    expect(err).toMatch(/^WRONG_SETTINGS: gateway settings: port: /u);
    expect(code).toBe(2);
    expect(existsSync(fresh)).toBe(false);
  });
});

describe('a home', () => {
  test('is founded once', async () => {
    const before = await readFile(join(home, 'consortium', 'root.json'), 'utf8');
    const { code, err } = await here('init', '--home', home);
    expect(err).toMatch(/^ALREADY_FOUNDED: /u);
    expect(code).toBe(1);
    expect(await readFile(join(home, 'consortium', 'root.json'), 'utf8')).toBe(before);
  });

  test('without a consortium says how one is founded', async () => {
    const { code, err } = await here('bootstrap', '--home', join(folder, 'empty'));
    expect(err).toMatch(/^NOT_FOUNDED: .*'init' founds one/u);
    expect(code).toBe(1);
  });

  test('of one member holds the root and that member’s registrar, and nothing of the others', async () => {
    const root = join(home, 'consortium', 'root.json');
    const registrar = join(home, 'consortium', 'registrars', 'lab.registrar.json');
    const member = join(folder, 'lab');
    const args = ['--home', member, '--root', root];
    const { out } = await requireDone(here('init', ...args, '--registrar', registrar));
    expect(out).toContain('prepared a home of LabMSP');
    const consortium = join(member, 'consortium');
    expect(await readFile(join(consortium, 'root.json'))).toEqual(await readFile(root));
    expect(await readdir(join(consortium, 'registrars'))).toEqual(['lab.registrar.json']);
  });

  test('is prepared for no registrar whom the root does not name', async () => {
    const other = join(folder, 'other');
    await requireDone(here('init', '--home', other));
    const { code, err } = await here(
      ...['init', '--home', join(folder, 'nobody')],
      ...['--root', join(home, 'consortium', 'root.json')],
      ...['--registrar', join(other, 'consortium', 'registrars', 'lab.registrar.json')],
    );
    expect(err).toMatch(/field +--registrar\n +expected +keys that the root names/u);
    expect(code).toBe(2);
  });
});

describe('the completion', () => {
  let out: string;

  beforeAll(async () => {
    ({ out } = await requireDone(veinledger('completion', 'bash')));
  });

  /** What bash offers for the last of these words. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const line = `${out}
      COMP_LINE='${words.join(' ')}'
      COMP_POINT=\${#COMP_LINE}
      _veinledger
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', line]);
    return stdout.split('\n').filter(Boolean);
  }

  test('offers commands, their options, and what may stand there', async () => {
    expect(await offered('veinledger', 're')).toEqual([
      'restate-person',
      'request-consent',
      'renew-consent',
      'restrict-consent',
      'refuse-consent',
      'refuse-as-proxy',
      'record-talk',
      'record-consent',
      'record-no',
      'release',
      'receive',
      'read',
      'restore',
    ]);
    expect(await offered('veinledger', 'release', '--s')).toEqual(['--seal', '--sscc']);
    expect(await offered('veinledger', 'release', '--condition', '')).toContain('thawed');
    expect(await offered('veinledger', 'show', 'b')).toEqual(['batch']);
    expect(await offered('veinledger', 'send', 'custody')).toContain('custody:ReleaseItem');
  });

  test.each([
    ['send custody:Rele', 'send custody:ReleaseItem '],
    ['send custody:', 'ReceiveItem'],
    ['send manufacturing:RegisterR', 'send manufacturing:RegisterRun '],
    ['release --condition thaw', 'release --condition thawed '],
  ])(
    'goes on after the colon of a type, where somebody types in bash: %s',
    async (typed, shown) => {
      const file = join(folder, 'completion.sh');
      await writeFile(file, out);
      const shell = spawn('bash', ['--norc', '-i'], {
        env: { PATH: process.env['PATH'], HOME: folder, TERM: 'dumb', PS1: '' },
        // a session of its own: an interactive bash takes the terminal, where there is one
        detached: true,
      });
      const ended = Promise.all([text(shell.stdout), text(shell.stderr)]);
      // the line is completed, and then not carried out but shown
      shell.stdin.end(`. ${file}\nveinledger() { echo "typed:$*"; }\nveinledger ${typed}\t\t\n`);
      expect((await ended).join('')).toContain(shown);
    },
  );

  test('defines the command that it completes', async () => {
    const line = `${out}\nveinledger show palace x --home '${home}'`;
    const failed = await promisify(execFile)('bash', ['--norc', '-c', line]).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining('WRONG_USAGE') });
  });

  test('for zsh loads the completion of bash first', async () => {
    const zsh = await requireDone(here('completion', 'zsh'));
    expect(zsh.out).toMatch(/^autoload -U \+X bashcompinit && bashcompinit\n/u);
  });
});
