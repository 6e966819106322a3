import { everyResultOf } from '../graph/results.js';
import { nameOfAttempt } from '../graph/links.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { type ProcessDefinition, type Step, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';

/** Why a therapy cannot go on by another version: what it has passed, done, made or failed would not be in it. */
export function reasonsOfDropped(whole: WholeTherapy, after: ProcessDefinition): readonly Reason[] {
  return [
    ...whole.definition.steps
      .filter((step) => isPassed(whole, step))
      .flatMap((step) => reasonsOfStep(step, stepOf(after, step.id))),
    ...reasonsOfKinds(whole, after),
    ...reasonsOfFailures(whole, after),
  ];
}

/** Whether something of a step has happened in a therapy. */
function isPassed({ items, attempts, designs, batches, ...whole }: WholeTherapy, step: Step) {
  const things = [...items.values()];
  switch (step.attestedBy) {
    case 'therapy:OrderTherapy':
      return true;
    case 'manufacturing:ReportStep':
      return [...attempts.values()].some((attempt) => attempt.step === step.id);
    case 'manufacturing:ApproveDesign':
      return [...designs.values()].some(({ approved }) => approved);
    case 'manufacturing:ReviewBatch':
      return [...batches.values()].some(({ review }) => review);
    case 'manufacturing:CertifyBatch':
      return [...batches.values()].some(({ certification }) => certification);
    case 'custody:CollectItem':
      return things.some(({ collected }) => collected);
    case 'custody:ReceiveItem':
      return things.some(
        ({ kind, handOff }) => step.inputs.includes(kind) && handOff?.verdict === 'accepted',
      );
    case 'custody:DeriveItem':
      return things.some(({ kind, producedBy }) => step.outputs.includes(kind) && !producedBy);
    case 'care:VerifyBedside':
      return whole.verifications.size > 0;
    case 'care:RecordAdministration':
      return whole.doses.size > 0;
    default:
      return false;
  }
}

function reasonsOfStep(step: Step, later: Step | undefined): readonly Reason[] {
  const subject = `step ${step.id}`;
  const found = later
    ? `${later.gate ?? 'no gate'}, attested by ${later.attestedBy}`
    : 'no such step';
  const expected = `${step.gate ?? 'no gate'}, attested by ${step.attestedBy}`;
  if (step.gate !== undefined && step.gate !== later?.gate) {
    return [{ code: 'GATE_DROPPED', subject, expected, found }];
  }
  if (later?.attestedBy === step.attestedBy) return [];
  const code = step.gate === undefined ? 'STEP_DROPPED' : 'GATE_DROPPED';
  return [{ code, subject, expected, found }];
}

/** Kinds of what is there: each is known, and the step that made it makes it. */
function reasonsOfKinds({ items, datasets }: WholeTherapy, after: ProcessDefinition) {
  const known = new Set(after.items.map(({ code }) => code));
  const isMade = (kind: string, step: string, what: 'outputs' | 'datasets') =>
    stepOf(after, step)?.[what].includes(kind) !== false;
  const dropped = [
    ...[...items.values()].flatMap(({ id, kind, producedBy }) => {
      if (kind === 'unidentified') return [];
      const stays = known.has(kind) && (!producedBy || isMade(kind, producedBy.step, 'outputs'));
      return stays ? [] : [{ subject: `item ${id}`, expected: kind }];
    }),
    ...[...datasets.values()].flatMap(({ id, kind, producedBy }) =>
      isMade(kind, producedBy.step, 'datasets')
        ? []
        : [{ subject: `dataset ${id}`, expected: kind }],
    ),
  ];
  return dropped.map((each): Reason => ({ code: 'KIND_DROPPED', ...each }));
}

/** What failed stays failed: its check keeps its class and what may top it up, and what was no result becomes none. */
function reasonsOfFailures(whole: WholeTherapy, after: ProcessDefinition): readonly Reason[] {
  const design = whole.definition.steps.find(
    ({ attestedBy }) => attestedBy === 'manufacturing:ApproveDesign',
  );
  const judged = [
    ...[...whole.attempts.values()].map((attempt) => ({
      subject: `step ${nameOfAttempt(attempt)}`,
      step: attempt.step,
      verdicts: everyResultOf(whole, attempt),
      later: everyResultOf({ definition: after }, attempt),
    })),
    ...[...whole.designs.values()].map(({ id, verdicts }) => ({
      subject: `design ${id}`,
      step: design?.id ?? '',
      verdicts,
      later: verdicts,
    })),
  ];
  return judged.flatMap(({ subject, step, verdicts, later }) =>
    verdicts.flatMap(({ check, verdict }, index): readonly Reason[] => {
      if (verdict !== 'fail' && verdict !== 'missing') return [];
      const before = weightOfCheck(whole.definition, step, check);
      if (before === undefined) return [];
      const found = weightOfCheck(after, step, check) ?? 'no such check';
      const counts = later[index]?.verdict ?? 'missing';
      if (before === found && counts === verdict) return [];
      return [
        {
          code: 'FAILURE_DROPPED',
          subject,
          expected: `${check} of class ${before}: ${verdict}`,
          found: `${found}: ${counts}`,
        },
      ];
    }),
  );
}

/** The class of a check, and in which way what is too little may be topped up. */
function weightOfCheck(definition: ProcessDefinition, step: string, check: string) {
  const found = stepOf(definition, step)?.checks.find(({ code }) => code === check);
  if (!found) return undefined;
  const topUp = found.kind === 'range' ? found.topUp : undefined;
  return topUp === undefined ? found.class : `${found.class}, topped up by ${topUp}`;
}
