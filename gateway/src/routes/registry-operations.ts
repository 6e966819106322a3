import { actorId, code, localId, lotId, organisationId, role, version } from '@veinledger/domain';
import type { z } from 'zod';
import { proposal } from '../openapi/schemas/governance.js';
import { lot, run } from '../openapi/schemas/manufacturing.js';
import {
  actor,
  consortium,
  keyShare,
  personKey,
  processVersion,
  rota,
  session,
  training,
} from '../openapi/schemas/registry.js';
import type { CallerReader } from '../reads/caller-reader.js';
import { found } from '../operation/answer.js';
import {
  type ActorOperation,
  parameterOf,
  type PathParameter,
  type Question,
} from '../operation/operation.js';

/** What members share: the consortium, actors, processes. */
export function registryOperations(reader: CallerReader): readonly ActorOperation[] {
  return [
    read(
      'readConsortium',
      'registry',
      '/v1/consortium',
      'The consortium as it was bootstrapped',
      {},
      consortium,
      ({ caller }) => reader.read(caller, 'registry:ReadRoot'),
    ),
    read(
      'readActor',
      'registry',
      '/v1/actors/{actor}',
      'An actor with roles and public keys',
      { actor: { schema: actorId } },
      actor,
      (question) =>
        reader.read(question.caller, 'registry:ReadActor', parameterOf(question, 'actor')),
    ),
    read(
      'readRota',
      'registry',
      '/v1/organisations/{organisation}/rotas/{role}',
      'Whom an organisation has on call for a role: on duty, deputies, management',
      { organisation: { schema: organisationId }, role: { schema: role } },
      rota,
      (question) =>
        reader.read(
          question.caller,
          'registry:ReadRota',
          parameterOf(question, 'organisation'),
          parameterOf(question, 'role'),
        ),
    ),
    read(
      'readTraining',
      'registry',
      '/v1/actors/{actor}/trainings/{process}/{version}/{step}',
      'The training that an actor has on record for a step, for its organisation and auditors',
      {
        actor: { schema: actorId },
        process: { schema: code },
        version: { schema: version },
        step: { schema: code },
      },
      training,
      (question) =>
        reader.read(
          question.caller,
          'registry:ReadTraining',
          ...['actor', 'process', 'version', 'step'].map((name) => parameterOf(question, name)),
        ),
    ),
    read(
      'readProposal',
      'registry',
      '/v1/proposals/{proposal}',
      'A change that members vote on, who voted how, and how many votes it needs',
      { proposal: { schema: code } },
      proposal,
      (question) =>
        reader.read(question.caller, 'registry:ReadProposal', parameterOf(question, 'proposal')),
    ),
    read(
      'readSession',
      'registry',
      '/v1/devices/{device}/session',
      'The session that a device holds or held last, for its organisation and auditors',
      { device: { schema: actorId } },
      session,
      (question) => {
        const device = parameterOf(question, 'device');
        return reader.read(question.caller, 'registry:ReadSession', device);
      },
    ),
    read(
      'readPersonKey',
      'registry',
      '/v1/person-key',
      "By which id the key of persons' digests is known, and who holds it",
      {},
      personKey,
      ({ caller }) => reader.read(caller, 'registry:ReadPersonKey'),
    ),
    read(
      'readKeyShare',
      'registry',
      '/v1/actors/{actor}/key-share',
      'For which recipient the person key is sealed to a registrar, and what was sealed',
      { actor: { schema: actorId } },
      keyShare,
      (question) =>
        reader.read(question.caller, 'registry:ReadKeyShare', parameterOf(question, 'actor')),
    ),
    read(
      'readProcess',
      'process',
      '/v1/processes/{process}/{version}',
      'A published process definition with its hash',
      { process: { schema: code }, version: { schema: version } },
      processVersion,
      (question) =>
        reader.read(
          question.caller,
          'process:Read',
          parameterOf(question, 'process'),
          parameterOf(question, 'version'),
        ),
    ),
    read(
      'readLot',
      'manufacturing',
      '/v1/lots/{lot}',
      'A reagent or vector lot',
      { lot: { schema: lotId } },
      lot,
      (question) => readShared(reader, question, 'manufacturing:ReadLot', 'lot'),
    ),
    read(
      'readRun',
      'manufacturing',
      '/v1/runs/{run}',
      'A sequencing run',
      { run: { schema: localId } },
      run,
      (question) => readShared(reader, question, 'manufacturing:ReadRun', 'run'),
    ),
  ];
}

function read(
  id: string,
  tag: string,
  path: string,
  summary: string,
  parameters: Readonly<Record<string, PathParameter>>,
  schema: z.ZodType,
  ask: (question: Question) => Promise<object>,
): ActorOperation {
  return {
    access: 'actor',
    method: 'get',
    path,
    id,
    tag,
    summary,
    parameters,
    answers: { 200: { description: summary, schema } },
    handle: async (question) => found(await ask(question)),
  };
}

/** What therapies share, for staff. */
export function readShared(
  reader: CallerReader,
  question: Question,
  transaction: string,
  name: 'lot' | 'run',
): Promise<object> {
  return reader.read(question.caller, transaction, parameterOf(question, name));
}
