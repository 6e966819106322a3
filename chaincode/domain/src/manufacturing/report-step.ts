import { ofReport } from '../annulling/manufacturing.js';
import { certificateContent, fileContent, resultsContent } from '../commands/annex.js';
import { defineFact } from '../commands/define.js';
import { readUseByFact } from '../consent/fact.js';
import { readMet } from '../custody/identify.js';
import { therapyScope } from '../commands/command.js';
import { STEP_ROLES } from './start-step.js';
import { decideReportStep } from './decide-report.js';
import { optionally, therapyAndDefinition } from './pinned-process.js';
import { reportStepBody } from './step-report.js';
import { readTraining } from './training.js';
import { alarmUnless } from '../standing/claim.js';
import { ofSameOrganisation, ofStepRole } from '../standing/people.js';
import { dataClassesOf, stepOf } from '../nouns/process-definition.js';

export const reportStep = defineFact({
  type: 'manufacturing:ReportStep',
  roles: STEP_ROLES,
  signature: 'delegable',
  annexes: [
    { name: 'results', required: true, content: resultsContent },
    { name: 'dataset.*', required: false, content: fileContent },
    { name: 'certificate', required: false, content: certificateContent },
  ],
  body: reportStepBody,
  scope: therapyScope,
  reads: async (reader, { body }, context) => {
    const { coi } = body;
    const dataset = (id: string) => reader.get('dataset', { coi, id });
    const outputs = await Promise.all(body.outputs.map(({ item }) => reader.given(coi, item)));
    const { therapy, definition } = await therapyAndDefinition(reader, coi);
    const step = stepOf(definition, body.step);
    const existing = await reader.get('step', { coi, step: body.step, attempt: body.attempt });
    const begun = existing?.permission ?? existing?.report;
    return {
      therapy,
      definition,
      use: await readUseByFact(reader, therapy.patient, {
        purposes: step?.consents ?? [],
        dataClasses: step ? dataClassesOf(step) : [],
        to: context.actor.organisation,
      }),
      training: await readTraining(reader, definition, step, context.principal),
      reporter: await reader.get('organisation', { id: context.actor.organisation }),
      existing,
      begunBy: await optionally(begun?.actor, (id) => reader.get('actor', { id })),
      inputs: await Promise.all(body.inputs.map(({ item }) => reader.named(coi, item))),
      outputs,
      unidentified: await readMet(reader, outputs),
      inputDatasets: await Promise.all(body.inputDatasets.map(dataset)),
      outputDatasets: await Promise.all(body.datasets.map(({ id }) => dataset(id))),
      lots: await Promise.all(body.lots.map((id) => reader.get('lot', { id }))),
      run: await optionally(body.run, (id) => reader.get('run', { id })),
      design: await optionally(body.design, (id) => reader.get('design', { coi, id })),
      batch: await optionally(body.batch, (id) => reader.get('batch', { coi, id })),
    };
  },
  standing: (state, { body: { coi, step: id, attempt } }, context) => {
    const { therapy, definition, reporter, begunBy } = state;
    const isOfStep =
      ofStepRole(therapy, stepOf(definition, id), reporter, context) ||
      ofSameOrganisation(begunBy, context);
    return alarmUnless(isOfStep, {
      subject: { kind: 'step', coi, id, attempt },
      claim: 'other',
    });
  },
  annulling: ofReport,
  decide: decideReportStep,
});
