import { takesNothing } from '../graph/process-kinds.js';
import { isHalted } from '../nouns/therapy.js';
import { Course } from './course.js';
import { aroundIn } from './around.js';
import { ofOrganisation, standingIn } from './asked.js';
import { consentsIn, doubtedProxiesIn } from './consents.js';
import { isOver, towardsDoses } from './doses.js';
import { towardsEnd } from './halted.js';
import { followingAfterHalt, followingIn } from './following.js';
import { begunIn, ofHandOffs } from './in-hand.js';
import type { Matters } from './matters.js';
import { stoppedIn } from './stopped.js';
import { latestOf } from './leads.js';
import { NOTHING_LEADS_ON, type Option, type Wait } from './wait.js';

/**
 * Everything in a therapy that waits for somebody (G1), what stands still first: each open deviation by subject, hold,
 * alarm, half-signed annulment and suspect signature; what is under way from hand to hand; and what the course of the
 * process wants next on the way to the next dose of the order. A halted therapy goes to its end.
 */
export function waitsIn(matters: Matters): readonly Wait[] {
  return allWaits(matters).map((wait) =>
    wait.state === 'ended' || wait.options.some(isSomebody)
      ? wait
      : { ...wait, options: standingIn(matters) },
  );
}

function isSomebody({ roles, person }: Option): boolean {
  return roles.length > 0 || person !== undefined;
}

function allWaits(matters: Matters): readonly Wait[] {
  if (isHalted(matters.whole.therapy)) return distinct(afterHalt(matters));
  const course = new Course(matters);
  const found = [
    ...stoppedIn(matters),
    ...begunIn(matters),
    ...aroundIn(matters),
    ...withoutThings(matters, course),
    ...towardsDoses(matters, course),
    ...followingIn(matters, course),
  ];
  const leading = found.length > 0 || isOver(matters) ? found : [toBeLookedAt(matters)];
  // none of these leads on by itself
  const waits = [...leading, ...consentsIn(matters)];
  const asked = new Set(
    waits
      .filter(({ noun, state }) => noun === 'consent' && state === 'due')
      .map(({ subject }) => subject),
  );
  return distinct(waits).filter(
    ({ code, subject, state }) =>
      code !== 'CONSENT_NOT_ACTIVE' || state === 'due' || !asked.has(subject),
  );
}

/** In a therapy that was halted nothing begins: what stands still is settled, what was given tested, each thing disposed of. */
function afterHalt(matters: Matters): readonly Wait[] {
  return [
    ...stoppedIn(matters),
    ...ofHandOffs(matters),
    ...followingAfterHalt(matters),
    ...towardsEnd(matters),
    ...doubtedProxiesIn(matters),
  ];
}

/** Nobody is ever left with nothing to do: quality says what is the matter, and so can settle it. */
function toBeLookedAt(matters: Matters): Wait {
  const { therapy } = matters.whole;
  return {
    state: 'stopped',
    noun: 'therapy',
    subject: `therapy ${therapy.coi}`,
    code: NOTHING_LEADS_ON,
    options: ofOrganisation(matters, 'manufacturing:ReportDeviation', ['quality'], therapy.quality),
    since: latestOf(matters, []),
  };
}

/** Steps that take and make nothing, which no other step brings about: a slot is booked. */
function withoutThings({ whole: { definition } }: Matters, course: Course): readonly Wait[] {
  return definition.steps
    .filter((step) => step.attestedBy === 'manufacturing:ReportStep' && takesNothing(step))
    .filter((step) => !course.isThere(step))
    .flatMap((step) => course.lead(step));
}

/** Each wait once; of what two places find, who does not count and what is known stays. */
function distinct(waits: readonly Wait[]): readonly Wait[] {
  const found = new Map<string, Wait>();
  for (const wait of waits) {
    const { noun, subject, code, options } = wait;
    const name = JSON.stringify([noun, subject, code, options]);
    found.set(name, { ...found.get(name), ...wait });
  }
  return [...found.values()];
}
