import { z } from 'zod';
import { ofRunConfirmation } from '../annulling/recall.js';
import { controlsContent } from '../commands/annex.js';
import type { Command } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Reason } from '../nouns/reason.js';
import type { Run } from '../nouns/run.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { onlyOwn } from '../standing/refuse.js';
import { localId } from '../values/identifiers.js';
import { reportRunFailure } from './report-run-failure.js';

const confirmRunFailureBody = z.strictObject({ run: localId });
type Body = z.infer<typeof confirmRunFailureBody>;

export const confirmRunFailure = definePermission({
  type: 'manufacturing:ConfirmRunFailure',
  roles: reportRunFailure.roles,
  signature: 'own',
  // the controls belong to every patient in the run: no therapy's parties are told of them
  annexes: [{ name: 'controls', required: true, content: controlsContent, kept: true }],
  body: confirmRunFailureBody,
  scope: (body) => ({ kind: 'run', id: body.run }),
  reads: async (reader, { body: { run } }) => ({ run: await reader.get('run', { id: run }) }),
  standing: ({ run }, { body: { run: id } }, context) =>
    onlyOwn(run, { code: 'NOT_THE_OWNER', subject: `run ${id}` }, context),
  annulling: ofRunConfirmation,
  decide: decideConfirmRunFailure,
});

/**
 * A second person of a run's owner says that its own controls failed, with their results: from then on what failed in it is
 * no result (C1). By one person's word alone a failed check could be tested away.
 */
export function decideConfirmRunFailure(
  { run }: { readonly run: Run | undefined },
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const subject = `run ${command.body.run}`;
  const finding = run?.failures?.find(
    ({ reason, annulled }) => reason === 'controls-failed' && !annulled,
  );
  if (!run || !finding) {
    const expected = 'a finding that its controls failed';
    return { decision: 'refused', reasons: [{ code: 'NOTHING_TO_CONFIRM', subject, expected }] };
  }
  const reasons: Reason[] = [];
  const { confirmed } = finding;
  if (confirmed) reasons.push({ code: 'ALREADY_CONFIRMED', subject, found: confirmed.actor });
  if (isOwnSignature(finding, context)) {
    const [expected, found] = ['another person', context.principal];
    reasons.push({ code: 'SAME_PERSON', subject, expected, found });
  }
  const controls = command.annex?.['controls'] ?? '';
  const by = { ...signedBy(command, context), controls };
  return permitUnless(reasons, () => [
    {
      ...run,
      failures: (run.failures ?? []).map((each) =>
        each === finding ? { ...each, confirmed: by } : each,
      ),
    },
  ]);
}
