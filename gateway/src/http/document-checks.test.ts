import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { Invocation } from '@veinledger/ledger';
import { clinicianRecord, KNOWN } from '../gateway.fixture.js';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';

const PATH = '/v1/actors/hospital.clinician';
/** What Ajv for every draft of JSON Schema has in common. */
const everyAjv = Object.getPrototypeOf(Ajv.prototype) as Ajv;

const gateways: ScriptedGateway[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(gateways.splice(0).map((each) => each.remove()));
});

describe('gateways in one process', () => {
  test('check by what the first of them compiled, and answer from their own ledgers', async () => {
    const north = await gatewayOf('north.registrar');
    expect(await enrollerTold(north)).toBe('north.registrar');
    const compiled = jest.spyOn(everyAjv, 'compile');
    const south = await gatewayOf('south.registrar');
    expect(await enrollerTold(south)).toBe('south.registrar');
    expect(await enrollerTold(north)).toBe('north.registrar');
    expect(compiled).not.toHaveBeenCalled();
  });

  test('refuse alike what does not fit', async () => {
    for (const name of ['north.registrar', 'south.registrar']) {
      const refused = await (await gatewayOf(name)).call(`${PATH}?colour=red`);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ code: 'UNKNOWN_PARAMETER', found: 'colour' });
    }
  });
});

async function gatewayOf(enrolledBy: string): Promise<ScriptedGateway> {
  const actor = { ...clinicianRecord, enrolledBy };
  const evaluate = (asked: Invocation) =>
    Promise.resolve(
      JSON.stringify(asked.function === 'registry:ReadActor' ? actor : KNOWN[asked.function]),
    );
  const gateway = await scriptedGateway({}, { evaluate });
  gateways.push(gateway);
  return gateway;
}

async function enrollerTold(gateway: ScriptedGateway): Promise<unknown> {
  const answer = (await (await gateway.call(PATH)).json()) as { enrolledBy?: unknown };
  return answer.enrolledBy;
}
