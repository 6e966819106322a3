import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { clinician, followUp, prepare } from '../gateway.fixture.js';
import { LedgerError } from '@veinledger/ledger';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';
import { buildInfo } from './build-info.js';
import { GatewayMetrics } from './metrics.js';

const TRANSACTION = 'd'.repeat(64);

let scripted: ScriptedGateway | undefined;
afterEach(async () => {
  await scripted?.remove();
  scripted = undefined;
});

/** The value of a line of Prometheus' text format whose labels are these; undefined when there is none. */
function valueOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}) {
  const line = text.split('\n').find((each) => {
    if (!each.startsWith(`${name}{`) && !each.startsWith(`${name} `)) return false;
    return Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`));
  });
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

describe('what a gateway measures', () => {
  test('is requests by route and result, and so calls of the ledger', async () => {
    const { jws, annexes, record } = await followUp(TRANSACTION);
    let fails = true;
    scripted = await scriptedGateway(
      { management: { port: 0 } },
      {
        submit: async (_, options) => {
          if (fails) throw new LedgerError('unavailable', `no peer for ${clinician.id}`);
          await prepare(options, TRANSACTION);
          return { transactionId: TRANSACTION, block: 7, result: JSON.stringify(record) };
        },
      },
    );
    const client = scripted.client();
    await client.send({ jws, annexes }).catch(() => undefined);
    fails = false;
    await client.send({ jws, annexes });
    await client.read(`/v1/therapies/${record.scope.id}?patient=patient-7`).catch(() => undefined);
    const response = await fetch(`${scripted.gateway.managementUrl ?? ''}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    const requests = (labels: Readonly<Record<string, string>>) =>
      valueOf(text, 'veinledger_http_requests_total', labels);
    const route = '/v1/commands';
    expect(requests({ route, status: '503', result: 'LEDGER_UNAVAILABLE' })).toBe(1);
    expect(requests({ route, status: '201', result: 'ok' })).toBe(1);
    expect(requests({ route: '/v1/therapies/{coi}', result: 'UNKNOWN_PARAMETER' })).toBe(1);
    const submits = (result: string) =>
      valueOf(text, 'veinledger_ledger_call_duration_seconds_count', { kind: 'submit', result });
    expect([submits('ok'), submits('unavailable')]).toEqual([1, 1]);
    expect(valueOf(text, 'veinledger_journal_unsettled')).toBe(0);
    expect(valueOf(text, 'veinledger_ledger_height')).toBe(1);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    for (const secret of [clinician.id, record.scope.id, 'patient-7', record.commandId]) {
      expect(text).not.toContain(secret);
    }
  });

  test('is served to those who run the gateway, and not to its callers', async () => {
    scripted = await scriptedGateway({ management: { port: 0 } });
    expect((await fetch(`${scripted.gateway.url}/metrics`)).status).toBe(404);
    expect(new URL(scripted.gateway.managementUrl ?? '').hostname).toBe('127.0.0.1');
    await scripted.restart();
    const metrics = `${scripted.gateway.managementUrl ?? ''}/metrics`;
    expect((await fetch(metrics)).status).toBe(200);
    await scripted.gateway.close();
    await expect(fetch(metrics)).rejects.toThrow();
  });

  test('names what it is built of, and whether it can serve', async () => {
    let reachable = true;
    const height = () => (reachable ? Promise.resolve(1) : Promise.reject(new Error('no peer')));
    scripted = await scriptedGateway({ management: { port: 0 } }, { height });
    const metrics = `${scripted.gateway.managementUrl ?? ''}/metrics`;
    const { version } = buildInfo();
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    const text = await (await fetch(metrics)).text();
    expect(valueOf(text, 'veinledger_ready')).toBe(1);
    reachable = false;
    expect(valueOf(await (await fetch(metrics)).text(), 'veinledger_ready')).toBe(0);
    const { node, openssl } = process.versions;
    expect(valueOf(text, 'veinledger_build_info', { version, node, openssl })).toBe(1);
  });

  test('is how long a signature takes to verify, by algorithm and verdict', async () => {
    const metrics = new GatewayMetrics();
    const verifier = metrics.timed(nativeVerifier);
    const bytes = new Uint8Array(32);
    expect(await verifier.ed25519(bytes, bytes, new Uint8Array(64))).toBe(false);
    const { text } = await metrics.text();
    const labels = { algorithm: 'Ed25519', verdict: 'invalid' };
    expect(valueOf(text, 'veinledger_signature_verify_duration_seconds_count', labels)).toBe(1);
  });

  test('leaves out what cannot be read, and forgets a gateway that is closed', async () => {
    const metrics = new GatewayMetrics();
    let reachable = true;
    metrics.watch('height', 'blocks', () => {
      if (reachable) return 7;
      throw new Error('no peer');
    });
    expect(valueOf((await metrics.text()).text, 'height')).toBe(7);
    reachable = false;
    expect(valueOf((await metrics.text()).text, 'height')).toBeUndefined();
    metrics.unwatch('height');
    expect((await metrics.text()).text).not.toContain('blocks');
  });
});
