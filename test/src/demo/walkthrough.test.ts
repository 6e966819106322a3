import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pickFreeRange } from '@veinledger/network/ports';

const ROOT = dirname(createRequire(import.meta.url).resolve('../../../package.json'));
const SECTION = /^## First steps[^]*?(?=^## )/mu;
const EVERYWHERE = /^\*\*In every terminal\*\*[^]*?^```sh\n([^]*?)^```$/mu;
const BLOCKS = /^\*\*Terminal (\d):[^]*?^```sh\n([^]*?)^```$/gmu;

/** What the README's first steps say is typed, by terminal. */
async function typed(): Promise<ReadonlyMap<string, string>> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const section = SECTION.exec(readme)?.[0] ?? '';
  const first = EVERYWHERE.exec(section)?.[1] ?? '';
  return new Map(
    [...section.matchAll(BLOCKS)].map(([, terminal = '', lines = '']) => [terminal, first + lines]),
  );
}

/** The README's first steps, as somebody types them who has another home and another port. */
describe('the README’s first steps', () => {
  let folder: string;
  let blocks: ReadonlyMap<string, string>;
  let environment: NodeJS.ProcessEnv;
  let gateway: ChildProcess;
  let url: string;
  let printed = '';

  const shell = (terminal: string) =>
    spawn('bash', ['-e', '-c', blocks.get(terminal) ?? 'false'], {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // a group of its own, which ends as Ctrl-C ends it
      detached: true,
    });

  /** Everything that a terminal prints until its last command has ended, and the exit code. */
  async function at(terminal: string) {
    const child = shell(terminal);
    const closed = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code: child.exitCode, out, err };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-first-steps-'));
    blocks = await typed();
    const port = await pickFreeRange(['127.0.0.1'], 1);
    url = `http://127.0.0.1:${port}`;
    environment = {
      ...process.env,
      VEINLEDGER_HOME: join(folder, 'home'),
      VEINLEDGER_PORT: String(port),
      VEINLEDGER_GATEWAY: url,
    };
  });
  afterAll(async () => {
    if (gateway.pid !== undefined && gateway.exitCode === null) {
      const closed = once(gateway, 'close');
      process.kill(-gateway.pid, 'SIGINT');
      await closed;
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('take three terminals', () => {
    expect([...blocks.keys()]).toEqual(['1', '2', '3']);
  });

  it('start the gateway in the first', async () => {
    const child = shell('1');
    gateway = child;
    await new Promise<void>((listening, failed) => {
      const collect = (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('Stop it with Ctrl-C.')) listening();
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('exit', () => failed(new Error(`the gateway ended:\n${printed}`)));
    });
    expect(printed).toContain('ClinicMSP, DE: clinic.registrar');
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('enrol an organisation and its people, order a therapy and release an item in the second', async () => {
    const { code, out, err } = await at('2');
    if (code !== 0) throw new Error(`exit code ${code}:\n${out}\n${err}`);
    for (const actor of ['clinic.collector', 'clinic.clinician', 'lab.technician', 'patient-1']) {
      expect(out).toContain(join(folder, 'home', 'keys', `${actor}.json`));
    }
    expect(out).toContain('permitted  therapy:OrderTherapy by clinic.clinician');
    expect(out).toContain('recorded  custody:ReleaseItem by clinic.collector');
  });

  describe('in the third', () => {
    let out: string;
    let err: string;
    beforeAll(async () => {
      ({ out, err } = await at('3'));
    });

    it('receive the item and read the trace', () => {
      expect(out).toContain('recorded  custody:ReceiveItem by lab.technician');
      expect(out).not.toContain('deviation');
      const trace = out.slice(out.indexOf('chain of identity'));
      for (const type of ['therapy:OrderTherapy', 'custody:ReleaseItem', 'custody:ReceiveItem']) {
        expect(trace).toContain(type);
      }
    });

    it('give a link by which a browser reads the trace', async () => {
      const link = /^http:\S+$/mu.exec(out)?.[0];
      if (link === undefined) throw new Error(`expected a link, found:\n${out}\n${err}`);
      const page = await fetch(link);
      expect(page.headers.get('content-type')).toContain('text/html');
      const html = await page.text();
      expect(html).toContain('<svg');
      expect(html).toContain('H1234260000428');
    });
  });

  it('are followed by a program, as the API’s page shows it', async () => {
    const example = programOf(await readFile(join(ROOT, 'docs', 'api.md'), 'utf8'));
    const script = await mkdtemp(join(ROOT, 'test', 'dist', 'example-'));
    try {
      const file = join(script, 'example.ts');
      await writeFile(file, example);
      const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
      const closed = once(child, 'close');
      const [printed, failed] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
      if (child.exitCode !== 0) throw new Error(failed);
      expect(printed).toMatch(/action: 'POST \/v1\/commands',\s+result: 'answered'/u);
    } finally {
      await rm(script, { recursive: true });
    }
  });

  /** The page's program, for this home and this gateway. */
  function programOf(page: string): string {
    const program = /^```ts\n([^]*?)^```$/mu.exec(page)?.[1] ?? '';
    const here = program
      .replace('.veinledger/', `${join(folder, 'home')}/`)
      .replace('http://127.0.0.1:8080', url);
    expect(here).not.toBe(program);
    return here;
  }
});
