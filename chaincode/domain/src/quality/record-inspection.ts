import { z } from 'zod';
import { ofInspection } from '../annulling/inspection.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { isSaidAgain } from '../custody/said.js';
import { canonicalise } from '../encoding/codec.js';
import type { Inspection } from '../nouns/inspection.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { code, coi, digest, instant, localId } from '../values/identifiers.js';
import { inspectionBasis, inspectionKind, shownToInspector } from '../values/words.js';

const recordInspectionBody = z.strictObject({
  coi,
  inspection: localId,
  authority: code,
  kind: inspectionKind,
  /** the authority's own number for it */
  reference: localId,
  /** the law on which the therapy is shown without asking the patient */
  basis: inspectionBasis,
  from: instant,
  /** left out while the inspection goes on */
  until: instant.optional(),
  /** what of the therapy was shown */
  shown: z.array(shownToInspector).min(1).max(shownToInspector.options.length),
  /** SHA-256 of the inspector's pack that was handed over, as data */
  pack: digest.optional(),
});
type Body = z.infer<typeof recordInspectionBody>;

export const recordInspection = defineFact({
  type: 'quality:RecordInspection',
  roles: ['quality', 'pharmacist'],
  signature: 'own',
  annexes: [{ name: 'findings', required: false, content: explanationContent }],
  body: recordInspectionBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('inspection', { coi: body.coi, id: body.inspection }),
  }),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofInspection,
  decide: decideRecordInspection,
});

/**
 * Inspectors without keys were shown a therapy: its parties and its patient learn by whom, on which law, and what. It stops
 * nothing and permits nothing. When it ended, which pack was handed over and what was found is said of it later, by the
 * party at which the inspectors were.
 */
export function decideRecordInspection(
  { existing }: { readonly existing: Inspection | undefined },
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, inspection: id, from, until, shown, pack, ...said } = command.body;
  const { authority, kind, reference, basis } = said;
  const identity = { host: context.actor.organisation, authority, kind, reference, basis };
  const recording = new Recording(command, context);
  if (existing && canonicalise(identityOf(existing)) !== canonicalise(identity)) {
    const [expected, found] = [canonicalise(identityOf(existing)), canonicalise(identity)];
    const finding = { code: 'IDENTIFIER_TAKEN', classification: 'minor' } as const;
    return recording.deviate({ ...finding, expected, found }).done();
  }
  const findings = command.annex?.['findings'];
  const words = {
    ...{ from, shown: [...new Set(shown)].sort() },
    ...(until === undefined ? {} : { until }),
    ...(pack === undefined ? {} : { pack }),
    ...(findings === undefined ? {} : { findings }),
  };
  const statements = existing?.statements ?? [];
  const again = statements.some(
    (by) => !by.annulled && isSaidAgain({ by, words: wordsOf(by) }, words, context),
  );
  if (again) return saidAgain();
  const statement = { ...signedBy(command, context), ...words };
  return recording
    .put({
      noun: 'inspection',
      ...{ coi: ofTherapy, id, ...identity },
      statements: [...statements, statement],
    })
    .done();
}

function identityOf({ host, authority, kind, reference, basis }: Inspection) {
  return { host, authority, kind, reference, basis };
}

function wordsOf({ from, until, shown, pack, findings }: Inspection['statements'][number]) {
  return { from, until, shown, pack, findings };
}
