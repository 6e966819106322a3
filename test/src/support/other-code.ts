import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { networkStatus, stopNode } from '@veinledger/network';
import { startedAgain } from './started-again.js';
import { until } from './until.js';

/** A member's chaincode process, and the file that it and all other members' run. */
interface RunChaincode {
  readonly name: string;
  readonly port: number;
  readonly bundle: string;
}

/** @throws Error when the member runs no chaincode in that home */
async function chaincodeOf(home: string, mspId: string): Promise<RunChaincode> {
  const found = (await networkStatus(home)).find(
    (node) => node.kind === 'chaincode' && node.mspId === mspId,
  );
  if (found === undefined) throw new Error(`${mspId} runs no chaincode`);
  const files = await readdir(join(home, 'shared'), { recursive: true });
  const bundle = files.find((each) => each.endsWith('.cjs'));
  if (bundle === undefined) throw new Error(`${home} has no bundle`);
  return { name: found.name, port: found.port, bundle: join(home, 'shared', bundle) };
}

/**
 * Does something while a member's chaincode is stopped and the bundle holds other code than was approved; then starts
 * the chaincode again, with the approved code.
 */
export async function withOtherBundle(
  home: string,
  mspId: string,
  work: (name: string) => Promise<void>,
): Promise<void> {
  const { name, bundle } = await chaincodeOf(home, mspId);
  const approved = await readFile(bundle);
  await stopNode(home, name);
  await writeFile(bundle, Buffer.concat([approved, Buffer.from('// other\n')]));
  try {
    await work(name);
  } finally {
    await writeFile(bundle, approved);
    await startedAgain(home, name);
  }
}

/**
 * Stops a member's chaincode and runs other code in its place, as the owner of a machine can: with a text of the
 * bundle replaced, and without the supervisor. When it is stopped, the supervisor starts the approved code again.
 * @throws Error when the bundle does not hold the text, or the other code does not come up
 */
export async function startOtherCode(
  home: string,
  mspId: string,
  [from, to]: readonly [from: string, to: string],
): Promise<{ stop(): Promise<void> }> {
  const { name, port, bundle } = await chaincodeOf(home, mspId);
  const approved = await readFile(bundle, 'utf8');
  if (!approved.includes(from)) throw new Error(`${bundle} does not hold ${from}`);
  const { command, args, env } = await specOf(home, name);
  await stopNode(home, name);
  // read once when the process starts, so that the others' bundle is the approved one again at once
  await writeFile(bundle, approved.replaceAll(from, to));
  const child = spawn(command, args, { env, stdio: 'ignore' });
  try {
    await listening(port);
  } finally {
    await writeFile(bundle, approved);
  }
  return {
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await startedAgain(home, name);
    },
  };
}

interface Spec {
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** What the supervisor starts under a name. */
async function specOf(home: string, name: string): Promise<Spec> {
  const members = join(home, 'members');
  const files = await readdir(members, { recursive: true });
  const file = files.find((each) => each.endsWith(join('processes', `${name}.json`)));
  if (file === undefined) throw new Error(`the supervisor knows no ${name}`);
  const { spec } = JSON.parse(await readFile(join(members, file), 'utf8')) as { spec: Spec };
  return spec;
}

async function listening(port: number): Promise<void> {
  await until(`a process to listen on port ${port}`, async () => {
    const socket = connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return true;
    } finally {
      socket.destroy();
    }
  });
}
