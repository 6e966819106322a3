import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { type Actor, isRelayed } from '../nouns/actor.js';
import type { ProcessVersion } from '../nouns/process.js';
import { type ProcessDefinition, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { personAsking, signedBy } from '../nouns/signed.js';
import type { Training } from '../nouns/training.js';
import { onlyOwn } from '../standing/refuse.js';
import { actorId, code, commitment, instant, version } from '../values/identifiers.js';
import { milliseconds } from '../values/time.js';

const recordTrainingBody = z.strictObject({
  actor: actorId,
  process: z.strictObject({ id: code, version }),
  /** each once */
  steps: z
    .array(code)
    .min(1)
    .max(32)
    .refine((steps) => new Set(steps).size === steps.length, 'steps that each stand once'),
  from: instant,
  /** exclusive; one that is past ends what stood before */
  until: instant,
  /** the commitment of the certificate or assessment, which the organisation keeps */
  evidence: commitment,
});

export const recordTraining = definePermission({
  type: 'registry:RecordTraining',
  roles: ['quality', 'registrar'],
  signature: 'own',
  annexes: [],
  body: recordTrainingBody,
  scope: consortiumScope,
  reads: async (reader, { body: { actor, process, steps } }) => {
    const before = steps.map((step) =>
      reader.get('training', { actor, process: process.id, version: process.version, step }),
    );
    return {
      trained: await reader.get('actor', { id: actor }),
      process: await reader.get('process', process),
      before: (await Promise.all(before)).filter((each) => each !== undefined),
    };
  },
  standing: ({ trained }, { body }, context) =>
    onlyOwn(trained, { code: 'FOREIGN_ACTOR', subject: `actor ${body.actor}` }, context),
  annulling: 'never',
  decide: decideRecordTraining,
});
type Body = z.infer<typeof recordTrainingBody>;

export interface RecordTrainingState {
  /** whom it is said of */
  readonly trained: Actor | undefined;
  readonly process: ProcessVersion | undefined;
  /** what was said of these steps before */
  readonly before: readonly Training[];
}

/**
 * Quality or a registrar says for which steps one of the own organisation is trained or authorised, and until when, in
 * place of what was said before. Nobody says it of themselves, under whatever actor.
 */
export function decideRecordTraining(
  { trained, process, before }: RecordTrainingState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { evidence, from, until } = body;
  const { id, version: of } = body.process;
  const reasons = [
    ...reasonsOfTrained(body.actor, trained, context),
    ...reasonsOfSteps(body, process?.definition),
  ];
  if (milliseconds(from) >= milliseconds(until)) {
    const subject = `training ${body.actor}`;
    const expected = `an end after ${from}`;
    reasons.push({ code: 'PERIOD_EMPTY', subject, expected, found: until });
  }
  const recorded = signedBy(command, context);
  return permitUnless(reasons, () =>
    body.steps.map((step): Training => {
      const former = before.find((each) => each.step === step);
      const replaces = former ? { replaces: former.recorded.command } : {};
      const { actor } = body;
      const said = { actor, process: id, version: of, step, from, until, evidence };
      return { noun: 'training', ...said, recorded, ...replaces };
    }),
  );
}

function reasonsOfTrained(id: string, trained: Actor | undefined, context: Context): Reason[] {
  const subject = `actor ${id}`;
  if (!trained) return [{ code: 'NO_SUCH_ACTOR', subject }];
  const reasons: Reason[] = [];
  if (isRelayed(trained)) {
    const found = trained.roles.join();
    reasons.push({ code: 'NOT_STAFF', subject, expected: 'somebody who works', found });
  }
  if (trained.revocation) {
    reasons.push({ code: 'ACTOR_REVOKED', subject, found: trained.revocation.at });
  }
  const isSelf = id === context.principal || trained.person === personAsking(context);
  if (isSelf) reasons.push({ code: 'SAME_PERSON', subject, expected: 'the word of another' });
  return reasons;
}

function reasonsOfSteps(
  { process: { id, version: of }, steps }: Body,
  definition: ProcessDefinition | undefined,
): readonly Reason[] {
  const subject = `process ${id} ${of}`;
  if (!definition) return [{ code: 'PROCESS_NOT_PUBLISHED', subject }];
  const unknown = steps.filter((step) => stepOf(definition, step) === undefined);
  if (unknown.length === 0) return [];
  const expected = definition.steps.map((step) => step.id).join();
  return [{ code: 'UNKNOWN_STEP', subject, expected, found: unknown.join() }];
}
