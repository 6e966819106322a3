import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@veinledger/domain';
import { buildCommand, generateActorKeys, sealAnnex } from '@veinledger/client/node';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../problems/problem.js';
import { GatewayState } from '../state/gateway-state.js';
import type { MadeKeys } from './key-making.js';
import { Keystore } from './keystore.js';

export const PASSPHRASE = 'seven vials on a cold night';
export const network = sealAnnex('network').digest;

/** A keystore in a folder of its own, with scrypt made quick and a clock that tests move. */
export interface KeystoreBench {
  readonly folder: string;
  readonly keystore: Keystore;
  readonly clock: { now: number };
  /** Closes the keystore and opens it again on the same files. */
  restart(): Promise<void>;
  /** Makes keys for an actor who is enrolled with them. */
  enrol(id: string, ...roles: readonly Role[]): Promise<Caller>;
  ticket(actor: string, replaces?: boolean): Promise<string>;
  close(): Promise<void>;
}

const QUICK_WORK_FACTOR = 4;

export async function keystoreBench(): Promise<KeystoreBench> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-keystore-'));
  const clock = { now: Date.parse('2026-11-22T13:07:00.000Z') };
  let state = await GatewayState.open(join(folder, 'state'));
  const open = () =>
    Keystore.open({
      directory: folder,
      network,
      state,
      relyingParty: () => ({ domain: 'localhost', origins: ['http://localhost'] }),
      unlockMinutes: 15,
      workFactor: QUICK_WORK_FACTOR,
      now: () => clock.now,
    });
  let keystore = await open();
  const ticket = async (actor: string, replaces = false) =>
    (await keystore.tickets.issue({ actor, organisation: 'LabMSP', replaces })).ticket;
  return {
    folder,
    get keystore() {
      return keystore;
    },
    clock,
    ticket,
    restart: async () => {
      keystore.close();
      await state.close();
      state = await GatewayState.open(join(folder, 'state'));
      keystore = await open();
    },
    enrol: async (id, ...roles) => {
      const made = await keystore.making.create({
        ticket: await ticket(id),
        passphrase: PASSPHRASE,
      });
      return callerOf(made, ...roles);
    },
    close: async () => {
      keystore.close();
      await state.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** An actor as the ledger has it after the keys were enrolled. */
export function callerOf({ actor, keys }: MadeKeys, ...roles: readonly Role[]): Caller {
  return { id: actor, organisation: 'LabMSP', roles, keys };
}

/** Somebody whose keys are elsewhere. */
export function stranger(id: string, ...roles: readonly Role[]): Caller {
  return { id, organisation: 'LabMSP', roles, keys: generateActorKeys().public };
}

/** An attributed entry of a laboratory technician. */
export function entryBy(actor: string, more: Partial<Parameters<typeof buildCommand>[0]> = {}) {
  return buildCommand({
    network,
    type: 'manufacturing:RegisterRun',
    actor,
    body: { run: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' },
    ...more,
  });
}

/** A command that nobody signs but its actor. */
export function approvalBy(actor: string) {
  const body = { coi: 'G123417654321A', design: 'design-1' };
  return entryBy(actor, { type: 'manufacturing:ApproveDesign', body });
}

/** The status and code of a refusal. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof ProblemError) return `${error.details.status} ${error.details.code}`;
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw new Error(`expected a refusal, found ${String(error)}`);
}
