import { decideRecordBatch, recordBatch } from '@veinledger/domain/manufacturing/batch';
import { decideReportStep } from '@veinledger/domain/manufacturing/decide-report';
import {
  approveDesign,
  decideApproveDesign,
  decideSubmitDesign,
  submitDesign,
} from '@veinledger/domain/manufacturing/design';
import {
  decideRegisterLot,
  decideRegisterRun,
  registerLot,
  registerRun,
} from '@veinledger/domain/manufacturing/lot';
import { statementsOf, statementsOfAncestry } from '@veinledger/domain/manufacturing/statements';
import { reportStep } from '@veinledger/domain/manufacturing/report-step';
import { decideStartStep, startStep } from '@veinledger/domain/manufacturing/start-step';
import type { StateReader } from '../state/reader.js';
import { findSuspects } from '../state/suspects.js';
import { walkAncestry } from '../state/walk.js';
import { weighConsents } from '../state/weigh-consents.js';
import { planFact, planPermission } from './plan.js';

/** The therapy and its pinned process definition, which every manufacturing decision reads. */
export async function therapyAndDefinition(reader: StateReader, coi: string) {
  const therapy = await reader.therapy(coi);
  return { therapy, definition: (await reader.processOf(therapy)).definition };
}

function optionally<T>(id: string | undefined, read: (id: string) => Promise<T | undefined>) {
  return id === undefined ? Promise.resolve(undefined) : read(id);
}

export const manufacturingPlans = [
  planPermission(
    startStep,
    async (reader, { body }) => {
      const { coi } = body;
      const state = await therapyAndDefinition(reader, coi);
      const named = await Promise.all(
        body.evidence.map(({ step, attempt }) => reader.get('step', { coi, step, attempt })),
      );
      const evidence = named.filter((attempt) => attempt !== undefined);
      const inputs = await Promise.all(body.inputs.map((item) => reader.named(coi, item)));
      const design = await optionally(body.design, (id) => reader.get('design', { coi, id }));
      const batch = await optionally(body.batch, (id) => reader.get('batch', { coi, id }));
      const items = inputs.flatMap((each) => (each.known === 'own' ? [each.item] : []));
      const restsOn = [state.therapy, ...items, ...evidence, design, batch].flatMap((thing) =>
        thing ? statementsOf(thing) : [],
      );
      return {
        ...state,
        existing: await reader.get('step', { coi, step: body.step, attempt: body.attempt }),
        inputs,
        evidence,
        design,
        batch,
        consents: await weighConsents(reader, state.therapy.patient),
        suspects: await findSuspects(reader, coi, restsOn),
      };
    },
    decideStartStep,
  ),
  planFact(
    reportStep,
    async (reader, { body }) => {
      const { coi } = body;
      const dataset = (id: string) => reader.get('dataset', { coi, id });
      return {
        ...(await therapyAndDefinition(reader, coi)),
        existing: await reader.get('step', { coi, step: body.step, attempt: body.attempt }),
        inputs: await Promise.all(body.inputs.map(({ item }) => reader.named(coi, item))),
        outputs: await Promise.all(body.outputs.map(({ item }) => reader.given(coi, item))),
        inputDatasets: await Promise.all(body.inputDatasets.map(dataset)),
        outputDatasets: await Promise.all(body.datasets.map(({ id }) => dataset(id))),
        lots: await Promise.all(body.lots.map((id) => reader.get('lot', { id }))),
        run: await optionally(body.run, (id) => reader.get('run', { id })),
        design: await optionally(body.design, (id) => reader.get('design', { coi, id })),
        batch: await optionally(body.batch, (id) => reader.get('batch', { coi, id })),
      };
    },
    decideReportStep,
  ),
  planFact(
    submitDesign,
    async (reader, { body }) => ({
      ...(await therapyAndDefinition(reader, body.coi)),
      existing: await reader.get('design', { coi: body.coi, id: body.design }),
      datasets: await Promise.all(
        body.datasets.map((id) => reader.get('dataset', { coi: body.coi, id })),
      ),
    }),
    decideSubmitDesign,
  ),
  planPermission(
    approveDesign,
    async (reader, { body }) => {
      const { coi } = body;
      const state = await therapyAndDefinition(reader, coi);
      const design = await reader.get('design', { coi, id: body.design });
      const ancestry = await walkAncestry(reader, [{ kind: 'design', coi, id: body.design }]);
      const { step, attempt } = design?.ranking ?? { step: '', attempt: 0 };
      return {
        ...state,
        design,
        ranking: design && (await reader.get('step', { coi, step, attempt })),
        ancestry,
        consents: await weighConsents(reader, state.therapy.patient),
        suspects: await findSuspects(reader, coi, [
          ...statementsOf(state.therapy),
          ...statementsOfAncestry(ancestry),
        ]),
      };
    },
    decideApproveDesign,
  ),
  planFact(
    recordBatch,
    async (reader, { body }) => {
      const { coi, fill } = body;
      return {
        therapy: await reader.therapy(coi),
        existing: await reader.get('batch', { coi, id: body.batch }),
        design: await reader.get('design', { coi, id: body.design }),
        fill: await reader.get('step', { coi, step: fill.step, attempt: fill.attempt }),
        vials: await Promise.all(body.vials.map((item) => reader.named(coi, item))),
      };
    },
    decideRecordBatch,
  ),
  planFact(
    registerLot,
    async (reader, { body }) => ({ existing: await reader.get('lot', { id: body.lot }) }),
    decideRegisterLot,
  ),
  planFact(
    registerRun,
    async (reader, { body }) => ({ existing: await reader.get('run', { id: body.run }) }),
    decideRegisterRun,
  ),
];
