import { afterEach, describe, expect, test } from '@jest/globals';
import type { Receipt } from '../wire/record.js';
import { GatewayClient } from './client.js';
import type { EventsOptions } from './events.js';
import { problem, type ScriptedServer, scriptedServer, stream } from './scripted-server.fixture.js';

const DIGEST = 'A'.repeat(43);
const receiptIn = (block: number): Receipt => ({
  noun: 'record',
  scope: { kind: 'run', id: 'run-1' },
  commandId: DIGEST,
  transactionId: 'a'.repeat(64),
  transactionTime: '2026-11-22T13:07:00.000Z',
  type: 'manufacturing:RegisterRun',
  kind: 'fact',
  actor: 'lab.lab',
  organisation: 'LabMSP',
  at: '2026-11-22T13:07:00.000Z',
  lateEntry: false,
  decision: 'recorded',
  reasons: [],
  verdicts: [],
  deviations: [],
  changed: [],
  annex: {},
  block,
});
const event = (id: string) =>
  `id: ${id}\nevent: command\ndata: ${JSON.stringify(receiptIn(Number.parseInt(id)))}\n\n`;

let server: ScriptedServer;
afterEach(() => server.close());

/** The ids of the first events that are heard. */
async function heard(
  count: number,
  script: Parameters<typeof scriptedServer>[0],
  options: EventsOptions = {},
): Promise<readonly string[]> {
  server = await scriptedServer(script);
  const client = new GatewayClient({
    url: server.url,
    bearer: () => Promise.resolve('token'),
    retries: { firstDelayMs: 1, maxDelayMs: 2 },
  });
  const ids: string[] = [];
  for await (const { id, receipt } of client.events(options)) {
    expect(receipt).toEqual(receiptIn(Number.parseInt(id)));
    if (ids.push(id) === count) break;
  }
  return ids;
}

describe('a listener', () => {
  test('hears committed commands, cut anywhere on their way', async () => {
    const text = `: heartbeat\n\n${event('1.0')}${event('1.1')}${event('2.0')}`;
    const chunks = text.match(/[^]{1,7}/gu) ?? [];
    expect(await heard(3, [stream(chunks, 'stays open')])).toEqual(['1.0', '1.1', '2.0']);
  });

  test('asks for the types and the therapy that it wants, from where it was', async () => {
    const options = { types: ['a:B', 'c:D'], therapy: 'G123417654321A', lastEventId: '1.9' };
    await heard(1, [stream([event('2.0')], 'stays open')], options);
    expect(server.asked[0]?.url).toBe('/v1/events?type=a%3AB%2Cc%3AD&therapy=G123417654321A');
    expect(server.asked[0]?.headers['last-event-id']).toBe('1.9');
  });

  test('hears everything from the start, and after a break goes on from its last event', async () => {
    const script = [
      stream([event('0.0'), event('1.0')], 'ends'),
      stream([event('1.0'), event('2.0')], 'stays open'),
    ];
    expect(await heard(3, script, { lastEventId: 'start' })).toEqual(['0.0', '1.0', '2.0']);
    expect(server.asked.map(({ headers }) => headers['last-event-id'])).toEqual(['start', '1.0']);
  });

  test.each(['ends', 'breaks off'] as const)(
    'goes on after its last event where the stream %s, with nothing doubled',
    async (end) => {
      const script = [
        stream([event('9.0'), event('9.1')], end),
        stream([event('9.1'), event('10.0')], 'stays open'),
      ];
      expect(await heard(3, script)).toEqual(['9.0', '9.1', '10.0']);
      expect(server.asked[1]?.headers['last-event-id']).toBe('9.1');
    },
  );

  test('comes back to a gateway that was away', async () => {
    const script = [
      problem(503, 'LEDGER_UNAVAILABLE'),
      problem(429, 'TOO_MANY_REQUESTS'),
      stream([event('1.0')], 'stays open'),
    ];
    expect(await heard(1, script)).toEqual(['1.0']);
  });

  test('is told why it may not listen', async () => {
    await expect(heard(1, [problem(403, 'NOT_ENTITLED')])).rejects.toMatchObject({
      code: 'NOT_ENTITLED',
    });
    expect(server.asked).toHaveLength(1);
  });

  test('is told that the ledger does not reach to its last event, and waits for nothing', async () => {
    const ahead = problem(409, 'EVENT_ID_AHEAD');
    const script = [stream([event('9.0')], 'ends'), ahead];
    await expect(heard(2, script)).rejects.toMatchObject({ code: 'EVENT_ID_AHEAD' });
    expect(server.asked).toHaveLength(2);
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    const script = [stream([event('1.0')], 'ends'), () => controller.abort(new Error('enough'))];
    await expect(heard(2, script, { signal: controller.signal })).rejects.toThrow('enough');
  });
});
