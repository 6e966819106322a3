import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseJws, type PublicKeys, toJwks } from '@veinledger/domain';

/** A real command's signatures with what they are verified against. */
export interface Verifiable {
  readonly inputs: readonly [Uint8Array, Uint8Array];
  readonly signatures: readonly [Uint8Array, Uint8Array];
  readonly keys: readonly [KeyObject, KeyObject];
}

/** Commands per second whose two signatures are verified, and nothing else. */
export interface VerifyRate {
  readonly oneThread: number;
  readonly threadPool: number;
  /** CPU time of one thread for one command, milliseconds: less than its share of the time on a busy machine */
  readonly cpuMs: number;
}

/** What is verified of a command. */
export function verifiable(jws: string, keys: PublicKeys): Verifiable {
  const [first, second] = parseJws(jws, 'vnd.veinledger.command+jws').parts;
  const { ed25519, mlDsa65 } = toJwks(keys);
  const imported = [ed25519, mlDsa65].map((jwk) =>
    createPublicKey({ key: { ...jwk }, format: 'jwk' }),
  );
  const [one, other] = imported;
  if (!one || !other || !first || !second) throw new Error('a command has two signatures');
  return {
    inputs: [first.signingInput, second.signingInput],
    signatures: [first.signature, second.signature],
    keys: [one, other],
  };
}

/** Measures one thread, then libuv's thread pool, each for a time in milliseconds. */
export async function measureVerifyRate(
  commands: readonly Verifiable[],
  milliseconds: number,
): Promise<VerifyRate> {
  return {
    ...oneThread(commands, milliseconds),
    threadPool: await threadPool(commands, milliseconds),
  };
}

function oneThread(
  commands: readonly Verifiable[],
  milliseconds: number,
): Pick<VerifyRate, 'oneThread' | 'cpuMs'> {
  const before = process.threadCpuUsage();
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < milliseconds) {
    const { inputs, signatures, keys } = at(commands, count);
    requireValid(verify(null, inputs[0], keys[0], signatures[0]));
    requireValid(verify(null, inputs[1], keys[1], signatures[1]));
    count += 1;
  }
  const rate = (count / (performance.now() - started)) * 1000;
  const { user, system } = process.threadCpuUsage(before);
  return { oneThread: rate, cpuMs: (user + system) / 1000 / count };
}

async function threadPool(commands: readonly Verifiable[], milliseconds: number): Promise<number> {
  const started = performance.now();
  let count = 0;
  const worker = async () => {
    while (performance.now() - started < milliseconds) {
      const { inputs, signatures, keys } = at(commands, count);
      count += 1;
      await Promise.all([
        inPool(inputs[0], keys[0], signatures[0]),
        inPool(inputs[1], keys[1], signatures[1]),
      ]);
    }
  };
  await Promise.all(Array.from({ length: 4 * availableParallelism() }, worker));
  return (count / (performance.now() - started)) * 1000;
}

function inPool(input: Uint8Array, key: KeyObject, signature: Uint8Array): Promise<void> {
  return new Promise((done, failed) => {
    verify(null, input, key, signature, (error, valid) => {
      if (error === null && valid) done();
      else failed(error ?? new Error('a signature does not verify'));
    });
  });
}

function at(commands: readonly Verifiable[], count: number): Verifiable {
  const command = commands[count % commands.length];
  if (!command) throw new Error('no commands to verify');
  return command;
}

function requireValid(valid: boolean): void {
  if (!valid) throw new Error('a signature does not verify');
}
