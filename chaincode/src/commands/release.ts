import {
  confirmSignature,
  decideConfirmSignature,
} from '@veinledger/domain/manufacturing/confirm-signature';
import {
  decideDisposition,
  decideReportDeviation,
  recordDisposition,
  reportDeviation,
} from '@veinledger/domain/manufacturing/deviation';
import {
  decideLiftHold,
  decidePlaceHold,
  liftHold,
  placeHold,
} from '@veinledger/domain/manufacturing/hold';
import {
  certifyBatch,
  decideCertifyBatch,
  decideRecallBatch,
  decideReviewBatch,
  recallBatch,
  reviewBatch,
} from '@veinledger/domain/manufacturing/release-batch';
import {
  statementOfRecord,
  statementsOf,
  statementsOfAncestry,
} from '@veinledger/domain/manufacturing/statements';
import type { StateReader } from '../state/reader.js';
import { findSuspects } from '../state/suspects.js';
import { walkAncestry } from '../state/walk.js';
import { therapyAndDefinition } from './manufacturing.js';
import { planFact, planPermission } from './plan.js';

async function batchWithAncestry(
  reader: StateReader,
  body: { readonly coi: string; readonly batch: string },
) {
  const { coi, batch: id } = body;
  const batch = await reader.get('batch', { coi, id });
  const vials = batch?.vials.map((vial) => ({ kind: 'item' as const, coi, id: vial })) ?? [];
  const state = await therapyAndDefinition(reader, coi);
  const ancestry = await walkAncestry(reader, [{ kind: 'batch', coi, id }, ...vials]);
  const statements = [...statementsOf(state.therapy), ...statementsOfAncestry(ancestry)];
  return { ...state, batch, ancestry, suspects: await findSuspects(reader, coi, statements) };
}

async function holdState(
  reader: StateReader,
  body: { readonly coi: string; readonly hold: string },
) {
  return {
    therapy: await reader.therapy(body.coi),
    hold: await reader.get('hold', { coi: body.coi, id: body.hold }),
  };
}

export const releasePlans = [
  planPermission(
    reviewBatch,
    (reader, { body }) => batchWithAncestry(reader, body),
    decideReviewBatch,
  ),
  planPermission(
    certifyBatch,
    (reader, { body }) => batchWithAncestry(reader, body),
    decideCertifyBatch,
  ),
  planFact(
    recallBatch,
    async (reader, { body }) => ({
      therapy: await reader.therapy(body.coi),
      batch: await reader.get('batch', { coi: body.coi, id: body.batch }),
    }),
    decideRecallBatch,
  ),
  planFact(
    reportDeviation,
    async (reader, { body }) => ({
      therapy: await reader.therapy(body.coi),
      subject: await reader.subject(body.subject),
    }),
    decideReportDeviation,
  ),
  planPermission(
    recordDisposition,
    async (reader, { body }) => {
      const therapy = await reader.therapy(body.coi);
      const scope = { kind: 'therapy', id: body.coi } as const;
      const deviation = await reader.get('deviation', { scope, id: body.deviation });
      const subjects = await Promise.all(
        (deviation?.subjects ?? []).map((subject) => reader.subject(subject)),
      );
      return { therapy, deviation, subjects: subjects.filter((subject) => subject !== undefined) };
    },
    decideDisposition,
  ),
  planPermission(
    confirmSignature,
    async (reader, { body }) => {
      const therapy = await reader.therapy(body.coi);
      const record = await reader.record(body.command);
      const statements = record ? [statementOfRecord(record)] : [];
      return { therapy, record, suspects: await findSuspects(reader, body.coi, statements) };
    },
    decideConfirmSignature,
  ),
  planFact(
    placeHold,
    async (reader, { body }) => ({
      ...(await holdState(reader, body)),
      subject: await reader.subject(body.subject),
    }),
    decidePlaceHold,
  ),
  planPermission(
    liftHold,
    async (reader, { body }) => {
      const state = await holdState(reader, body);
      return { ...state, subject: state.hold && (await reader.subject(state.hold.subject)) };
    },
    decideLiftHold,
  ),
];
