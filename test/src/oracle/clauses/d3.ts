import { aboutOf, MAKING } from '../account/about.js';
import type { Account } from '../account/account.js';
import type { Said } from '../account/said.js';
import type { Matter } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

const SIGNED = [
  ...MAKING,
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'care:VerifyBedside',
] as const;

/** What compromised keys signed since then is suspect, and what those signed whom a compromised registrar enrolled. */
export const D3: Clause = {
  id: 'D3',
  gates: EVERY_GATE,
  forbids: (matter) => {
    const since = compromised(matter.account);
    if (since.size === 0) return [];
    return SIGNED.flatMap((type): readonly Said[] => matter.account.ever(type))
      .filter((said) => said.time >= (since.get(said.actor) ?? Infinity))
      .filter((said) => !isConfirmed(matter, said))
      .flatMap((said) => aboutOf(said).map((about) => ({ about, why: `${said.actor} is suspect` })))
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`);
  },
};

/** Since when each actor's signatures are suspect, milliseconds: the least fixpoint over enrolments. */
function compromised(account: Account): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const { body } of account.of('registry:RevokeActor')) {
    if (body.compromisedSince === undefined) continue;
    const time = Date.parse(body.compromisedSince);
    since.set(body.actor, Math.min(time, since.get(body.actor) ?? time));
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

function isConfirmed({ account }: Matter, { answer }: Said): boolean {
  return account
    .of('manufacturing:ConfirmSignature')
    .some(({ body }) => body.command === answer.command);
}
