import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { MEMBERS } from '@veinledger/domain';
import { JWS_ALGORITHMS, type JwsAlgorithm } from '@veinledger/domain';
import { clinician } from '../../gateway.fixture.js';
import { GrowingChain } from '../../reads/blocks.fixture.js';
import { EventEntitlement } from '../entitlement.js';
import { EventFeed } from '../event-feed.js';
import { EventStream } from './event-stream.js';
import { EventStreams } from './event-streams.js';

test('streams whose tokens were signed by an algorithm that members disallowed end and say why, others go on', async () => {
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
  const entitlement = new EventEntitlement({ ask: () => Promise.resolve(MEMBERS) });
  const callerBy = (algorithm: string) => ({
    ...clinician,
    roles: ['clinician' as const],
    keys: clinician.keys.public,
    algorithm,
  });
  const server = createServer((request, response) => {
    const caller = callerBy(request.url?.slice(1) ?? '');
    const stream = new EventStream({ caller, filter: {}, after, response, feed, entitlement });
    void streams.run(stream);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = async (algorithm: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/${algorithm}`);
    return answer.body?.pipeThrough(new TextDecoderStream()) ?? [];
  };
  const [ended, lasting] = await Promise.all([open('EdDSA'), open('ML-DSA-65')]);
  const heard: string[] = [];
  for await (const text of ended) {
    heard.push(text);
    if (text.includes('heartbeat')) required = ['ML-DSA-65'];
  }
  expect(heard.join('')).toContain('heartbeat');
  expect(heard.at(-1)).toContain('algorithms-changed');
  expect(streams.size).toBe(1);
  streams.close();
  const rest: string[] = [];
  for await (const text of lasting) rest.push(text);
  expect(rest.at(-1)).toContain('gateway-closing');
  await feed.close();
  server.close();
});
