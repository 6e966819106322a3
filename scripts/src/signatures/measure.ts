import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractsWith, systemClock } from '@veinledger/chaincode/contracts';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import {
  type DevelopmentConsortium,
  foundAuthorities,
  foundConsortium,
  shippedProcesses,
} from '@veinledger/cli';
import type { Entity, ProcessDefinition } from '@veinledger/domain';
import { openEmbeddedLedger } from '@veinledger/ledger/embedded';
import { loadProfile } from '@veinledger/network/profile';
import {
  type Cast,
  enrol,
  enrolCast,
  enrolPatient,
  LedgerSubmitter,
  openForBusiness,
  registerShared,
  registerVector,
  TherapyJourney,
} from '../journey/index.js';
import { type Count, countByRole, countOf, type RoleCount } from './count.js';
import { Played } from './played.js';
import { PLAYS } from './play.js';

/** What one therapy of a process asks of people, with and without devices that sign for them. */
export interface Measured {
  /** id and version */
  readonly process: string;
  readonly alone: Count;
  readonly delegated: Count;
  readonly roles: readonly { readonly alone: RoleCount; readonly delegated: RoleCount }[];
}

/**
 * Plays one whole therapy of each process twice on an embedded ledger of its own: everybody by their own keys, then with
 * what may be delegated signed by devices.
 */
export async function measureSignatures(
  definitions: readonly ProcessDefinition[],
  told: (line: string) => void,
): Promise<readonly Measured[]> {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-signatures-'));
  const { members } = await loadProfile();
  const consortium = foundConsortium(members);
  const { root } = consortium;
  const { certificates, wallet } = await foundAuthorities(members);
  const ledger = await openEmbeddedLedger({
    ...{ directory, channel: 'programme', organisation: 'HospitalMSP' },
    contracts: contractsWith({ root, verifier: nativeVerifier, clock: systemClock }),
    certificateAuthorities: certificates,
  });
  try {
    const submitter = new LedgerSubmitter({ ledger, network: root.network, wallet });
    await openForBusiness(submitter, consortium);
    const cast = await enrolCast(submitter, consortium);
    await registerShared(submitter, cast);
    await registerVector(submitter, cast);
    const stage: Stage = { submitter, consortium, cast };
    const measured: Measured[] = [];
    for (const definition of definitions) {
      told(`${definition.id}: everybody by their own keys`);
      const alone = await play(stage, definition, new Played(submitter));
      told(`${definition.id}: with devices`);
      const devices = new Played(submitter, deviceOf(stage, definition.id));
      measured.push(compare(definition, alone, await play(stage, definition, devices)));
    }
    return measured;
  } finally {
    await ledger.close();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Stage {
  readonly submitter: LedgerSubmitter;
  readonly consortium: DevelopmentConsortium;
  readonly cast: Cast;
}

let serial = 0;

async function play(
  { submitter, consortium, cast }: Stage,
  definition: ProcessDefinition,
  played: Played,
): Promise<Played> {
  serial += 1;
  const patient = await enrolPatient(submitter, consortium, `patient-${serial}`);
  const journey = new TherapyJourney({ submitter: played, cast, patient, serial, definition });
  const reader = { mspId: 'ManufacturerMSP', label: 'operator' };
  const playing = PLAYS[definition.id];
  if (!playing) throw new Error(`expected a process that is played here, found ${definition.id}`);
  await playing(journey, async ({ coi, design }) => {
    const { things } = await submitter.read<{ readonly things: readonly Entity[] }>(
      reader,
      'audit:TraceTherapy',
      coi,
    );
    const found = things.find((each) => each.noun === 'design' && each.id === design);
    if (found?.noun !== 'design') throw new Error(`expected ${design}, found none`);
    return found.commitment;
  });
  return played;
}

/** Devices of one process's play: a device has one session at a time. */
function deviceOf({ submitter, consortium }: Stage, process: string) {
  return ({ organisation, roles }: Cast['nurse'], id: string) =>
    enrol(submitter, consortium, { id: `${id}.${process}`, organisation, roles }, 'device');
}

function compare(
  { id, version }: ProcessDefinition,
  { given: alone }: Played,
  { given: delegated }: Played,
): Measured {
  const after = countByRole(delegated);
  return {
    process: `${id} ${version}`,
    alone: countOf(alone),
    delegated: countOf(delegated),
    roles: countByRole(alone).flatMap((each) => {
      const found = after.find(({ role }) => role === each.role);
      return found ? [{ alone: each, delegated: found }] : [];
    }),
  };
}

/** The processes that ship, or one of them. */
export function processesToPlay(only: string | undefined): readonly ProcessDefinition[] {
  const shipped = shippedProcesses();
  const found = shipped.filter(({ id }) => only === undefined || id === only);
  if (found.length > 0) return found;
  throw new Error(
    `--only: expected one of ${shipped.map(({ id }) => id).join()}, found ${only ?? ''}`,
  );
}
