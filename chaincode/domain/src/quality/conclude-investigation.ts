import { z } from 'zod';
import { ofConclusion } from '../annulling/investigation.js';
import { missingOf, namesOfSigners } from '../annulling/signers.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { nameOfAttempt } from '../graph/links.js';
import { reasonsOfRetest, retestsOf } from '../graph/retest.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { SignerAskedFor } from '../nouns/gathered.js';
import type { Investigation } from '../nouns/investigation.js';
import type { Organisation } from '../nouns/organisation.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { causeOfFailure } from '../values/words.js';
import { signatureOf } from '../commands/gathered-signature.js';

const concludeInvestigationBody = z.strictObject({
  coi,
  investigation: localId,
  cause: causeOfFailure,
});
type Body = z.infer<typeof concludeInvestigationBody>;

export const concludeInvestigation = definePermission({
  type: 'quality:ConcludeInvestigation',
  roles: ['quality', 'release-person'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: true, content: investigationContent }],
  body: concludeInvestigationBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const whole = await readWholeTherapy(reader, body.coi);
    const deciding = await reader.get('organisation', { id: whole.therapy.quality });
    return { whole, deciding };
  },
  standing: ({ whole }, _command, context) => onlyQuality(whole.therapy, context),
  annulling: ofConclusion,
  decide: decideConcludeInvestigation,
});

export interface ConcludeState {
  readonly whole: WholeTherapy;
  /** the organisation whose quality decides */
  readonly deciding: Organisation | undefined;
}

/**
 * Two people of quality sign what an investigation found; of a check of identity one of them is a release person (C2). A
 * cause in the laboratory lets the retest that was planned, done so and passed stand for the failed check (C1). With any
 * other cause, which only the full phase can end with, the failure stands.
 */
export function decideConcludeInvestigation(
  { whole, deciding }: ConcludeState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { cause, investigation: id } = command.body;
  const investigation = whole.investigations.find((each) => each.id === id);
  const failed = investigation && whole.attempts.get(nameOfAttempt(investigation));
  const subject = `investigation ${id}`;
  if (!investigation || !failed || investigation.annulled) {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_INVESTIGATION', subject }] };
  }
  const asked = signersOf(whole, investigation, deciding);
  const signatures = investigation.conclusion?.signatures ?? [];
  const before = missingOf(asked, signatures);
  const signed = [...signatures, signatureOf(command, context)];
  const missing = missingOf(asked, signed);
  const retests = cause === 'laboratory' ? retestsOf(whole, investigation) : [];
  const reasons: Reason[] = [
    ...reasonsOfCourse(investigation, cause),
    ...reasonsOfPerson(investigation, [failed, ...retests], context),
    ...(cause === 'laboratory' ? reasonsOfRetest(whole, investigation, retests) : []),
  ];
  if (missing.length >= before.length)
    reasons.push({ code: 'NOT_ASKED_TO_SIGN', subject, expected: namesOfSigners(before) });
  return permitUnless(reasons, () => {
    const isDone = missing.length === 0;
    const standing = isDone ? retests.map(({ step, attempt }) => ({ step, attempt })) : [];
    const concluded = isDone ? { concluded: signedBy(command, context) } : {};
    const conclusion = { cause, signatures: signed, missing, retests: standing, ...concluded };
    return [{ ...investigation, conclusion }];
  });
}

/** Who signs: two people, of whom one releases if the check was of identity and the organisation has such. */
function signersOf(
  { therapy, definition }: WholeTherapy,
  { step, check }: Investigation,
  deciding: Organisation | undefined,
): readonly SignerAskedFor[] {
  const quality: SignerAskedFor = { organisation: therapy.quality, roles: ['quality'] };
  if (!deciding?.grantable.includes('release-person')) return [quality, quality];
  const of = stepOf(definition, step)?.checks.find(({ code }) => code === check)?.class;
  const roles = of === 'identity' ? RELEASES : [...RELEASES, ...quality.roles];
  return [quality, { ...quality, roles }];
}

const RELEASES: SignerAskedFor['roles'] = ['release-person'];

function reasonsOfCourse(
  { id, phases, conclusion }: Investigation,
  cause: Body['cause'],
): readonly Reason[] {
  const subject = `investigation ${id}`;
  const reasons: Reason[] = [];
  if (conclusion?.concluded)
    reasons.push({ code: 'ALREADY_CONCLUDED', subject, found: conclusion.cause });
  if (conclusion && conclusion.cause !== cause)
    reasons.push({ code: 'OTHER_CAUSE', subject, expected: conclusion.cause, found: cause });
  const phase = phases.at(-1)?.phase ?? 'none';
  if (cause !== 'laboratory' && phase !== 'full')
    reasons.push({ code: 'PHASE_OUT_OF_ORDER', subject, expected: 'full', found: phase });
  return reasons;
}

/** Nobody signs twice, nor judges a test that was their own. */
function reasonsOfPerson(
  { id, conclusion }: Investigation,
  tested: readonly StepAttempt[],
  context: Context,
): readonly Reason[] {
  const reports = tested.flatMap(({ report, repeated = [] }) => [report, ...repeated]);
  const signed = [...(conclusion?.signatures ?? []), ...reports];
  if (!signed.some((each) => each && isOwnSignature(each, context))) return [];
  const { principal: found } = context;
  const expected = 'another person than who signed or tested';
  return [{ code: 'SAME_PERSON', subject: `investigation ${id}`, expected, found }];
}
