import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { foundAuthorities, foundConsortium } from '#scripts';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import type { EmbeddedOptions } from '../support/embedded.js';
import type { Orders } from './gateway-process.js';

const PROCESS = new URL('./gateway-process.js', import.meta.url).pathname;

/** The files of a gateway and its ledger, which outlive its processes. */
export interface Premises {
  readonly folder: string;
  readonly ledger: Required<Pick<EmbeddedOptions, 'directory' | 'consortium' | 'authorities'>>;
}

/** A consortium's files below a folder; no process runs yet. */
export async function premisesAt(folder: string): Promise<Premises> {
  const { members } = await loadProfile();
  const authorities = await foundAuthorities(members);
  await writeWallet(join(folder, 'wallet'), authorities.wallet);
  const directory = join(folder, 'ledger');
  await mkdir(directory);
  return { folder, ledger: { directory, consortium: foundConsortium(members), authorities } };
}

/** A gateway in a process of its own. */
export class GatewayProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, url: string) {
    this.#child = child;
    this.#lines = lines;
    this.url = url;
  }

  /**
   * @param largestFileKiB no file may grow beyond it, as on a disk that fills up; no bound when left out
   * @throws Error when the process ends before it listens
   */
  static async start(
    { folder, ledger }: Premises,
    largestFileKiB?: number,
  ): Promise<GatewayProcess> {
    const file = join(folder, 'orders.json');
    const orders: Orders = {
      ledger,
      settings: {
        environment: 'development',
        port: 0,
        vault: join(folder, 'vault'),
        wallet: join(folder, 'wallet'),
        logLevel: 'silent',
      },
    };
    await writeFile(file, JSON.stringify(orders), { mode: 0o600 });
    const bound = largestFileKiB === undefined ? '' : `trap '' XFSZ; ulimit -f ${largestFileKiB};`;
    const child = spawn(
      'bash',
      ['-c', `${bound} exec "$0" "$@"`, process.execPath, PROCESS, file],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error('expected the gateway to listen, found that it ended');
    return new GatewayProcess(child, lines, first.value);
  }

  /** Sets the process's clock so far from the machine's, milliseconds. */
  async jump(milliseconds: number): Promise<void> {
    this.#child.stdin?.write(`jump ${milliseconds}\n`);
    await this.#lines.next();
  }

  /** Closes the gateway, and waits for the process's end. */
  async close(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }

  /** Kills the process. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
