import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, FOUNDING_ALGORITHMS, readConsortiumRoot, type Role } from '@veinledger/domain';
import {
  buildCommand,
  commandIdOf,
  generateActorKeys,
  nativeSigner,
  sealAnnex,
} from '@veinledger/client/node';
import { walletFolder } from './identities/wallet.fixture.js';
import type { Invocation, Ledger, SubmitOptions } from '@veinledger/ledger';

const MEMBER = 'HospitalMSP';
const keys = generateActorKeys();
const network = sealAnnex('network').digest;

/** A clinician whom the scripted ledger knows. */
export const clinician = {
  id: 'hospital.clinician',
  keys,
  organisation: MEMBER,
  roles: ['clinician'],
};

export const root = readConsortiumRoot({
  v: 1,
  network,
  organisations: [
    {
      id: MEMBER,
      country: 'DE',
      grantable: ['clinician'],
      registrar: { actor: 'hospital.registrar', keys: generateActorKeys().public },
    },
  ],
  processes: [],
});

/** The clinician as the scripted ledger has them. */
export const clinicianRecord: Actor = {
  noun: 'actor',
  id: clinician.id,
  organisation: MEMBER,
  kind: 'person',
  roles: ['clinician'] satisfies Role[],
  keys: keys.public,
  enrolledAt: '2026-11-22T13:07:00.000Z',
  enrolledBy: 'hospital.registrar',
};

/** Folders of a gateway, with a wallet of one identity that the scripted ledger does not look at. */
export async function gatewayFolders() {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-gateway-'));
  await walletFolder(join(folder, 'wallet'), [[MEMBER, 'clinician']]);
  return {
    vault: join(folder, 'vault'),
    wallet: join(folder, 'wallet'),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** What the scripted ledger answers to questions that a gateway has of its own. */
export const KNOWN: Readonly<Record<string, object>> = {
  'registry:ReadActor': clinicianRecord,
  'registry:ListAlgorithms': FOUNDING_ALGORITHMS,
};

/** A ledger that knows the clinician and does otherwise as a test says. */
export function scriptedLedger(script: Partial<Ledger>): Ledger {
  const unscripted = (): never => {
    throw new Error('the test scripts no such call');
  };
  return {
    name: 'scripted',
    submit: unscripted,
    evaluate: (invocation: Invocation) => {
      const answer = KNOWN[invocation.function];
      return answer === undefined ? unscripted() : Promise.resolve(JSON.stringify(answer));
    },
    status: unscripted,
    transaction: () => Promise.resolve(undefined),
    height: () => Promise.resolve(1),
    blocks: unscripted,
    follow: silence,
    verify: unscripted,
    close: () => Promise.resolve(),
    ...script,
  };
}

/** No block ever comes. */
async function* silence(_first: number, signal: AbortSignal): AsyncGenerator<never, void> {
  if (signal.aborted) return;
  yield* [];
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Tells the gateway the transaction's id, as every ledger does before it sends anything. */
export async function prepare(options: SubmitOptions | undefined, transactionId: string) {
  await options?.onPrepared?.(transactionId);
}

/** A follow-up by the clinician with its annex, and the receipt that a ledger would return for it. */
export async function followUp(transactionId: string) {
  const annex = sealAnnex({ kind: 'follow-up', observations: [{ code: 'fever', value: false }] });
  const payload = buildCommand({
    network,
    type: 'care:RecordOutcome',
    actor: clinician.id,
    body: { coi: 'G123417654321A', outcome: 'outcome-1' },
    annex: { outcome: annex.digest },
  });
  const jws = await nativeSigner(keys).sign(payload, 'vnd.veinledger.command+jws');
  const record = {
    noun: 'record',
    scope: { kind: 'therapy', id: 'G123417654321A' },
    commandId: commandIdOf(jws),
    transactionId,
    transactionTime: '2026-11-22T13:07:00.000Z',
    type: 'care:RecordOutcome',
    kind: 'fact',
    actor: clinician.id,
    organisation: MEMBER,
    at: '2026-11-22T13:07:00.000Z',
    lateEntry: false,
    decision: 'recorded',
    reasons: [],
    verdicts: [],
    deviations: [],
    changed: ['outcome outcome-1'],
    annex: { outcome: annex.digest },
  };
  return { jws, annexes: { outcome: annex.text }, digest: annex.digest, record };
}
