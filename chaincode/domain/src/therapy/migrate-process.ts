import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { reasonsOfHalt } from '../gates/blocks.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Organisation } from '../nouns/organisation.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { changeInWords, changesBetween, processChangeSchema } from '../process/changes.js';
import { onlyQuality } from '../standing/refuse.js';
import { code, coi, digest, version } from '../values/identifiers.js';
import { reasonsOfJurisdiction } from './order.js';
import { reasonsOfDropped } from './passed.js';
import { reasonsOfQuality, rolesWithoutParty } from './quality.js';

const migrateProcessBody = z.strictObject({
  coi,
  /** the published version by which the therapy goes on */
  process: z.strictObject({ id: code, version, hash: digest }),
  /** everything that is otherwise than before, as quality has read it */
  changes: z.array(processChangeSchema).max(256),
});

export const migrateProcess = definePermission({
  type: 'therapy:MigrateProcess',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: migrateProcessBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const whole = await readWholeTherapy(reader, body.coi);
    const { therapy } = whole;
    const { id, version: number } = body.process;
    return {
      whole,
      therapy,
      process: await reader.get('process', { id, version: number }),
      parties: await Promise.all(therapy.parties.map((id) => reader.get('organisation', { id }))),
    };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideMigrateProcess,
});
type Body = z.infer<typeof migrateProcessBody>;

export interface MigrateState {
  readonly whole: WholeTherapy;
  readonly therapy: Therapy;
  /** the version that the therapy would go on by */
  readonly process: ProcessVersion | undefined;
  readonly parties: readonly (Organisation | undefined)[];
}

/**
 * Quality has a running therapy go on by another version of its process, and names all that changes for it. What was
 * passed, done, made or failed by the version before is in the new one too, or the therapy stays where it is.
 */
export function decideMigrateProcess(
  { whole, therapy, process, parties }: MigrateState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const subject = `process ${body.process.id} ${body.process.version}`;
  if (!process)
    return { decision: 'refused', reasons: [{ code: 'PROCESS_NOT_PUBLISHED', subject }] };
  const { definition } = process;
  const reasons: readonly Reason[] = [
    ...reasonsOfHalt(therapy),
    ...reasonsOfVersion(therapy, body, process, subject),
    ...reasonsOfChanges(whole.definition, definition, body, subject),
    ...reasonsOfDropped(whole, definition),
    ...reasonsOfJurisdiction(definition, therapy.jurisdiction, subject),
    ...reasonsOfParties(therapy, parties, definition),
  ];
  return permitUnless(reasons, () => [
    {
      ...therapy,
      process: body.process,
      migrations: [
        ...(therapy.migrations ?? []),
        { ...signedBy(command, context), from: therapy.process },
      ],
    },
  ]);
}

function reasonsOfVersion(
  { process: current }: Therapy,
  { process: asked }: Body,
  { hash }: ProcessVersion,
  subject: string,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (asked.id !== current.id) {
    reasons.push({ code: 'OTHER_PROCESS', subject, expected: current.id, found: asked.id });
  }
  if (asked.hash !== hash) {
    reasons.push({ code: 'PROCESS_HASH_DIFFERS', subject, expected: hash, found: asked.hash });
  }
  if (hash === current.hash) reasons.push({ code: 'NOTHING_CHANGES', subject, found: hash });
  return reasons;
}

/** What quality signs is what it read: each change is named, and nothing else is. */
function reasonsOfChanges(
  before: ProcessDefinition,
  after: ProcessDefinition,
  { changes }: Body,
  subject: string,
): readonly Reason[] {
  const named = new Set(changes.map(changeInWords));
  const real = new Set(changesBetween(before, after).map(changeInWords));
  const missing = [...real].filter((each) => !named.has(each));
  const beside = [...named].filter((each) => !real.has(each));
  if (missing.length + beside.length === 0) return [];
  return [
    {
      code: 'CHANGES_NOT_NAMED',
      subject,
      expected: missing.join('; ') || 'nothing more',
      found: beside.join('; ') || 'nothing else',
    },
  ];
}

function reasonsOfParties(
  { quality }: Therapy,
  members: readonly (Organisation | undefined)[],
  definition: ProcessDefinition,
): readonly Reason[] {
  const parties = members.filter((each) => each !== undefined);
  return [
    ...reasonsOfQuality(quality, parties, definition),
    ...rolesWithoutParty(parties, definition),
  ];
}
