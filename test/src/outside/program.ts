import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the settings and programs of these suites are that are no TypeScript. */
export const OUTSIDE = fileURLToPath(new URL('../../outside', import.meta.url));

/**
 * Where programs from outside are kept.
 * @throws Error where the variable is not set: `npm test` fetches them and sets it
 */
export function folderOf(variable: string): string {
  const folder = process.env[variable];
  if (folder !== undefined) return folder;
  throw new Error(`expected the folder of programs in ${variable}: run the suite by npm test`);
}

/**
 * The file of a program that the machine has.
 * @throws Error where the variable is not set: `npm test` finds it and sets it
 */
export function programIn(variable: string): string {
  const file = process.env[variable];
  if (file !== undefined) return file;
  throw new Error(`expected the file of a program in ${variable}: run the suite by npm test`);
}

/**
 * Runs a program to its end and gives what it wrote.
 * @throws Error with the end of what it wrote, when it fails
 */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [told, complained] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(told);
      else fail(new Error(`${program} ended with ${code}:\n${(told + complained).slice(-4000)}`));
    });
  });
}
