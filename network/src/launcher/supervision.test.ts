import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { packageChaincode, sha256 } from '../code/index.js';
import { startNode, stopNetwork, stopNode } from './index.js';
import { withPorts, HomeFiles } from '../plan/index.js';
import { ProcessRecords, processStart } from '../processes/index.js';
import { loadProfile } from '../profile/index.js';
import {
  BackOff,
  ensureSupervisor,
  SupervisedProcesses,
  supervisorOf,
} from '../supervisor/index.js';

const home = mkdtempSync(join(tmpdir(), 'veinledger-supervisor-'));
const files = new HomeFiles(home);
const lab = files.member('lab');
const processes = new SupervisedProcesses(lab);
const records = new ProcessRecords(lab.records);

const code = { bundle: 'b'.repeat(64), node: process.version, root: 'c'.repeat(64) };
mkdirSync(files.shared.dir, { recursive: true });
writeFileSync(
  files.shared.manifest,
  JSON.stringify({
    ...{ v: 2, apart: true, profile: withPorts(await loadProfile(), 17_050) },
    channels: [{ name: 'programme', version: '0.1.0', sequence: 1, code }],
  }),
);

afterAll(async () => {
  await stopNetwork({ home });
  rmSync(home, { recursive: true });
});

const specOf = (name: string, script = 'setInterval(() => {}, 1000)') => ({
  ...{ name, command: process.execPath, args: ['-e', script], env: {} },
  logFile: lab.log(name),
});

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(20);
  }
}

const pidOf = (name: string) => records.living(name)?.pid;
const anotherThan = (name: string, pid: number) => () => {
  const now = pidOf(name);
  return now === pid ? undefined : now;
};

describe('the supervisor', () => {
  test('starts what is to run, and again what dies', async () => {
    processes.write({ spec: specOf('worker') });
    expect(await ensureSupervisor(home)).toBe(true);
    const first = await until('the process', () => pidOf('worker'));
    process.kill(first, 'SIGKILL');
    await until('its successor', anotherThan('worker', first));
    expect(processes.health('worker')).toEqual({ deaths: 1 });
  });

  test('is one for each home, and takes up what is added', async () => {
    const before = supervisorOf(home);
    processes.write({ spec: specOf('second') });
    expect(await ensureSupervisor(home)).toBe(false);
    expect(supervisorOf(home)).toBe(before);
    await until('the second process', () => pidOf('second'));
  });

  test('dies without its processes; the next one adopts them', async () => {
    const [supervisor, worker] = [supervisorOf(home) ?? 0, pidOf('worker') ?? 0];
    process.kill(supervisor, 'SIGKILL');
    await until('its end', () => (supervisorOf(home) === undefined ? true : undefined));
    expect(pidOf('worker')).toBe(worker);
    expect(await ensureSupervisor(home)).toBe(true);
    await until('the adoption', () =>
      readFileSync(files.supervisor.log, 'utf8').includes(`worker: adopted process ${worker}`)
        ? true
        : undefined,
    );
    process.kill(worker, 'SIGKILL');
    await until('the successor of what was adopted', anotherThan('worker', worker));
  });

  test('leaves a stopped process stopped, also when it starts anew itself', async () => {
    expect(await stopNode(home, 'worker')).toBe(true);
    process.kill(supervisorOf(home) ?? 0, 'SIGKILL');
    await until('its end', () => (supervisorOf(home) === undefined ? true : undefined));
    processes.write({ spec: specOf('worker') });
    await ensureSupervisor(home);
    await sleep(500);
    expect(pidOf('worker')).toBeUndefined();
    await startNode(home, 'worker');
    await until('the process', () => pidOf('worker'));
  });

  test('starts no chaincode but the approved, and tells why', async () => {
    const [bundleFile, rootFile] = [join(home, 'bundle.cjs'), join(home, 'root.json')];
    writeFileSync(bundleFile, 'setInterval(() => {}, 1000)');
    writeFileSync(rootFile, '{}');
    const approved = {
      ...{ node: process.version, bundle: sha256(readFileSync(bundleFile)) },
      root: sha256(readFileSync(rootFile)),
    };
    const { id, bytes } = await packageChaincode('veinledger', '0.1.0', approved);
    const packageFile = join(home, 'chaincode.tgz');
    writeFileSync(packageFile, bytes);
    const spec = { ...specOf('chaincode.lab'), args: [bundleFile] };
    const what = { name: 'chaincode.lab', packageId: id, nodeProgram: process.execPath };
    processes.write({ spec, chaincode: { ...what, packageFile, bundleFile, rootFile } });
    await ensureSupervisor(home);
    const pid = await until('the approved', () => pidOf('chaincode.lab'));

    writeFileSync(bundleFile, 'setInterval(() => {}, 1001)');
    process.kill(pid, 'SIGKILL');
    const refused = await until('the refusal', () => processes.health('chaincode.lab').refused);
    expect(refused).toMatch(/^CODE_NOT_APPROVED: chaincode.lab is not started: .*bundle: expected/);
    expect(pidOf('chaincode.lab')).toBeUndefined();
    await expect(startNode(home, 'chaincode.lab')).rejects.toThrow('chaincode.lab refused: CODE');
  });

  test('is ended first when the network goes down, and nothing of it is left', async () => {
    const pids = records.all().map(({ pid }) => pid);
    await stopNetwork({ home });
    expect(supervisorOf(home)).toBeUndefined();
    expect(existsSync(files.supervisor.lock)).toBe(false);
    expect(pids.map(processStart)).toEqual(pids.map(() => undefined));
  });
});

describe('the wait before a process is started again', () => {
  test('is none at first, then doubles up to half a minute', () => {
    const backOff = new BackOff();
    const waits = Array.from({ length: 9 }, () => backOff.after(100));
    expect(waits).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test('is none again once the process has lived for a minute', () => {
    const backOff = new BackOff();
    for (let deaths = 0; deaths < 5; deaths += 1) backOff.after(100);
    expect([backOff.after(60_000), backOff.after(100)]).toEqual([0, 500]);
  });
});
