import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import {
  isAlive,
  pickFreeRange,
  ProcessRecords,
  requireFreePorts,
  runCommand,
  startProcess,
  stopProcess,
  type ProcessRecord,
} from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-processes-'));
afterAll(() => rmSync(dir, { recursive: true }));

const started: ProcessRecord[] = [];
afterEach(async () => {
  for (const record of started.splice(0)) await stopProcess(record, 1000);
});

async function node(name: string, script: string): Promise<ProcessRecord> {
  const record = await startProcess({
    name,
    command: process.execPath,
    args: ['-e', script],
    env: { GREETING: 'on duty' },
    logFile: join(dir, `${name}.log`),
  });
  started.push(record);
  return record;
}

const FOREVER = 'setInterval(() => {}, 1000)';

describe('a process of the network', () => {
  test('ends when it is asked to, and is then no longer alive', async () => {
    const record = await node('orderer.lab', FOREVER);
    expect(isAlive(record)).toBe(true);
    expect(await stopProcess(record)).toBe(true);
    expect(isAlive(record)).toBe(false);
    expect(await stopProcess(record)).toBe(false);
  });

  test('ends also when it ignores the request', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); console.log('ready'); ${FOREVER}`;
    const record = await node('peer.lab', stubborn);
    await untilLogged('peer.lab', 'ready');
    expect(await stopProcess(record, 200)).toBe(true);
    expect(isAlive(record)).toBe(false);
  });

  test('is left alone when its pid now belongs to another process', async () => {
    const record = await node('peer.hospital', FOREVER);
    const recycled = { ...record, start: '1' };
    expect(await stopProcess(recycled, 200)).toBe(false);
    expect(isAlive(record)).toBe(true);
  });

  test('sees the environment it was given and nothing else, and writes to its log', async () => {
    await node('chaincode.lab', `console.log(process.env.GREETING, process.env.PATH); ${FOREVER}`);
    expect(await untilLogged('chaincode.lab', '\n')).toBe('on duty undefined\n');
  });

  test('that cannot be run is named', async () => {
    const spec = { args: [], env: {}, logFile: join(dir, 'x.log') };
    await expect(
      startProcess({ ...spec, name: 'peer.x', command: join(dir, 'no-such-binary') }),
    ).rejects.toThrow(/NODE_FAILED: peer.x did not start: .*ENOENT/);
  });
});

describe('the records of a network', () => {
  test('tell a living process from a dead one', async () => {
    const records = new ProcessRecords(join(dir, 'run'));
    const record = await node('orderer.hospital', FOREVER);
    records.write(record);
    expect(records.living('orderer.hospital')).toEqual(record);
    await stopProcess(record);
    expect(records.living('orderer.hospital')).toBeUndefined();
    expect(records.all()).toEqual([record]);
    records.remove('orderer.hospital');
    expect(records.all()).toEqual([]);
  });

  test('of a network that never ran are empty', () => {
    expect(new ProcessRecords(join(dir, 'nowhere')).all()).toEqual([]);
  });

  test('name a file that is no record', () => {
    const broken = mkdtempSync(join(dir, 'broken-'));
    writeFileSync(join(broken, 'peer.json'), '{"name":"peer","pid":-1}');
    expect(() => new ProcessRecords(broken).all()).toThrow(join(broken, 'peer.json'));
  });
});

describe('ports', () => {
  test('that one launcher picked, no other picks for any address, though nothing listens there yet', async () => {
    const picked = await Promise.all(
      Array.from({ length: 30 }, (_, index) => pickFreeRange([`127.0.0.${20 + index}`], 60)),
    );
    const sorted = picked.toSorted((one, other) => one - other);
    for (const [index, base] of sorted.slice(1).entries()) {
      expect(base - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(60);
    }
  });

  test('that somebody else holds are named, with the process', async () => {
    const server = createServer();
    const base = await pickFreeRange(['127.0.0.1'], 2);
    await new Promise<void>((resolve) => server.listen(base, '127.0.0.1', resolve));
    const needed = [
      { host: '127.0.0.1', port: base, purpose: 'orderer.lab (client)' },
      { host: '127.0.0.1', port: base + 1, purpose: 'orderer.lab (admin)' },
    ];
    try {
      const why = new RegExp(
        `^PORT_TAKEN: 127.0.0.1:${base}, needed for orderer.lab \\(client\\), is held by ` +
          `(process ${process.pid} \\(.+\\)|another process)$`,
      );
      await expect(requireFreePorts(needed)).rejects.toThrow(why);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await requireFreePorts(needed);
  });
});

describe("a tool's answer", () => {
  test('is what stands on its standard output, whatever it logs before, between and after', async () => {
    const script = `console.error('{"starting":true}'); console.log('{"approvals":'); console.error('half }');
      console.log('{}}'); console.error('grpc: the connection {is} closed');`;
    const { answer } = await runCommand(process.execPath, ['-e', script], { env: {} });
    expect(JSON.parse(answer)).toEqual({ approvals: {} });
  });
});

describe("a tool's failure", () => {
  test('is told with its last words', async () => {
    const args = ['-e', 'console.error("channel unknown"); process.exit(3)'];
    await expect(runCommand(process.execPath, args, { env: {} })).rejects.toThrow(
      /COMMAND_FAILED: node -e .*exit 3\)\nchannel unknown/s,
    );
  });

  test('is told without the list of its options, which may follow', async () => {
    const script = 'console.error("Error: no answer\\nUsage:\\n  peer [flags]"); process.exit(1)';
    await expect(runCommand(process.execPath, ['-e', script], { env: {} })).rejects.toThrow(
      /\(exit 1\)\nError: no answer$/,
    );
  });

  test('is success when its words say that the work was done before', async () => {
    const args = ['-e', 'console.error("already exists"); process.exit(1)'];
    const { said } = await runCommand(process.execPath, args, {
      env: {},
      accept: /already exists/,
    });
    expect(said).toBe('already exists\n');
  });
});

async function untilLogged(name: string, words: string): Promise<string> {
  const deadline = performance.now() + 5000;
  for (;;) {
    const text = readFileSync(join(dir, `${name}.log`), 'utf8');
    if (text.includes(words) || performance.now() > deadline) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
