import { reasonsToLook } from '../gates/alarms.js';
import { distinct } from '../gates/chain.js';
import { upstreamOf } from '../graph/upstream.js';
import { usesOfStep } from '../consent/uses.js';
import type { Design } from '../nouns/design.js';
import type { Step } from '../nouns/process-definition.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { ofOrganisation, ofParties } from './asked.js';
import { latestOf, type Leads, reasonsOfUses } from './leads.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/** What leads to a design that another person than the designer approved. */
export function towardsDesign(matters: Matters, course: Leads, step: Step): readonly Wait[] {
  const design = course.things.designs().at(-1);
  return design ? toApprove(matters, course, step, design) : toSubmit(matters, course, step);
}

function toApprove(matters: Matters, course: Leads, step: Step, design: Design) {
  const { whole, at } = matters;
  const subject = `design ${design.id}`;
  const link = { kind: 'design', id: design.id } as const;
  const gate = { noun: 'design', subject, since: effectiveOf(design.submitted) } as const;
  const chain = course.things
    .reasons(link)
    .filter((reason) => reason.code !== 'DESIGN_NOT_APPROVED' || reason.subject !== subject);
  const reasons = distinct([
    ...reasonsOfUses(matters, [whole.therapy.quality], (recipient) =>
      usesOfStep(step, recipient, at),
    ),
    ...chain,
    ...reasonsToLook(whole, upstreamOf(whole, [link])),
  ]);
  if (reasons.length > 0) return course.against(reasons, gate);
  const act = 'manufacturing:ApproveDesign';
  const options = ofOrganisation(matters, act, ['quality'], whole.therapy.quality);
  const except = knownAs(design.submitted);
  return [{ state: 'due', ...gate, code: step.id, options, except } as const];
}

/** A design that was not compared between two collections needs a second one, and its data anew. */
function toSubmit(matters: Matters, course: Leads, step: Step): readonly Wait[] {
  const { whole } = matters;
  const { things } = course;
  const missing = course.needsOf(step).filter((need) => !course.isThere(need));
  if (missing.length > 0) return missing.flatMap((need) => course.lead(need));
  const uncompared = [...whole.designs.values()].some(({ id }) =>
    things.reasons({ kind: 'design', id }).some(({ code }) => code === 'COLLECTIONS_NOT_COMPARED'),
  );
  if (uncompared) {
    const collected = whole.definition.items.filter((each) => each.collected);
    return course.makersOf(collected.map(({ code }) => code));
  }
  const done = step.needs.flatMap((id) => things.done(id));
  return [
    {
      state: 'due',
      noun: 'therapy',
      subject: `therapy ${whole.therapy.coi}`,
      code: step.id,
      options: ofParties(matters, 'manufacturing:SubmitDesign', ['designer']),
      since: latestOf(
        matters,
        done.map(({ report }) => report && effectiveOf(report)),
      ),
    },
  ];
}
