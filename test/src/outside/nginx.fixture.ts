import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readDeployFile } from '../support/deploy-files.js';
import { until } from '../support/until.js';
import { programIn } from './program.js';

/** What of an example is another thing on this machine: each text stands in it. */
export type Substitutions = readonly (readonly [text: string, instead: string])[];

/** nginx with one file of `gateway/deploy/nginx`. */
export interface RunningNginx {
  /** what it has logged, of calls and of errors */
  log(): Promise<string>;
  /** From now on it can write no body to its disk. */
  takeDisk(): Promise<void>;
  stop(): Promise<void>;
}

/** A port of 127.0.0.1 that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Runs nginx with an example.
 * @throws Error when a text is not in the example, or nginx does not take what comes of it
 */
export async function startNginx(
  folder: string,
  example: string,
  port: number,
  substitutions: Substitutions,
): Promise<RunningNginx> {
  await mkdir(folder);
  const site = substituted(await readDeployFile(`nginx/${example}`), [
    ['listen 443 ssl http2', `listen 127.0.0.1:${port} ssl http2`],
    ['/var/log/nginx', folder],
    ...substitutions,
  ]);
  await writeFile(join(folder, 'site.conf'), site);
  await writeFile(join(folder, 'nginx.conf'), main(folder));
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'];
  const child = spawn(programIn('VEINLEDGER_NGINX'), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  await until(`nginx to listen with ${example}: ${told}`, () => {
    if (child.exitCode !== null) throw new Error(told);
    return isListening(port);
  });
  const bodies = join(folder, 'client_body');
  return {
    log: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      return texts.join('');
    },
    takeDisk: async () => {
      await rm(bodies, { recursive: true });
      await writeFile(bodies, '');
    },
    stop: () => stop(child, ended),
  };
}

function substituted(text: string, substitutions: Substitutions): string {
  return substitutions.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`expected in the example: ${from}`);
    return changed.replaceAll(from, to);
  }, text);
}

/** One process that stays in its folder. */
function main(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `  ${kind}_temp_path ${folder}/${kind};`,
  );
  return [
    'daemon off;',
    'master_process off;',
    `pid ${folder}/nginx.pid;`,
    'events {}',
    'http {',
    '  access_log off;',
    ...temporary,
    `  include ${folder}/site.conf;`,
    '}',
  ].join('\n');
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}
