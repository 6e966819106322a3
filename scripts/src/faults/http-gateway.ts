import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pickFreeRange } from '@veinledger/network/ports';

/** How long a gateway may take to listen, milliseconds: a limit for what hangs. */
const START_MS = 600_000;

/** A gateway in a process of its own, as `veinledger start --fabric` runs it; it comes back at the same address. */
export class HttpGateway {
  readonly #home: string;
  #child: ChildProcess;
  readonly url: string;

  private constructor(home: string, child: ChildProcess, url: string) {
    this.#home = home;
    this.#child = child;
    this.url = url;
  }

  /**
   * Starts one on the network of a home.
   * @throws Error when it does not listen
   * @throws NetworkError PORT_TAKEN
   */
  static async start(home: string): Promise<HttpGateway> {
    const { child, url } = await listening(home, await pickFreeRange(['127.0.0.1'], 1));
    return new HttpGateway(home, child, url);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Starts it again, when it has ended, with the same files and at the same port. */
  async restart(): Promise<void> {
    await ended(this.#child);
    const { child } = await listening(this.#home, Number(new URL(this.url).port));
    this.#child = child;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
    }
    await ended(this.#child);
  }
}

async function listening(
  home: string,
  port: number,
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const script = fileURLToPath(import.meta.resolve('@veinledger/cli/bin'));
  const args = [script, 'start', '--fabric', '--home', home, '--port', String(port)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, VEINLEDGER_LOG_LEVEL: 'silent' },
  });
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    for await (const line of lines) {
      const url = /http:\/\/[^/\s]+/u.exec(line)?.[0];
      // what it says later is of no interest, and must not fill the pipe
      if (url !== undefined) {
        child.stdout.resume();
        return { child, url };
      }
    }
    throw new Error(`the gateway ended with ${String(child.exitCode)} before it listened`);
  } finally {
    clearTimeout(timer);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
