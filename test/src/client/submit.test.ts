import { enrol, HttpSubmitter, openForBusiness, type Person } from '#scripts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Attempt,
  GatewayClient,
  GatewayProblem,
  GatewayTimeout,
  isProblem,
  nativeSigner,
  nobleSigner,
  signCommand,
  type Signer,
  webSigner,
} from '@veinledger/client/node';
import type { Gateway } from '@veinledger/gateway';
import { faultyGateway, type FaultyGateway } from './faulty-gateway.fixture.js';

const retries = { attempts: 5, firstDelayMs: 5, maxDelayMs: 50, timeoutMs: 60_000 };
let bench: FaultyGateway;
let technician: Person;
let client: GatewayClient;
let attempts: Attempt[];
let runs = 0;
const onAttempt = (attempt: Attempt) => void attempts.push(attempt);
const told = () => attempts.map(({ action, result }) => `${action}: ${result}`);

beforeAll(async () => {
  bench = await faultyGateway();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  technician = await enrol(submitter, bench.consortium, {
    id: 'lab.technician',
    organisation: 'LabMSP',
    roles: ['lab'],
  });
  client = clientAt(bench.gateway.url);
});
afterAll(() => bench.close());
beforeEach(() => {
  attempts = [];
});

const clientAt = (url: string, policy = retries) =>
  new GatewayClient({ url, actor: technician.id, keys: technician.keys, retries: policy });

function sign(type: string, body: object, signer: Signer = nativeSigner(technician.keys)) {
  const { network } = bench.consortium.root;
  return signCommand({ network, actor: technician.id, signer }, { type, body });
}

const run = (signer?: Signer) =>
  sign(
    'manufacturing:RegisterRun',
    { run: `run-${++runs}`, flowCell: 'F', instrument: 'S' },
    signer,
  );
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('a submitted command', () => {
  test.each([
    ['native', () => nativeSigner(technician.keys)],
    ['WebCrypto', () => webSigner(technician.keys)],
    ['noble', () => nobleSigner(technician.keys)],
  ])('is accepted under signatures of the %s signer', async (_, signer) => {
    const command = await run(await signer());
    const receipt = await client.submit(command);
    expect(receipt).toMatchObject({ commandId: command.id, decision: 'recorded' });
  });

  test.each(['conflict', 'unavailable'] as const)(
    'is sent again, the same, after a failure of class %s, and committed once',
    async (kind) => {
      const command = await run();
      bench.faults.push({ kind }, { kind });
      const before = bench.submissions();
      const receipt = await client.submit(command, { onAttempt });
      expect(receipt.commandId).toBe(command.id);
      const send = 'POST /v1/commands';
      expect(told()).toEqual([`${send}: ${kind}`, `${send}: ${kind}`, `${send}: answered`]);
      expect(bench.submissions() - before).toBe(3);
    },
  );

  test('is looked up after an unknown outcome, and not sent again when the ledger holds it', async () => {
    const command = await run();
    bench.faults.push({ kind: 'unknown-outcome', committed: true });
    const before = bench.submissions();
    const receipt = await client.submit(command, { onAttempt });
    expect(told()).toEqual(['POST /v1/commands: unknown-outcome', 'look up: answered']);
    expect(bench.submissions() - before).toBe(1);
    expect(await client.send(command)).toEqual(receipt);
  });

  test('is sent again after an unknown outcome when the ledger does not hold it', async () => {
    const command = await run();
    bench.faults.push({ kind: 'unknown-outcome' });
    const before = bench.submissions();
    expect(await client.submit(command, { onAttempt })).toMatchObject({ commandId: command.id });
    expect(told()).toEqual(['POST /v1/commands: unknown-outcome', 'look up: answered']);
    expect(bench.submissions() - before).toBe(2);
  });

  test('is sent once where the contract says no', async () => {
    const command = await sign('manufacturing:RegisterRun', { run: 'run-x', flowCell: 'F' });
    const error = await failure(client.submit(command, { onAttempt }));
    expect(error).toBeInstanceOf(GatewayProblem);
    expect(error).toMatchObject({ code: 'SCHEMA_VIOLATION' });
    expect(attempts).toMatchObject([{ result: 'final', code: 'SCHEMA_VIOLATION' }]);
  });

  test('whose permission is refused is sent once, and its problem brings the receipt', async () => {
    const registrar = bench.consortium.registrars.find((each) => each.organisation === 'LabMSP');
    if (!registrar) throw new Error('the laboratory has a registrar');
    const { actor, keys } = registrar;
    const author = {
      network: bench.consortium.root.network,
      actor,
      signer: nativeSigner(keys),
    };
    const body = { root: technician.keys.public.ed25519 };
    const command = await signCommand(author, { type: 'registry:Bootstrap', body });
    const asked = new GatewayClient({ url: bench.gateway.url, actor, keys, retries });
    const error = await failure(asked.submit(command, { onAttempt }));
    if (!isProblem(error, 'REFUSED')) throw new Error('expected a refusal');
    expect(error.problem.receipt).toMatchObject({ commandId: command.id, decision: 'refused' });
    expect(error.problem.reasons.length).toBeGreaterThan(0);
    expect(attempts).toMatchObject([{ result: 'final', code: 'REFUSED' }]);
  });

  test('reaches a gateway that starts later', async () => {
    const first = await bench.start(0);
    const { port } = new URL(first.url);
    await first.close();
    let late: Promise<Gateway> | undefined;
    const command = await run();
    const receipt = await clientAt(first.url, { ...retries, attempts: 20 }).submit(command, {
      onAttempt: (attempt) => {
        onAttempt(attempt);
        late ??= bench.start(Number(port));
      },
    });
    expect(receipt.commandId).toBe(command.id);
    expect(attempts[0]).toMatchObject({ result: 'unreachable' });
    await (await late)?.close();
  });
});

describe('waiting for a command', () => {
  test('ends when somebody’s command is committed', async () => {
    const command = await run();
    const waiting = client.wait(command.id, {
      onAttempt: ({ number }) => {
        if (number === 1) void client.send(command);
      },
    });
    expect(await waiting).toMatchObject({ commandId: command.id, decision: 'recorded' });
  });

  test('ends when its time is over', async () => {
    const { id } = await run();
    const hasty = clientAt(bench.gateway.url, { ...retries, timeoutMs: 200 });
    expect(await failure(hasty.wait(id))).toBeInstanceOf(GatewayTimeout);
  });

  test('ends when the caller says so', async () => {
    const { id } = await run();
    const controller = new AbortController();
    const waiting = client.wait(id, {
      signal: controller.signal,
      onAttempt: () => controller.abort(new Error('the shift is over')),
    });
    await expect(waiting).rejects.toThrow('the shift is over');
  });
});
