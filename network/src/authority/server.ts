import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import {
  isAlive,
  LONGEST_WAIT_MS,
  type ProcessRecord,
  type ProcessSpec,
} from '../processes/index.js';
import { authorityFiles, type Authority } from './authority.js';
import type { Enrolment } from './enrolment.js';
import { registrarSecret } from './secrets.js';
import { authorityConfig, serverConfig } from './server-config.js';

const SETTINGS = 'fabric-ca-server-config.yaml';
const RENEWED_DAYS = 30;
const MS_PER_DAY = 24 * 3600 * 1000;

/**
 * Makes the folder of an authority ready for its server, which registers identities when it starts: a call
 * less for each. A server certificate that is about to end is removed, so that the server makes another.
 */
export async function prepareAuthority(
  authority: Authority,
  identities: readonly Enrolment[],
): Promise<void> {
  const files = authorityFiles(authority);
  const { tlsca: server, ...others } = files.folders;
  const secret = await registrarSecret(authority);
  const write = async (dir: string, settings: object) => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify(settings, undefined, 2)}\n`;
    await writeFile(join(dir, SETTINGS), text, { mode: 0o600 });
  };
  await write(server, serverConfig(authority, secret, identities));
  for (const kind of ['ca', 'adminca'] as const) {
    await write(others[kind], authorityConfig(authority, kind, secret, identities));
  }
  if (await isEnding(files.serverCertificate)) await rm(files.serverCertificate);
}

async function isEnding(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const { validToDate } = new X509Certificate(await readFile(file));
  return validToDate.getTime() - Date.now() < RENEWED_DAYS * MS_PER_DAY;
}

/** The server's process. */
export function authorityProcess(authority: Authority): ProcessSpec {
  return {
    name: authority.name,
    command: join(authority.binDir, 'fabric-ca-server'),
    args: ['start'],
    env: { FABRIC_CA_SERVER_HOME: authorityFiles(authority).folders.tlsca },
    logFile: authority.logFile,
  };
}

const POLL_MS = 25;

/**
 * Waits until the server of an authority takes connections.
 * @throws NetworkError NODE_FAILED with the end of its log when it died or takes too long
 */
export async function waitForAuthority(authority: Authority, record: ProcessRecord): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (!(await isListening(authority))) {
    if (isAlive(record) && performance.now() < deadline) {
      await sleep(POLL_MS);
      continue;
    }
    const log = await readFile(authority.logFile, 'utf8').catch(() => '');
    const end = log.trimEnd().split('\n').slice(-8).join('\n');
    const what = `${authority.name} does not listen on ${authority.host}:${authority.port}`;
    throw new NetworkError(
      'NODE_FAILED',
      `${what}; its log ${authority.logFile} ends with\n${end}`,
    );
  }
}

async function isListening({ host, port }: Authority): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
