import {
  enrolmentBody,
  type Person,
  registrarOf,
  signMessage,
  type TherapyJourney,
} from '#scripts';
import { parseJws } from '@veinledger/domain';
import { generateActorKeys } from '@veinledger/client/node';
import type { Invocation } from '@veinledger/ledger';
import type { World } from '../support/world.js';

/** A command that was signed before the load began, in the transaction that carries it. */
export interface LoadedCommand {
  readonly commandId: string;
  readonly actor: string;
  readonly invocation: Invocation;
}

/** Signs commands of two kinds in turn: logger readings on one sample, and enrolments of patients. */
export function signLoad(
  world: World,
  journey: TherapyJourney,
  count: number,
): Promise<readonly LoadedCommand[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => signOne(world, journey, index)));
}

/** Signs the command of an index in such a load, now. */
export function signOne(
  world: World,
  journey: TherapyJourney,
  index: number,
): Promise<LoadedCommand> {
  return index % 2 === 0 ? reading(world, journey) : enrolment(world, `load-${index}`);
}

function reading(world: World, journey: TherapyJourney): Promise<LoadedCommand> {
  return load(world, world.cast.collector, 'custody:RecordReadings', {
    coi: journey.coi,
    item: journey.things.tumour,
    logger: 'logger-1',
    readings: [{ at: new Date().toISOString(), temperatureC: 21 }],
  });
}

async function enrolment(world: World, id: string): Promise<LoadedCommand> {
  const { submitter, consortium } = world.bench;
  const actor = { id, roles: ['patient'] as const };
  const body = await enrolmentBody(submitter.network, actor, generateActorKeys());
  return load(world, registrarOf(consortium, 'HospitalMSP'), 'registry:EnrolActor', body);
}

async function load(
  { bench: { submitter } }: World,
  person: Person,
  type: string,
  body: unknown,
): Promise<LoadedCommand> {
  const message = await signMessage(submitter.network, person, { type, body });
  const { payloadDigest } = parseJws(message.jws, 'vnd.veinledger.command+jws');
  return {
    commandId: payloadDigest,
    actor: person.id,
    invocation: submitter.invocation(person, message),
  };
}
