import type { Suspect } from '../registry/suspicion.js';
import { actor, COI, command, consent, context, DIGEST, RECIPIENT } from '../example.fixture.js';
import { honest, lacking, type Story } from '../graph/honest-therapy.fixture.js';
import { stateOfRelease } from '../manufacturing/release-batch.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Exception } from '../nouns/exception.js';
import type { Entity } from '../nouns/registry.js';
import { decideEvaluateException } from '../quality/evaluate-exception.js';
import { decideAcceptException } from './accept-exception.js';
import { decideRequestException } from './request-exception.js';

export const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
export const reviewer = actor('manufacturer.second-reviewer', 'ManufacturerMSP', 'quality');
export const body = { coi: COI, exception: 'exception-1' };
export const consents = [
  consent('given'),
  { ...consent('given'), id: 'consent-2', purpose: 'OOS_ADMINISTRATION' as const },
];

/** A batch of which one check failed, by a process with an exception; nobody has certified it. */
export function failed(check: string, jurisdictions: readonly string[] = ['DE']): Story {
  return honest()
    .by((each) => ({ ...each, outOfSpecification: { jurisdictions, notificationHours: 48 } }))
    .judge('release-tests/1', { [check]: 'fail' })
    .change('batch', 'batch-1', (batch) => lacking(batch, 'certification'));
}
export const OUTSIDE = failed('sterility');

type Decided = { readonly decision: string } & (
  | { readonly reasons: readonly { readonly code: string }[] }
  | { readonly changes: readonly Entity[] }
);
export const codes = (decided: Decided) =>
  'reasons' in decided ? decided.reasons.map(({ code }) => code) : [decided.decision];
export const exceptionIn = (decided: Decided) => {
  const changes = 'changes' in decided ? decided.changes : [];
  const found = changes.find((each): each is Exception => each.noun === 'exception');
  if (!found) throw new Error(`no exception: ${JSON.stringify(decided)}`);
  return found;
};

export function request(story = OUTSIDE) {
  const asked = { ...body, batch: 'batch-1' };
  const said = command(physician.id, asked, { annex: { explanation: DIGEST } });
  return decideRequestException({ whole: story.whole() }, said, context(physician));
}

export function evaluate(
  story = OUTSIDE,
  by: Actor = reviewer,
  finding: 'supply' | 'do-not-supply' = 'supply',
) {
  const exception = exceptionIn(request(OUTSIDE));
  const said = command(by.id, { ...body, finding }, { annex: { investigation: DIGEST } });
  return decideEvaluateException({ exception, ...stateOfRelease(story) }, said, context(by));
}

export function accept(
  story = OUTSIDE,
  exception: Exception | undefined = exceptionIn(evaluate()),
  known = consents,
  doubted: readonly Suspect[] = [],
) {
  const said = command(physician.id, body, { annex: { explanation: DIGEST } });
  const state = {
    exception,
    ...stateOfRelease(story),
    consents: known,
    recipient: RECIPIENT,
    doubted,
  };
  return decideAcceptException(state, said, context(physician));
}

export const ACCEPTED = exceptionIn(accept());
export const supplied = OUTSIDE.with(ACCEPTED);
