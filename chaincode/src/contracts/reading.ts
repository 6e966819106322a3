import { canonicalise } from '../domain/codec.js';
import { VeinledgerError } from '../domain/errors.js';
import type { Therapy } from '../domain/therapy/therapy.js';
import { keys } from '../state/keys.js';
import type { LedgerContext } from './ledger-context.js';

/**
 * Refuses a reader whose organisation is no member.
 * @throws VeinledgerError UNKNOWN_ORGANISATION
 */
export async function requireMember(context: LedgerContext): Promise<void> {
  const { mspId } = context.submitter;
  const organisation = await context.reader.get('organisation', keys.organisation(mspId));
  if (organisation) return;
  throw new VeinledgerError('UNKNOWN_ORGANISATION', 'only members read the ledger', {
    field: 'submitter',
    expected: 'a member',
    found: mspId,
  });
}

/**
 * The therapy, when the reader's organisation takes part in it or audits it, or relays for its patient.
 * @throws VeinledgerError UNKNOWN_COI, NOT_ENTITLED
 */
export async function therapyForReader(context: LedgerContext, coi: string): Promise<Therapy> {
  await requireMember(context);
  const therapy = await context.reader.therapy(coi);
  const { mspId, roles, relay } = context.submitter;
  if (therapy.parties.includes(mspId) || roles.includes('auditor') || relay) return therapy;
  throw new VeinledgerError('NOT_ENTITLED', "only a therapy's parties and auditors read it", {
    field: 'submitter',
    expected: therapy.parties.join(),
    found: mspId,
  });
}

/**
 * Refuses whoever may not read a patient's decisions: only the patient's own hospital, an auditor, and a relay
 * for the patient may.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, NOT_ENTITLED
 */
export async function requirePatientReader(context: LedgerContext, patient: string): Promise<void> {
  await requireMember(context);
  const { mspId, roles, relay } = context.submitter;
  const enrolled = await context.reader.get('actor', keys.actor(patient));
  if (enrolled?.organisation === mspId || roles.includes('auditor') || relay) return;
  throw new VeinledgerError(
    'NOT_ENTITLED',
    "only the patient's hospital and auditors read consents",
    {
      field: 'submitter',
      expected: enrolled?.organisation ?? 'an auditor',
      found: mspId,
    },
  );
}

/**
 * The canonical text of what was asked for.
 * @throws VeinledgerError NOT_FOUND
 */
export function answer(entity: object | undefined, field: string, found: string): string {
  if (entity) return canonicalise(entity);
  throw new VeinledgerError('NOT_FOUND', 'the ledger holds no such thing', {
    field,
    expected: 'something recorded',
    found,
  });
}
