import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clinician, followUp, prepare } from '../gateway.fixture.js';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';
import { startCollector } from './collector.fixture.js';

const TRANSACTION = 'c'.repeat(64);
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const APP = new URL('../index.js', import.meta.url).href;

describe('what a gateway traces', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let scripted: ScriptedGateway;

  beforeEach(async () => {
    collector = await startCollector();
    const { record } = await followUp(TRANSACTION);
    scripted = await scriptedGateway(
      { telemetry: { endpoint: collector.endpoint } },
      {
        submit: async (_, options) => {
          await prepare(options, TRANSACTION);
          return { transactionId: TRANSACTION, block: 7, result: JSON.stringify(record) };
        },
      },
    );
  });
  afterEach(async () => {
    await scripted.remove();
    await collector.close();
  });

  test('is each request with its calls of the ledger, within the trace that the caller began', async () => {
    const { jws, annexes } = await followUp(TRANSACTION);
    const response = await scripted.call('/v1/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${PARENT}-01` },
      body: JSON.stringify({ jws, annexes }),
    });
    expect(response.status).toBe(201);
    await scripted.gateway.close();
    const request = collector.spans.find(({ name }) => name === 'POST /v1/commands');
    expect(request).toMatchObject({
      traceId: TRACE,
      parentSpanId: PARENT,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/commands',
        'http.response.status_code': 201,
      },
    });
    const submit = collector.spans.find(({ name }) => name === 'ledger submit');
    expect(submit).toMatchObject({
      traceId: TRACE,
      parentSpanId: request?.spanId,
      attributes: { 'rpc.method': 'care:RecordOutcome' },
    });
    expect(collector.spans.filter(({ name }) => name === 'ledger evaluate')).not.toHaveLength(0);
  });

  test('holds routes and codes, never what a request said or who sent it', async () => {
    const path = '/v1/therapies/G123417654321A?patient=patient-7';
    const response = await scripted.call(path, { headers: { 'user-agent': 'ward-3' } });
    const token = response.headers.get('x-request-id') ?? '';
    await scripted.gateway.close();
    expect(collector.spans.map(({ attributes }) => attributes['http.route'])).toContain(
      '/v1/therapies/{coi}',
    );
    expect(collector.text()).toContain('UNKNOWN_PARAMETER');
    for (const secret of [
      clinician.id,
      'G123417654321A',
      'patient-7',
      '127.0.0.1',
      'ward-3',
      'eyJ',
    ]) {
      expect(collector.text()).not.toContain(secret);
    }
    expect(token).not.toBe('');
  });

  test('is shown to a collector that asks who sends it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'veinledger-headers-'));
    const headers = join(folder, 'headers');
    const telemetry = { endpoint: collector.endpoint, headers };
    const given = process.env['OTEL_EXPORTER_OTLP_HEADERS'];
    process.env['OTEL_EXPORTER_OTLP_HEADERS'] = 'x-tenant=hospital';
    const asking = await withHeaders('authorization=Bearer%20s3cret\n');
    await asking.call('/v1/ledger');
    await asking.remove();
    expect(collector.shown.at(-1)).toMatchObject({
      authorization: 'Bearer s3cret',
      'x-tenant': 'hospital',
    });
    for (const text of ['Bearer s3cret', 'a=b,s3cret', 'a=s3cret%0a', '']) {
      const refused = withHeaders(text);
      await expect(refused).rejects.toThrow(/expected name=value/);
      await expect(refused).rejects.not.toThrow(/s3cret/);
    }
    if (given === undefined) delete process.env['OTEL_EXPORTER_OTLP_HEADERS'];
    else process.env['OTEL_EXPORTER_OTLP_HEADERS'] = given;
    await rm(folder, { recursive: true });

    async function withHeaders(text: string): Promise<ScriptedGateway> {
      await writeFile(headers, text);
      return scriptedGateway({ telemetry });
    }
  });

  test('keeps no gateway from stopping when the collector is gone', async () => {
    await collector.close();
    await scripted.call('/v1/ledger');
    expect(await scripted.gateway.close()).toBe(0);
    collector = await startCollector();
  });
});

describe('a gateway that traces nothing', () => {
  test('loads nothing to trace with', async () => {
    const code = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ resolve: (name, context, next) => { loaded.push(name); return next(name, context); } });
      await import(${JSON.stringify(APP)});
      console.log(JSON.stringify(loaded.filter((name) => /sdk-trace|otlp/.test(name))), loaded.length > 100);`;
    const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
    expect((await node).stdout.trim()).toBe('[] true');
  });
});
