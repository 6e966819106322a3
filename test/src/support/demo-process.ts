import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How a script ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const ROOT = dirname(createRequire(import.meta.url).resolve('../../../package.json'));

/** Runs one of the project's scripts as npm does. */
export function runScript(name: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'dist', name), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code, output }));
  });
}
