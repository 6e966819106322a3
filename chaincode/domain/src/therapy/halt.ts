import { z } from 'zod';
import { ofHalt } from '../annulling/therapy.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { endedConsents } from '../consent/end.js';
import { doubtedSince } from '../consent/proxies.js';
import type { Consent } from '../nouns/consent.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Proxy } from '../nouns/proxy.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofHalter } from '../standing/halt.js';
import { coi } from '../values/identifiers.js';
import { reasonOfHalt } from '../values/words.js';

const haltTherapyBody = z.strictObject({ coi });

/** Why it ends, which only the therapy's parties read: a death is nobody else's to know. */
const haltContent = z.strictObject({ reason: reasonOfHalt });

export const haltTherapy = defineFact({
  type: 'therapy:HaltTherapy',
  roles: ['clinician', 'safety-officer', 'quality'],
  signature: 'own',
  annexes: [{ name: 'halt', required: true, content: haltContent }],
  body: haltTherapyBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const consents = await reader.range('consent', { patient: therapy.patient });
    const proxies = await reader.range('proxy', { patient: therapy.patient });
    return { therapy, definition, consents, proxies };
  },
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofHalter(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofHalt,
  decide: decideHalt,
});

export interface HaltState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  /** the patient's */
  readonly consents: readonly Consent[];
  /** who speaks in the patient's place */
  readonly proxies: readonly Proxy[];
}

/**
 * The therapy ends before its last dose. Nothing begins in it any more, and what its process asked the patient's consent
 * for is over; what was under way is reported as it happened. Who spoke in the patient's place is in doubt. Whatever the
 * reason, the ledger shows the same.
 */
export function decideHalt(
  { therapy, definition, consents, proxies }: HaltState,
  command: Command<z.infer<typeof haltTherapyBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context).about(therapy);
  const { halts = [] } = therapy;
  if (halts.some((each) => principalOf(each) === context.principal)) return recording.done();
  const signed = signedBy(command, context);
  const commitment = command.annex?.['halt'] ?? '';
  return recording
    .put({ ...therapy, halts: [...halts, { ...signed, commitment }] })
    .stop(therapy, { kind: 'halt', id: `H.${command.id}`, code: 'THERAPY_HALTED' })
    .put(...endedConsents(consents, definition, signed), ...doubtedSince(proxies, signed))
    .done();
}
