import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { NetworkError } from '../errors.js';

/** A port that is needed, and what for. */
export interface NeededPort {
  readonly host: string;
  readonly port: number;
  readonly purpose: string;
}

/** So many taken ports tell which network is in the way. */
const MOST_NAMED = 4;

/**
 * Checks that nobody listens where nodes are about to.
 * @throws NetworkError PORT_TAKEN naming the first ports and, where the system tells, the process that holds it
 */
export async function requireFreePorts(needed: readonly NeededPort[]): Promise<void> {
  const taken: string[] = [];
  for (const { host, port, purpose } of needed) {
    const server = await listen(host, port).catch(() => undefined);
    if (server === undefined) {
      const owner = portOwner(port);
      taken.push(
        `${host}:${port}, needed for ${purpose}, is held by ${owner ?? 'another process'}`,
      );
    } else {
      await close(server);
    }
  }
  if (taken.length === 0) return;
  const more = taken.length > MOST_NAMED ? `; and ${taken.length - MOST_NAMED} more` : '';
  throw new NetworkError('PORT_TAKEN', `${taken.slice(0, MOST_NAMED).join('; ')}${more}`);
}

/** Below the range from which Linux takes the local ports of outgoing connections (32768 and up). */
const RANGE = { first: 10_240, blocks: 85 } as const;
/** Ports of a block. Ranges are whole blocks, so that two are the same or do not meet. */
const BLOCK = 256;
/** Where who has picked a block listens as long as its process runs: one port for each block. */
const FIRST_CLAIM = RANGE.first + RANGE.blocks * BLOCK;
/** Claims are the machine's: a network listens on several of its addresses, and others on some of them. */
const CLAIM_HOST = '127.0.0.1';

/** Kept, since a server that nobody refers to may be closed. */
const claims: Server[] = [];

/**
 * Picks the first port of a range of neighbours that are all free now, at random. Other launchers are kept off it until
 * this process ends, on whatever address they listen, since nodes listen only later.
 * @param hosts where nodes will listen; an address that is not this machine's has no port to be taken here
 * @throws NetworkError PORT_TAKEN when a hundred ranges were tried
 */
export async function pickFreeRange(hosts: readonly string[], count: number): Promise<number> {
  const blocks = Math.ceil(count / BLOCK);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = randomInt(RANGE.blocks - blocks + 1);
    const claimed = await listenOnEach(CLAIM_HOST, FIRST_CLAIM + first, blocks);
    if (claimed === undefined) continue;
    const base = RANGE.first + first * BLOCK;
    if (await isFreeOnEach(hosts, base, count)) {
      claims.push(...claimed.map((server) => server.unref()));
      return base;
    }
    await closeAll(claimed);
  }
  const where = hosts.join(', ');
  throw new NetworkError('PORT_TAKEN', `found no ${count} free neighbouring ports on ${where}`);
}

async function isFreeOnEach(hosts: readonly string[], base: number, count: number) {
  for (const host of new Set(hosts)) {
    const free = await listenOnEach(host, base, count);
    if (free === undefined) return false;
    await closeAll(free);
  }
  return true;
}

/** Listens on neighbouring ports of one of this machine's addresses; undefined, and on none, where one is taken. */
async function listenOnEach(
  host: string,
  first: number,
  count: number,
): Promise<readonly Server[] | undefined> {
  const tried = Array.from({ length: count }, (_, index) => listen(host, first + index));
  const results = await Promise.allSettled(tried);
  const servers = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const isRefused = (each: (typeof results)[number]) =>
    each.status === 'rejected' && !isElsewhere(each.reason);
  if (!results.some(isRefused)) return servers;
  await closeAll(servers);
  return undefined;
}

const isElsewhere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL';

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map(close));
}

/** `process 1234 (name)` for who listens on a TCP port, where /proc tells. */
export function portOwner(port: number): string | undefined {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const pid of entries('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const fd of entries(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode !== undefined && inodes.has(inode)) {
        return `process ${pid} (${text(`/proc/${pid}/comm`).trim()})`;
      }
    }
  }
  return undefined;
}

/** Sockets in state LISTEN (0A) on a port, by the inode that /proc/net names them with. */
function listeningInodes(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of text(table).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && local?.endsWith(`:${hex}`) === true && inode !== undefined) {
        inodes.add(inode);
      }
    }
  }
  return inodes;
}

const entries = (dir: string): string[] => readOr(() => readdirSync(dir), []);
const text = (file: string): string => readOr(() => readFileSync(file, 'utf8'), '');
const link = (file: string): string => readOr(() => readlinkSync(file), '');

/** Processes come and go while /proc is read, and others' are closed to us. */
function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

async function listen(host: string, port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, resolve);
  });
  return server;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
