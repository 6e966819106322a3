import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bytesToBase64url } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import { type LoadTarget, underSteadyLoad } from './steady-load.js';

/** A gateway whose ledger cannot be reached: clients go on trying for minutes. */
let handedIn = 0;
const server = createServer((request, response) => {
  handedIn += 1;
  request.resume();
  response.writeHead(503).end();
});

beforeEach(async () => {
  handedIn = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function target(): LoadTarget {
  const { port } = server.address() as AddressInfo;
  const nurse = { id: 'hospital.nurse', organisation: 'HospitalMSP' };
  return {
    network: bytesToBase64url(new Uint8Array(32)),
    gateway: { url: `http://127.0.0.1:${port}` },
    reporters: [{ ...nurse, roles: ['nurse'], keys: generateActorKeys() }],
    sample: { coi: 'H1234269000015', item: 'tumour-1' },
  };
}

describe('a steady load', () => {
  test('ends with the work that it goes on beside, also when that fails', async () => {
    const begun = performance.now();
    const failed = underSteadyLoad(target(), async () => {
      while (handedIn < 3) await delay(20);
      throw new Error('the fault was not mended');
    });
    await expect(failed).rejects.toThrow('the fault was not mended');
    expect(performance.now() - begun).toBeLessThan(10_000);
    const before = handedIn;
    await delay(1_000);
    expect(handedIn).toBe(before);
  });
});
