import type { Account } from './account.js';
import type { Said } from './said.js';

/** Since when each actor's signatures are suspect (D3), milliseconds: the least fixpoint over enrolments. */
export function compromised(account: Account): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const [actor, from] of revocations(account)) {
    if (from === undefined) continue;
    const time = Date.parse(from);
    since.set(actor, Math.min(time, since.get(actor) ?? time));
  }
  const enrolments = account.of('registry:EnrolActor');
  for (let grown = true; grown;) {
    grown = false;
    for (const { actor, body, time } of enrolments) {
      if (time < (since.get(actor) ?? Infinity) || since.get(body.actor) === -Infinity) continue;
      since.set(body.actor, -Infinity);
      grown = true;
    }
  }
  return since;
}

/** Who was revoked, and since when their keys may be somebody else's: a patient's by two people (E4). */
function revocations(account: Account): readonly (readonly [string, string | undefined])[] {
  const asked = account.of('registry:RevokePatient');
  return [
    ...account
      .of('registry:RevokeActor')
      .map(({ body }) => [body.actor, body.compromisedSince] as const),
    ...account.of('registry:ConfirmRevocation').map(({ body }) => {
      const first = asked.find(({ answer }) => answer.command === body.asked);
      return [body.patient, first?.body.compromisedSince] as const;
    }),
  ];
}

/** Whether somebody confirmed that a signature was its signer's. */
export function isConfirmed(account: Account, { answer }: Said): boolean {
  return account
    .of('manufacturing:ConfirmSignature')
    .some(({ body }) => body.command === answer.command);
}
