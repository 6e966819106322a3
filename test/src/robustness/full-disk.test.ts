import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cast, enrolCast, HttpSubmitter, openForBusiness, signMessage } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_RETRIES, GatewayProblem } from '@veinledger/client/node';
import { GatewayProcess, type Premises, premisesAt } from './gateway-process.fixture.js';

/** Room for the consortium and a few hundred commands. */
const ROOM_KIB = 1500;
const MORE_THAN_FIT = 2000;
/** No disk grows while one waits. */
const RETRIES = { ...DEFAULT_RETRIES, attempts: 3 };

interface Sent {
  readonly jws: string;
  /** the receipt's command, or the problem's code */
  readonly commandId?: string;
  readonly code?: string;
  readonly status?: number;
}

describe('a gateway whose disk is full', () => {
  let premises: Premises;
  let gateway: GatewayProcess;
  let cast: Cast;
  let sent: Sent[];

  beforeAll(async () => {
    premises = await premisesAt(await mkdtemp(join(tmpdir(), 'veinledger-full-')));
    gateway = await GatewayProcess.start(premises, ROOM_KIB);
    const submitter = submitterOf(gateway);
    await openForBusiness(submitter, premises.ledger.consortium);
    cast = await enrolCast(submitter, premises.ledger.consortium);
    sent = await sendUntilFull(submitter);
  });
  afterAll(async () => {
    await gateway.close();
    await rm(premises.folder, { recursive: true });
  });

  function submitterOf({ url }: GatewayProcess): HttpSubmitter {
    const { network } = premises.ledger.consortium.root;
    return new HttpSubmitter({ url, network, retries: RETRIES });
  }

  async function registration(serial: number): Promise<string> {
    const lot = `https://id.gs1.org/01/04012345000092/10/FULL-${serial}`;
    const body = { lot, kind: 'extraction-kit', expiry: '2030-01-01T00:00:00.000Z' };
    const message = { type: 'manufacturing:RegisterLot', body };
    return (await signMessage(submitterOf(gateway).network, cast.labTechnician, message)).jws;
  }

  async function hand(submitter: HttpSubmitter, jws: string): Promise<Sent> {
    const message = { type: 'manufacturing:RegisterLot', jws, annexes: {} };
    try {
      const { receipt } = await submitter.submit(cast.labTechnician, message);
      return { jws, commandId: receipt.commandId };
    } catch (error) {
      if (error instanceof GatewayProblem) return { jws, code: error.code, status: error.status };
      throw error;
    }
  }

  async function sendUntilFull(submitter: HttpSubmitter): Promise<Sent[]> {
    const all: Sent[] = [];
    while (all.length < MORE_THAN_FIT && (all.at(-1)?.code ?? '') === '') {
      all.push(await hand(submitter, await registration(all.length)));
    }
    for (let more = 0; more < 3; more += 1)
      all.push(await hand(submitter, await registration(all.length)));
    return all;
  }

  test('says to each caller that nothing was written, or that it is not known, and to send again', () => {
    const told = sent.filter(({ code }) => code !== undefined);
    expect(told.length).toBeGreaterThanOrEqual(4);
    for (const { code, status } of told) {
      expect([
        [503, 'LEDGER_UNAVAILABLE'],
        [504, 'UNKNOWN_OUTCOME'],
      ]).toContainEqual([status, code]);
    }
  });

  test('still answers who reads', async () => {
    const actor = await submitterOf(gateway).read<object>(
      cast.auditor,
      `/v1/actors/${cast.nurse.id}`,
    );
    expect(actor).toMatchObject({ id: cast.nurse.id });
  });

  test('has every acknowledged command, and takes the others again, once there is room', async () => {
    await gateway.close();
    gateway = await GatewayProcess.start(premises);
    const submitter = submitterOf(gateway);
    for (const { commandId } of sent) {
      if (commandId === undefined) continue;
      const found = await submitter.read<object>(cast.labTechnician, `/v1/commands/${commandId}`);
      expect(found).toMatchObject({ receipt: { commandId } });
    }
    const again = await Promise.all(
      sent.filter(({ code }) => code !== undefined).map(({ jws }) => hand(submitter, jws)),
    );
    expect(again.map(({ code }) => code)).toEqual(again.map(() => undefined));
    const verified = await submitter.read<object>(cast.auditor, '/v1/ledger/verification');
    expect(verified).toMatchObject({ intact: true });
  });
});
