import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { commandIdOf, GatewayProblem, GatewayUnreachable, type Receipt } from '@veinledger/client';
import { PatientDevice } from '@veinledger/client/device';
import { indexedDbStore } from '../device/indexed-db-store.js';
import { Notebook } from '../device/notebook.js';
import { withdrawalOf } from './consents.js';
import { countUnsent, Outbox } from './outbox.js';

const PROGRAMME = '/app/';
const by = { kind: 'passphrase', passphrase: 'seven vials on a cold night' } as const;
const owner = { network: 'A'.repeat(43), actor: 'p-1' };
const yes = { type: 'consent:GiveConsent', body: {} };
const no = withdrawalOf('RESEARCH');

const told = (status: number, code: string) => ({
  type: `urn:veinledger:problem:${code}`,
  ...{ title: '', status, code, detail: '', instance: '' },
});
const AT = '2026-11-30T10:00:00.000Z';
const receiptOf = (commandId: string) => ({
  noun: 'record',
  ...{ scope: { kind: 'patient', id: owner.actor }, transactionTime: AT, commandId },
  ...{ transactionId: 'a'.repeat(64), type: no.type, kind: 'fact' },
  ...{ actor: owner.actor, organisation: 'HospitalMSP', at: AT, lateEntry: false },
  ...{ decision: 'recorded', reasons: [], verdicts: [], deviations: [], changed: [], annex: {} },
  block: 7,
});

/** What the door for noes answers, told the command's id; undefined where no answer comes. */
type Door = (commandId: string) => { readonly status: number; readonly body: unknown } | undefined;
const refusing = (status: number, code: string) => () => ({ status, body: told(status, code) });
const taking: Door = (id) => ({ status: 201, body: receiptOf(id) });

let device: PatientDevice;
let outbox: Outbox;
let door: Door;
let sentYes: () => Promise<Receipt>;
const handedIn: string[] = [];
const waiting = async () => (await outbox.waiting()).map(({ purpose }) => purpose);

beforeEach(async () => {
  Object.assign(globalThis, { location: new URL(`https://gateway.example${PROGRAMME}`) });
  jest.spyOn(globalThis, 'fetch').mockImplementation((_url, request) => {
    const { jws } = JSON.parse(request?.body as string) as { jws: string };
    const id = commandIdOf(jws);
    handedIn.push(id);
    const answer = door(id);
    if (answer === undefined) return Promise.reject(new TypeError('off line'));
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
  const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
  device = new PatientDevice({ store: indexedDbStore(PROGRAMME), cost });
  await device.wipe();
  await device.make(owner, [by]);
  const notebook = new Notebook(await device.open(by), PROGRAMME);
  const client = { submit: () => sentYes() } as never;
  outbox = new Outbox({ device, owner, client, notebook });
  handedIn.length = 0;
});
afterEach(() => void jest.restoreAllMocks());

describe('a no that was signed', () => {
  test('waits no longer once the ledger has it', async () => {
    door = taking;
    expect(await outbox.sign(by, no, 'RESEARCH')).toMatchObject({ state: 'received' });
    expect(await waiting()).toEqual([]);
  });

  test.each([
    ['no answer came', () => undefined],
    ['other transactions were in its way', refusing(409, 'CONFLICT')],
    ['there was too much from that address', refusing(429, 'RATE_LIMITED')],
    ['the ledger is away', refusing(503, 'LEDGER_UNAVAILABLE')],
    ['a hotel’s page answered', () => ({ status: 200, body: { welcome: 'guest' } })],
    ['it is answered by another’s receipt', () => taking('B'.repeat(43))],
  ] satisfies readonly (readonly [string, Door])[])(
    'is kept where %s, and goes out later',
    async (_name, answers) => {
      door = answers;
      expect(await outbox.sign(by, no, 'RESEARCH')).toMatchObject({ state: 'kept' });
      expect(await waiting()).toEqual(['RESEARCH']);
      expect(await countUnsent()).toBe(1);
      door = taking;
      await outbox.sendAll();
      expect(await waiting()).toEqual([]);
    },
  );

  test('is told at once where it is refused, and is not kept', async () => {
    door = refusing(403, 'SIGNATURE_INVALID');
    await expect(outbox.sign(by, no, 'RESEARCH')).rejects.toThrow('SIGNATURE_INVALID');
    expect(await waiting()).toEqual([]);
  });

  test('stays where it is refused after its patient was told that it is kept', async () => {
    door = () => undefined;
    await outbox.sign(by, no, 'RESEARCH');
    door = refusing(400, 'AT_IN_FUTURE');
    await outbox.sendAll();
    expect(await waiting()).toEqual(['RESEARCH']);
  });

  test('waits for the yes that it takes back, and for nothing said of another purpose', async () => {
    sentYes = () => Promise.reject(new GatewayUnreachable('off line'));
    door = () => undefined;
    await outbox.sign(by, yes, 'RESEARCH');
    await outbox.sign(by, no, 'RESEARCH');
    await outbox.sign(by, withdrawalOf('RECONTACT'), 'RECONTACT');
    door = taking;
    handedIn.length = 0;
    await outbox.sendAll();
    expect(await waiting()).toEqual(['RESEARCH', 'RESEARCH']);
    expect(handedIn).toHaveLength(1);
  });
});

test('nothing is signed by the keys of somebody else, who took the device over in another tab', async () => {
  door = taking;
  await device.wipe();
  await device.make({ ...owner, actor: 'p-2' }, [by]);
  await expect(outbox.sign(by, no, 'RESEARCH')).rejects.toThrow('KEYS_HERE');
  expect(handedIn).toEqual([]);
});

describe('a yes that was kept', () => {
  test('waits no longer where it is refused: its question is as open as it was', async () => {
    sentYes = () => Promise.reject(new GatewayUnreachable('off line'));
    await outbox.sign(by, yes, 'RESEARCH');
    sentYes = () => Promise.reject(new GatewayProblem(told(403, 'KEYS_TOO_NEW')));
    await outbox.sendAll();
    expect(await waiting()).toEqual([]);
  });
});
