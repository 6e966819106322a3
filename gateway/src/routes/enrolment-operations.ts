import { nativeVerifier } from '@veinledger/chaincode/crypto';
import {
  actorId,
  digest,
  instant,
  organisationId,
  parseClosed,
  possessionProof,
  publicKeysSchema,
  requirePossession,
  type Role,
} from '@veinledger/domain';
import { writeEnrolmentCode } from '@veinledger/client/wire';
import { z } from 'zod';
import type { ActorDirectory } from '../auth/actor-directory.js';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { EnrolmentCodes } from '../enrolment/enrolment-codes.js';
import { CODE_READINGS_PATH, CODE_USES_PATH } from '../enrolment/paths.js';
import { newPseudonym } from '../enrolment/pseudonym.js';
import type { Answer } from '../operation/answer.js';
import type { AnyOperation, Asked } from '../operation/operation.js';
import { notEntitled } from '../reads/caller-reader.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import { wholeList } from '../reads/listing/whole-list.js';
import { listOperation } from './list-operation.js';

/** Who meets the patient. */
const MAY_ISSUE: readonly Role[] = ['nurse', 'clinician', 'coordinator', 'registrar'];

const MAX_TYPED = 64;

const issueBody = z.strictObject({
  /** a pseudonym of the hospital's own, or an enrolled patient's whose device is lost; made when left out */
  patient: z.exactOptional(actorId),
});
const issued = z.strictObject({ code: z.string(), patient: actorId, expiresAt: instant });

const typed = z.string().min(1).max(MAX_TYPED);
const readingBody = z.strictObject({ code: typed });
const reading = z.strictObject({
  network: digest,
  patient: actorId,
  organisation: organisationId,
  expiresAt: instant,
});

const useBody = z.strictObject({ code: typed, keys: publicKeysSchema, proof: possessionProof });
const used = z.strictObject({ patient: actorId });

const waiting = z.strictObject({
  patient: actorId,
  keys: publicKeysSchema,
  proof: possessionProof,
  issuedBy: actorId,
  handedInAt: instant,
  /** whether the patient is enrolled with other keys, so that these take their place */
  renews: z.boolean(),
});

export interface EnrolmentOperationParts {
  readonly codes: EnrolmentCodes;
  readonly directory: ActorDirectory;
  readonly cursors: CursorSeal;
  readonly network: string;
}

const time = (milliseconds: number) => new Date(milliseconds).toISOString();
const created = (body: object): Answer => ({ status: 201, body });

/** How a patient's device comes to be enrolled: a code from the hospital, the device's keys, a registrar's signature. */
export function enrolmentOperations(parts: EnrolmentOperationParts): readonly AnyOperation[] {
  const { codes, directory, cursors, network } = parts;
  const common = { tag: 'enrolment', parameters: {}, idempotency: 'none' } as const;
  const opening = { ...common, access: 'public', method: 'post' } as const;
  return [
    {
      ...common,
      access: 'actor',
      method: 'post',
      path: '/v1/enrolment-codes',
      id: 'issueEnrolmentCode',
      summary:
        "A one-time code by which a patient's device hands in its keys; for those who meet the patient",
      body: issueBody,
      answers: { 201: { description: 'The code, told this once', schema: issued } },
      handle: async ({ caller, body }) => {
        const { patient = newPseudonym() } = parseClosed(issueBody, body, 'body');
        await requireIssuable(directory, caller, patient);
        const { id: issuedBy, organisation } = caller;
        const { code, expiresAt } = await codes.issue({ patient, organisation, issuedBy });
        return created({ code: writeEnrolmentCode(code), patient, expiresAt: time(expiresAt) });
      },
    },
    {
      ...opening,
      path: CODE_READINGS_PATH,
      id: 'readEnrolmentCode',
      summary: 'For whom a one-time code is; it stays open',
      body: readingBody,
      answers: { 201: { description: 'What the device signs to show its keys', schema: reading } },
      handle: async ({ body }: Asked) => {
        const { code } = parseClosed(readingBody, body, 'body');
        const { patient, organisation, expiresAt } = await codes.read(code);
        return created({ network, patient, organisation, expiresAt: time(expiresAt) });
      },
    },
    {
      ...opening,
      path: CODE_USES_PATH,
      id: 'useEnrolmentCode',
      summary: "Hands in a device's public keys and their proof under a one-time code",
      body: useBody,
      answers: { 201: { description: 'They wait for a registrar', schema: used } },
      handle: async ({ body }: Asked) => {
        const { code, keys, proof } = parseClosed(useBody, body, 'body');
        const { patient } = await codes.use(code, { keys, proof }, (entry) =>
          requirePossession(proof, { network, actor: entry.patient, keys }, nativeVerifier),
        );
        return created({ patient });
      },
    },
    listOperation(cursors, {
      path: '/v1/enrolments',
      id: 'listEnrolments',
      tag: 'enrolment',
      summary: "Keys of patients' devices that wait to be enrolled; for the member's registrars",
      parameters: {},
      item: waiting,
      filters: {},
      list: ({ caller }) => {
        if (!caller.roles.includes('registrar')) {
          throw notEntitled('for registrars only', 'authorization');
        }
        return wholeList(
          () => waitingOf(parts, caller),
          ({ handedInAt, patient }) => `${handedInAt} ${patient}`,
        );
      },
    }),
  ];
}

/** What was handed in and is not on the ledger yet. */
async function waitingOf(
  { codes, directory }: EnrolmentOperationParts,
  { organisation }: Caller,
): Promise<readonly z.output<typeof waiting>[]> {
  const found: z.output<typeof waiting>[] = [];
  for (const { patient, issuedBy, handedIn } of await codes.handedIn(organisation)) {
    const enrolled = await directory.find(patient);
    const { keys, proof, at } = handedIn;
    if (enrolled?.keys.ed25519 === keys.ed25519) continue;
    const renews = enrolled !== undefined;
    found.push({ patient, keys, proof, issuedBy, handedInAt: time(at), renews });
  }
  return found;
}

/** A code is for somebody who is not enrolled yet, or for a patient of the same hospital whose keys are lost. */
async function requireIssuable(
  directory: ActorDirectory,
  caller: Caller,
  patient: string,
): Promise<void> {
  if (!caller.roles.some((each) => MAY_ISSUE.includes(each))) {
    throw notEntitled(`for ${MAY_ISSUE.join(', ')} only`, 'authorization');
  }
  const enrolled = await directory.find(patient);
  if (enrolled === undefined) return;
  if (enrolled.organisation === caller.organisation && isPatientCaller(enrolled)) return;
  throw notEntitled("the patient's own hospital only", 'body.patient');
}
