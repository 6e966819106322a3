import { type Actor, actorId, code, version } from '@veinledger/chaincode/domain';
import type { z } from 'zod';
import { actor, consortium, processVersion } from '../openapi/schemas/registry.js';
import { type CallerReader, requireOwn } from '../reads/caller-reader.js';
import { found } from './answer.js';
import {
  type ActorOperation,
  parameterOf,
  type PathParameter,
  type Question,
} from './operation.js';

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
      (question) => readActor(reader, question),
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

/**
 * An actor; a patient only for itself and for staff.
 * @throws VeinledgerError NOT_ENTITLED
 */
export async function readActor(reader: CallerReader, question: Question): Promise<Actor> {
  const { caller } = question;
  const asked = (await reader.read(
    caller,
    'registry:ReadActor',
    parameterOf(question, 'actor'),
  )) as Actor;
  if (asked.roles.includes('patient')) requireOwn(caller, asked.id, 'actor');
  return asked;
}
