import {
  actorId,
  type Consent,
  lotId,
  type Organisation,
  type SignaturePointer,
  type Use,
} from '@veinledger/chaincode/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import { consent } from '../openapi/schemas/consent.js';
import { lotUse } from '../openapi/schemas/manufacturing.js';
import { signaturePointer } from '../openapi/schemas/record.js';
import { organisation } from '../openapi/schemas/registry.js';
import { type CallerReader, notEntitled, requireOwn } from '../reads/caller-reader.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import { wholeList } from '../reads/listing/whole-list.js';
import { listOperation } from './list-operation.js';
import { type ActorOperation, parameterOf, type Question } from './operation.js';
import { readActor } from './registry-operations.js';

/** Members, what actors signed, patients' consents, and uses of lots, page by page. */
export function registryLists(
  reader: CallerReader,
  cursors: CursorSeal,
): readonly ActorOperation[] {
  const listOf = async <T>(caller: Caller, transaction: string, ...args: readonly string[]) =>
    (await reader.read(caller, transaction, ...args)) as readonly T[];
  return [
    listOperation(cursors, {
      path: '/v1/organisations',
      id: 'listOrganisations',
      tag: 'registry',
      summary: 'Every member',
      parameters: {},
      item: organisation,
      filters: {},
      list: ({ caller }) =>
        wholeList(
          () => listOf<Organisation>(caller, 'registry:ListOrganisations'),
          ({ id }) => id,
        ),
    }),
    listOperation(cursors, {
      path: '/v1/actors/{actor}/signatures',
      id: 'listSignatures',
      tag: 'audit',
      summary: 'Everything an actor signed, for the actor, its organisation and auditors',
      parameters: { actor: { schema: actorId } },
      item: signaturePointer,
      filters: {},
      list: async (question) => {
        const { caller } = question;
        const signer = await auditedActor(reader, question);
        return wholeList(
          () => listOf<SignaturePointer>(caller, 'audit:ListSignedBy', signer),
          ({ transactionTime, commandId }) => `${transactionTime} ${commandId}`,
        );
      },
    }),
    listOperation(cursors, {
      path: '/v1/patients/{patient}/consents',
      id: 'listConsents',
      tag: 'consent',
      summary: "A patient's decisions, of every purpose",
      parameters: { patient: { schema: actorId } },
      item: consent,
      filters: {},
      list: (question) => {
        const { caller } = question;
        const patient = parameterOf(question, 'patient');
        requireOwn(caller, patient, 'patient');
        return wholeList(
          () => listOf<Consent>(caller, 'consent:List', patient),
          ({ purpose, id }) => `${purpose} ${id}`,
        );
      },
    }),
    listOperation(cursors, {
      path: '/v1/lots/{lot}/uses',
      id: 'listLotUses',
      tag: 'manufacturing',
      summary: 'Every therapy and step that used a lot',
      parameters: { lot: { schema: lotId } },
      item: lotUse,
      filters: {},
      list: (question) => {
        const { caller } = question;
        if (isPatientCaller(caller)) {
          throw notEntitled('a patient sees their own therapy only', 'lot');
        }
        return wholeList(
          () => listOf<Use>(caller, 'manufacturing:ListLotUses', parameterOf(question, 'lot')),
          ({ coi, step, attempt }) => `${coi} ${step} ${String(attempt).padStart(2, '0')}`,
        );
      },
    }),
  ];
}

async function auditedActor(reader: CallerReader, question: Question): Promise<string> {
  const { id, organisation: ofActor } = await readActor(reader, question);
  if (mayAudit(question.caller, id, ofActor)) return id;
  throw notEntitled("an actor's signatures are for itself, its organisation and auditors", 'actor');
}

function mayAudit(caller: Caller, actorAsked: string, ofActor: string): boolean {
  if (caller.id === actorAsked || caller.roles.includes('auditor')) return true;
  return !isPatientCaller(caller) && caller.organisation === ofActor;
}
