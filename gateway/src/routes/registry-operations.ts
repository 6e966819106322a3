import { type Actor, actorId, code, localId, lotId, version } from '@veinledger/chaincode/domain';
import { z } from 'zod';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import { consent } from '../openapi/schemas/consent.js';
import { lot, lotUse, run } from '../openapi/schemas/manufacturing.js';
import { markedSignature } from '../openapi/schemas/record.js';
import {
  actor,
  consortium,
  formerKeys,
  organisation,
  processVersion,
  session,
} from '../openapi/schemas/registry.js';
import { type CallerReader, notEntitled, requireOwn } from '../reads/caller-reader.js';
import { found } from './answer.js';
import {
  type ActorOperation,
  parameterOf,
  type PathParameter,
  type Question,
} from './operation.js';

/** What members share: organisations, actors, processes, lots; and a patient's consents. */
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
      'listOrganisations',
      'registry',
      '/v1/organisations',
      'Every member',
      {},
      z.array(organisation),
      ({ caller }) => reader.read(caller, 'registry:ListOrganisations'),
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
      'listSignatures',
      'audit',
      '/v1/actors/{actor}/signatures',
      'Everything an actor signed, for the actor, its organisation and auditors',
      { actor: { schema: actorId } },
      z.array(markedSignature),
      (question) => listSignatures(reader, question),
    ),
    read(
      'listFormerKeys',
      'registry',
      '/v1/actors/{actor}/keys',
      'The keys that an actor held before, with the transaction times between which they held',
      { actor: { schema: actorId } },
      z.array(formerKeys),
      async (question) => {
        const { id } = await readActor(reader, question);
        return reader.read(question.caller, 'registry:ListFormerKeys', id);
      },
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
        requireOwn(question.caller, device, 'device');
        return reader.read(question.caller, 'registry:ReadSession', device);
      },
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
      'listConsents',
      'consent',
      '/v1/patients/{patient}/consents',
      "A patient's decisions, of every purpose",
      { patient: { schema: actorId } },
      z.array(consent),
      (question) => {
        const { caller } = question;
        const patient = parameterOf(question, 'patient');
        requireOwn(caller, patient, 'patient');
        return reader.read(caller, 'consent:List', patient);
      },
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
    read(
      'listRunUses',
      'manufacturing',
      '/v1/runs/{run}/uses',
      "Every step that was done in a run, of the caller's therapies",
      { run: { schema: localId } },
      z.array(lotUse),
      (question) => readShared(reader, question, 'manufacturing:ListRunUses', 'run'),
    ),
    read(
      'listLotUses',
      'manufacturing',
      '/v1/lots/{lot}/uses',
      "Every step that used a lot, of the caller's therapies; of all for an auditor",
      { lot: { schema: lotId } },
      z.array(lotUse),
      (question) => readShared(reader, question, 'manufacturing:ListLotUses', 'lot'),
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
function readShared(
  reader: CallerReader,
  question: Question,
  transaction: string,
  name: 'lot' | 'run',
): Promise<object> {
  const { caller } = question;
  if (isPatientCaller(caller)) throw notEntitled('a patient sees their own therapy only', name);
  return reader.read(caller, transaction, parameterOf(question, name));
}

async function readActor(reader: CallerReader, question: Question): Promise<Actor> {
  const { caller } = question;
  const asked = (await reader.read(
    caller,
    'registry:ReadActor',
    parameterOf(question, 'actor'),
  )) as Actor;
  if (asked.roles.includes('patient')) requireOwn(caller, asked.id, 'actor');
  return asked;
}

async function listSignatures(reader: CallerReader, question: Question): Promise<object> {
  const { caller } = question;
  const { id, organisation: ofActor } = await readActor(reader, question);
  if (!mayAudit(caller, id, ofActor)) {
    throw notEntitled(
      "an actor's signatures are for itself, its organisation and auditors",
      'actor',
    );
  }
  return reader.read(caller, 'audit:ListSignedBy', id);
}

function mayAudit(caller: Caller, actorAsked: string, ofActor: string): boolean {
  if (caller.id === actorAsked || caller.roles.includes('auditor')) return true;
  return !isPatientCaller(caller) && caller.organisation === ofActor;
}
