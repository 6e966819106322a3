import { z } from 'zod';
import { ofDisposition } from '../annulling/quality.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { checkFoundIn, groundFor } from '../graph/failed-check.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { stepOf } from '../nouns/process-definition.js';
import { refOf } from '../nouns/reference.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { coi, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import {
  block,
  isSameSubject,
  nameOf,
  reject,
  type SubjectRef,
  subjectRef,
  unblock,
} from '../nouns/subject.js';
import { isWithoutResults } from '../nouns/run.js';
import { concernedIn, type Deviation, settle } from '../nouns/deviation.js';
import { type CheckOfDeviation, reasonsAgainstPermit } from './permit-use.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import { dispositionDecision, type GroundOfPermission } from '../values/words.js';
import { onlyQuality } from '../standing/refuse.js';

const recordDispositionBody = z.strictObject({
  coi,
  deviation: localId,
  /** the one of its subjects that is settled */
  subject: subjectRef,
  decision: dispositionDecision,
});

export const recordDisposition = definePermission({
  type: 'manufacturing:RecordDisposition',
  roles: ['quality'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: false, content: investigationContent }],
  body: recordDispositionBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const scope = { kind: 'therapy', id: body.coi } as const;
    const opened = await reader.get('deviation', { scope, id: body.deviation });
    const thing = await reader.subject(body.subject);
    const isOfCheck = opened !== undefined && OF_CHECKS.includes(opened.code);
    // what was found of a run stands in the run's record, until it is settled for the first of its subjects here
    const isOnRecord = opened !== undefined && concernedIn(opened, body.subject) !== undefined;
    if (isOnRecord && !isOfCheck) return { therapy, deviation: opened, thing };
    const whole = await readWholeTherapy(reader, body.coi);
    const deviation = whole.deviations.get(body.deviation);
    const stopped = thing && deviation && stoppedBy(thing, deviation);
    return { therapy, deviation, opened, thing: stopped, whole };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: ofDisposition,
  decide: decideDisposition,
});

export interface DispositionState {
  /** as it counts now */
  readonly deviation: Deviation | undefined;
  /** as it is written, where it is */
  readonly opened?: Deviation | undefined;
  readonly thing: BlockableEntity | undefined;
  /** of a deviation that tells of a check: everything that may stand for that */
  readonly whole?: WholeTherapy | undefined;
}

/**
 * Quality settles a deviation for one of its subjects in this therapy: it may be used again, or never (G2). Whoever
 * caused it does not judge it, and no disposition turns one patient's item into another's, because the gates compare
 * chains of identity.
 */
export function decideDisposition(
  state: DispositionState,
  command: Command<z.infer<typeof recordDispositionBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { deviation, thing } = state;
  const subject = `deviation ${body.deviation}`;
  if (!deviation) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_DEVIATION', subject }] };
  const concerned = concernedIn(deviation, body.subject);
  if (!concerned || !thing) {
    const expected = deviation.subjects.map(({ ref }) => nameOf(ref)).join(', ') || 'no subject';
    return { decision: 'refused', reasons: [{ code: 'SUBJECT_NOT_CONCERNED', subject, expected }] };
  }
  const reasons: Reason[] = [];
  if (concerned.disposition) {
    reasons.push({ code: 'ALREADY_DISPOSED', subject, found: concerned.disposition.decision });
  }
  if (isOwnSignature(deviation.opened, context)) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than who caused it',
      found: context.principal,
    });
  }
  const { decision } = body;
  const permission = decision === 'permit-use' ? permitted(state, deviation, command) : {};
  reasons.push(...(permission.reasons ?? []));
  const by = signedBy(command, context);
  const { restsOn } = permission;
  const disposition = { ...by, decision, ...(restsOn === undefined ? {} : { restsOn }) };
  return permitUnless(reasons, () => [
    settle(ofRecord(state, deviation, body.subject), body.subject, disposition),
    decision === 'permit-use'
      ? unblock(thing, { kind: 'deviation', id: deviation.id }, by)
      : reject(thing, deviation.id),
  ]);
}

/** Why its use is not permitted, or on what that rests which may be lost again, where it does not stand by itself. */
function permitted(
  state: DispositionState,
  deviation: Deviation,
  { body, annex }: Command<z.infer<typeof recordDispositionBody>>,
): { readonly reasons?: readonly Reason[]; readonly restsOn?: GroundOfPermission | undefined } {
  const { standsFor: restsOn, ...check } = checkOf(state, deviation);
  const reasons = reasonsAgainstPermit(deviation, body.subject, annex, check);
  if (reasons.length === 0) return {};
  return restsOn === undefined ? { reasons } : { restsOn };
}

/** The deviation as it is written, where it is about that: what was settled for others stays as it was. */
function ofRecord({ opened }: DispositionState, deviation: Deviation, ref: SubjectRef): Deviation {
  return opened && concernedIn(opened, ref) ? opened : deviation;
}

/** The thing with a deviation's blocker in its own record. */
function stoppedBy(thing: BlockableEntity, { id, code, subjects }: Deviation): BlockableEntity {
  const isConcerned = subjects.some(({ ref }) => isSameSubject(ref, refOf(thing)));
  if (!isConcerned || thing.blockers.some((each) => each.id === id)) return thing;
  return block(thing, { kind: 'deviation', id, code });
}

/** The deviations that tell what became of a step's check. */
const OF_CHECKS: readonly DeviationCode[] = [
  'IDENTITY_CHECK_FAILED',
  'IDENTITY_CHECK_MISSING',
  'SAFETY_CHECK_FAILED',
  'SAFETY_CHECK_MISSING',
  'RESULT_OUT_OF_LIMITS',
];

function checkOf({ whole }: DispositionState, deviation: Deviation): CheckOfDeviation {
  const found = whole && checkFoundIn(whole, deviation);
  if (!found) return {};
  const run = whole.failedRuns.get(found.run);
  const checks = stepOf(whole.definition, found.attempt.step)?.checks ?? [];
  return {
    standsFor: groundFor(whole, found),
    noResult: run !== undefined && isWithoutResults(run),
    leadsOn: checks.find(({ code }) => code === found.check)?.leadsOn,
  };
}
