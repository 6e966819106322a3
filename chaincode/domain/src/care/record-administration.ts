import { z } from 'zod';
import { administrationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import type { Consent } from '../nouns/consent.js';
import { isDenied } from '../consent/evaluate.js';
import { isTangible } from '../custody/item.js';
import type { Item } from '../nouns/item.js';
import { admitItem, reportedOf } from '../custody/resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { coi, itemId, localId } from '../values/identifiers.js';
import type { Batch } from '../nouns/batch.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Suspect } from '../registry/suspicion.js';
import type { Therapy } from '../nouns/therapy.js';
import { milliseconds } from '../values/time.js';
import type { Dose } from '../nouns/dose.js';
import { courseOfAdministration } from '../values/words.js';
import type { Reader } from '../commands/reader.js';
import { findSuspects } from '../registry/suspects.js';
import { linksOfItem } from '../manufacturing/ancestry.js';
import { signedBy } from '../nouns/signed.js';
import { therapyAndDefinition } from '../manufacturing/pinned-process.js';

const recordAdministrationBody = z.strictObject({
  coi,
  dose: localId,
  number: z.int().min(1).max(99),
  item: itemId,
  course: courseOfAdministration,
});

export const recordAdministration = defineFact({
  type: 'care:RecordAdministration',
  roles: ['clinician', 'nurse'],
  signature: 'delegable',
  annexes: [{ name: 'administration', required: true, content: administrationContent }],
  body: recordAdministrationBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const { coi } = body;
    const state = await therapyAndDefinition(reader, coi);
    const named = await reader.named(coi, body.item);
    const dose = await reader.get('dose', { coi, id: body.dose });
    const authorisation = dose?.authorised
      ? [{ subject: `dose ${dose.id}`, signed: dose.authorised }]
      : [];
    return {
      ...state,
      named,
      dose,
      suspects: await findSuspects(reader, coi, authorisation),
      batches: named.known === 'never' ? [] : await batchesOf(reader, named.item),
      consents: await reader.range('consent', { patient: state.therapy.patient }),
    };
  },
  decide: decideAdministration,
});
type Body = z.infer<typeof recordAdministrationBody>;

export interface AdministrationState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly dose: Dose | undefined;
  readonly named: NamedItem;
  /** the batches of the item's own vials */
  readonly batches: readonly Batch[];
  readonly consents: readonly Consent[];
  /** the authorisation, where compromised keys signed it */
  readonly suspects: readonly Suspect[];
}

/** What was given to the patient, authorised or not. What nobody authorised is a critical deviation. */
export function decideAdministration(
  state: AdministrationState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const { therapy } = state;
  const recording = new Recording(command, context);
  const item = admitItem(recording, reportedOf(therapy, state.named), command, context);
  const dose: Dose = state.dose ?? {
    noun: 'dose',
    coi: body.coi,
    id: body.dose,
    number: body.number,
    item: body.item,
    administrations: [],
  };
  const given = {
    ...signedBy(command, context),
    item: body.item,
    course: body.course,
    annex: command.annex?.['administration'] ?? '',
  };
  recording.put({ ...dose, administrations: [...dose.administrations, given] });
  if (body.course !== 'not-started') {
    recording.put({ noun: 'dose-line', coi: body.coi, number: dose.number, dose: dose.id });
    if (isTangible(item)) recording.put({ ...item, custody: 'administered' });
  }
  if (!dose.authorised || dose.item !== body.item || dose.administrations.length > 0) {
    recording.deviate(
      {
        code: 'UNAUTHORISED_ADMINISTRATION',
        classification: 'critical',
        expected: `an authorised dose ${body.dose} of this item`,
        found: whyUnauthorised(dose, body),
      },
      item,
      therapy,
    );
  }
  for (const { actor, since } of state.suspects) {
    recording.deviate(
      {
        code: 'SUSPECT_AUTHORISATION',
        classification: 'critical',
        found: `${actor}, compromised since ${since}`,
      },
      item,
      therapy,
    );
  }
  noteSince(recording, state, item, context);
  return recording.done();
}

function whyUnauthorised(dose: Dose, body: Body): string {
  if (!dose.authorised) return 'no authorisation';
  return dose.item === body.item ? 'a dose already given' : `authorised for ${dose.item}`;
}

/** What happened between the authorisation and the needle: recall, expiry, a no of the patient, a quarantine. */
function noteSince(
  recording: Recording,
  state: AdministrationState,
  item: Item,
  context: Context,
): void {
  const recalled = state.batches.find((batch) => batch.recall);
  if (recalled) {
    recording.deviate(
      { code: 'RECALLED_PRODUCT_GIVEN', classification: 'critical', found: recalled.id },
      item,
    );
  }
  if (item.blockers.length > 0 || !isTangible(item)) {
    const found = item.blockers[0]?.code ?? item.custody;
    recording.deviate(
      { code: 'QUARANTINED_PRODUCT_GIVEN', classification: 'critical', found },
      item,
    );
  }
  if (
    item.useBy !== undefined &&
    milliseconds(item.useBy) <= milliseconds(context.transactionTime)
  ) {
    recording.deviate(
      { code: 'EXPIRED_PRODUCT_GIVEN', classification: 'critical', found: item.useBy },
      item,
    );
  }
  const denied = state.definition.doseConsents.find((purpose) => isDenied(state.consents, purpose));
  if (denied !== undefined) {
    recording.deviate(
      { code: 'GIVEN_AGAINST_REFUSAL', classification: 'critical', found: denied },
      item,
      state.therapy,
    );
  }
}

/** The batches of an item and of its parents: those of the vials that a dose was drawn from. */
async function batchesOf(reader: Reader, item: Item) {
  const vials = await Promise.all(
    item.parents.map((parent) => reader.get('item', { coi: parent.coi, id: parent.id })),
  );
  const links = [item, ...vials].flatMap((each) => (each ? linksOfItem(each) : []));
  const batches = links.flatMap((link) => (link.kind === 'batch' ? [link] : []));
  const found = await Promise.all(
    batches.map((link) => reader.get('batch', { coi: link.coi, id: link.id })),
  );
  return found.filter((batch) => batch !== undefined);
}
