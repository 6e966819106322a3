import { digest, purpose, type Purpose } from '@veinledger/domain';
import { z } from 'zod';
import { CliError } from '../complaint.js';
import type { Session } from '../session.js';

/** A consent as far as what is said of it needs it. */
const listed = z.looseObject({
  id: z.string(),
  purpose,
  state: z.string(),
  /** how it stands now */
  stands: z.string().optional(),
  form: z.looseObject({ digest }).optional(),
  /** that it was answered with yes once */
  decided: z.looseObject({}).optional(),
  /** what one of two staff said of it */
  half: z.looseObject({ type: z.string(), words: z.string() }).optional(),
});

export type ListedConsent = z.infer<typeof listed>;

/** What a patient was asked and said, as an actor is told of it. */
export async function consentsOf(
  session: Session,
  actor: string,
  patient: string,
): Promise<readonly ListedConsent[]> {
  return z.array(listed).parse(await session.list(actor, `/v1/patients/${patient}/consents`));
}

export function isOpen({ state }: ListedConsent): boolean {
  return state === 'requested' || state === 'deferred';
}

/** Whether it is given now. */
export function isInForce({ state, stands = state }: ListedConsent): boolean {
  return stands === 'given' || stands === 'renewed';
}

/** What the patient was given and said no to since. */
export function isTakenBack({ state, decided }: ListedConsent): boolean {
  return decided !== undefined && (state === 'withdrawn' || state === 'refused');
}

/** What was given and is in force no more, otherwise than by a no or by what took its place. */
export function isLapsed(consent: ListedConsent): boolean {
  const { decided, state } = consent;
  const replaced = ['superseded', 'restricted'].includes(state);
  return decided !== undefined && !replaced && !isTakenBack(consent) && !isInForce(consent);
}

/** Which consent is meant. */
export interface Meant {
  readonly purpose: Purpose;
  /** its id, where it is named */
  readonly consent?: string | undefined;
}

/**
 * The consent that is meant: the one that is named, or the only one for the purpose that it could be.
 * @param expected what it has to be, in words
 * @throws CliError where it is none, or could be several
 */
export function theOne(
  consents: readonly ListedConsent[],
  { purpose: of, consent: named }: Meant,
  fits: (consent: ListedConsent) => boolean,
  expected: string,
): ListedConsent {
  const ofPurpose = consents.filter((each) => each.purpose === of);
  const found = ofPurpose.filter((each) => (named === undefined ? fits(each) : each.id === named));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new CliError('CONSENT_NOT_FOUND', 'there is no consent that this could be said of', {
    field: named === undefined ? 'PURPOSE' : '--consent',
    expected: found.length === 0 ? expected : `--consent, one of ${found.map(idOf).join(', ')}`,
    found: named ?? of,
  });
}

function idOf({ id }: ListedConsent): string {
  return id;
}
