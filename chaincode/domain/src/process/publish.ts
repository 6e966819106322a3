import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { AgreedProcess } from '../nouns/agreed-process.js';
import { processDefinition, processHash } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { ProcessVersion } from '../nouns/process.js';
import { everybodyEntitled } from '../standing/refuse.js';

const publishProcessBody = z.strictObject({ definition: processDefinition });

export const publishProcess = definePermission({
  type: 'process:Publish',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: publishProcessBody,
  scope: consortiumScope,
  reads: async (reader, command) => {
    const { id, version } = command.body.definition;
    return {
      published: await reader.get('process', { id, version }),
      agreed: await reader.get('agreed-process', { id, version }),
    };
  },
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decidePublish,
});
type Body = z.infer<typeof publishProcessBody>;

/** A definition takes effect when the consortium agreed on its hash, in its root or by votes; a version is written once. */
export function decidePublish(
  state: {
    readonly published: ProcessVersion | undefined;
    /** what members agreed on by votes; it takes the place of what the root says */
    readonly agreed: AgreedProcess | undefined;
  },
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { definition } = command.body;
  const hash = processHash(definition);
  const founded = context.root.processes.find(
    (each) => each.id === definition.id && each.version === definition.version,
  );
  const agreed = state.agreed ?? founded;
  const subject = `process ${definition.id} ${definition.version}`;
  const reasons: Reason[] = [];
  if (state.published)
    reasons.push({ code: 'PROCESS_IMMUTABLE', subject, found: state.published.hash });
  if (agreed?.hash !== hash) {
    reasons.push({
      code: 'PROCESS_NOT_AGREED',
      subject,
      expected: agreed?.hash ?? 'an agreed hash',
      found: hash,
    });
  }
  return permitUnless(reasons, () => [
    {
      noun: 'process',
      id: definition.id,
      version: definition.version,
      hash,
      definition,
      publishedBy: command.actor,
      at: context.transactionTime,
    },
  ]);
}
