import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MEMBERS } from '@veinledger/domain';
import { JWS_ALGORITHMS } from '@veinledger/domain';
import { clinician } from '../../gateway.fixture.js';
import { GrowingChain } from '../../reads/blocks.fixture.js';
import { EventEntitlement } from '../entitlement.js';
import { EventFeed } from '../event-feed.js';
import { BEFORE_ALL, type EventPosition, readEventId } from '../event-position.js';
import { EventStream } from './event-stream.js';
import { EventStreams } from './event-streams.js';

const BLOCKS = 500;
const RECEIPT_BYTES = 20_000;
const MIB = 1024 * 1024;

let feed: EventFeed;
let streams: EventStreams;
let server: Server;
let responses: ServerResponse[];
let after: EventPosition;

beforeEach(async () => {
  responses = [];
  const logger = { warn: () => undefined };
  feed = new EventFeed({ ledger: new GrowingChain(BLOCKS, RECEIPT_BYTES), logger });
  await feed.now();
  streams = streamsOf(0.2);
  const entitlement = new EventEntitlement({ ask: () => Promise.resolve(MEMBERS) });
  const caller = {
    ...clinician,
    roles: ['clinician' as const],
    keys: clinician.keys.public,
    algorithm: 'EdDSA',
  };
  server = createServer((_, response) => {
    responses.push(response);
    const stream = new EventStream({ caller, filter: {}, after, response, feed, entitlement });
    void streams.run(stream);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  streams.close();
  await feed.close();
  server.closeAllConnections();
  server.close();
});

function streamsOf(slowSeconds: number): EventStreams {
  const limits = {
    heartbeatSeconds: 0.1,
    slowSeconds,
    maxListeners: 10,
    maxListenersPerCaller: 10,
    maxStreamSeconds: 3600,
  };
  return new EventStreams(limits, () => Promise.resolve(JWS_ALGORITHMS));
}

/** Ids of the whole events that a client gets; it may stop to read for a while. */
async function read(pause: boolean): Promise<string[]> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
  socket.write('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  const closed = once(socket, 'close');
  if (pause) {
    socket.pause();
    while (responses.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const [response] = responses;
    if (response === undefined) throw new Error('no response');
    while (!response.closed) {
      expect(response.writableLength).toBeLessThan(MIB);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    socket.resume();
  } else {
    const last = `id: ${BLOCKS - 1}.1\nevent: command\n`;
    while (!Buffer.concat(chunks.slice(-3)).includes(last)) await once(socket, 'data');
    while (!Buffer.concat(chunks.slice(-3)).includes('heartbeat')) await once(socket, 'data');
    socket.destroy();
  }
  await closed;
  const text = Buffer.concat(chunks).toString('latin1');
  return [...text.matchAll(/id: (\d+\.\d)\nevent: command\ndata: \{[^\n]*\}\n/g)].map(
    ([, id = '']) => id,
  );
}

describe('a client that takes nothing', () => {
  test('is given up, costs little memory meanwhile, and resumes without losing an event', async () => {
    after = BEFORE_ALL;
    const first = await read(true);
    expect(streams.size).toBe(0);
    expect(first.length).toBeLessThan(BLOCKS * 2);
    after = readEventId(first.at(-1) ?? 'start', 'after');
    streams.close();
    // a busy machine does not make a client slow that takes what it gets
    streams = streamsOf(60);
    const rest = await read(false);
    expect([...first, ...rest]).toEqual(
      Array.from({ length: BLOCKS }, (_, block) => [`${block}.0`, `${block}.1`]).flat(),
    );
  });
});
