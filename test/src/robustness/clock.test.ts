import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cast, enrolCast, HttpSubmitter, openForBusiness, send } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayProblem } from '@veinledger/client/node';
import { GatewayProcess, type Premises, premisesAt } from './gateway-process.fixture.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('a gateway whose machine’s clock jumps', () => {
  let premises: Premises;
  let gateway: GatewayProcess;
  let submitter: HttpSubmitter;
  let cast: Cast;
  let lots = 0;

  beforeAll(async () => {
    premises = await premisesAt(await mkdtemp(join(tmpdir(), 'veinledger-clock-')));
    gateway = await GatewayProcess.start(premises);
    const { consortium } = premises.ledger;
    submitter = new HttpSubmitter({ url: gateway.url, network: consortium.root.network });
    await openForBusiness(submitter, consortium);
    cast = await enrolCast(submitter, consortium);
  });
  afterAll(async () => {
    await gateway.close();
    await rm(premises.folder, { recursive: true });
  });

  function registration() {
    const lot = `https://id.gs1.org/01/04012345000092/10/CLOCK-${(lots += 1)}`;
    const body = { lot, kind: 'extraction-kit', expiry: '2030-01-01T00:00:00.000Z' };
    return { type: 'manufacturing:RegisterLot', body };
  }

  async function codeOfAnother(): Promise<string> {
    try {
      const { receipt } = await send(submitter, cast.labTechnician, registration());
      return receipt.decision;
    } catch (error) {
      if (error instanceof GatewayProblem) return error.code;
      throw error;
    }
  }

  test('tells callers that their tokens have expired while it is an hour ahead', async () => {
    await gateway.jump(HOUR_MS);
    expect(await codeOfAnother()).toBe('TOKEN_EXPIRED');
  });

  test('trusts no token from its future while it is two minutes behind', async () => {
    await gateway.jump(-2 * MINUTE_MS);
    expect(await codeOfAnother()).toBe('TOKEN_NOT_YET_VALID');
  });

  test('takes commands again once its clock is right, with nothing lost or broken', async () => {
    await gateway.jump(0);
    expect(await codeOfAnother()).toBe('recorded');
    const answer = await submitter.read<object>(cast.auditor, '/v1/ledger/verification');
    expect(answer).toMatchObject({ intact: true });
  });
});
