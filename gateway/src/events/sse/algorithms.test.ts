import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { JWS_ALGORITHMS, type JwsAlgorithm } from '@veinledger/domain';
import { clinician } from '../../gateway.fixture.js';
import { GrowingChain } from '../blocks.fixture.js';
import { EventEntitlement } from '../entitlement.js';
import { EventFeed } from '../event-feed.js';
import { EventStream } from './event-stream.js';
import { EventStreams } from './event-streams.js';

test('streams that were opened before members disallowed an algorithm end, and say why', async () => {
  let required: readonly JwsAlgorithm[] = JWS_ALGORITHMS;
  const logger = { warn: () => undefined };
  const feed = new EventFeed({ ledger: new GrowingChain(1, 10), logger });
  const after = await feed.now();
  const streams = new EventStreams(
    {
      heartbeatSeconds: 0.1,
      slowSeconds: 60,
      maxListeners: 10,
      maxListenersPerCaller: 10,
      maxStreamSeconds: 3600,
    },
    () => Promise.resolve(required),
  );
  const entitlement = new EventEntitlement({ ask: () => Promise.resolve('shown') });
  const caller = { ...clinician, roles: ['clinician' as const], keys: clinician.keys.public };
  const server = createServer((_, response) => {
    const stream = new EventStream({ caller, filter: {}, after, response, feed, entitlement });
    void streams.run(stream);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`);
  const [heard, rest] = [[] as string[], answer.body?.pipeThrough(new TextDecoderStream())];
  for await (const text of rest ?? []) {
    heard.push(text);
    if (text.includes('heartbeat')) required = ['ML-DSA-65'];
  }
  expect(heard.join('')).toContain('heartbeat');
  expect(heard.at(-1)).toContain('algorithms-changed');
  await feed.close();
  server.close();
});
