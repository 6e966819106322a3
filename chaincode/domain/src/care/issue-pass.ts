import { z } from 'zod';
import { ofPass } from '../annulling/pass.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { underOwnName } from '../custody/own-name.js';
import { reasonsOfAlarmsUnnamed } from '../gates/alarms.js';
import { distinct } from '../gates/chain.js';
import { decidedUntil, decisionsOn } from '../gates/decided.js';
import { openTestsIn, reasonsOfOpenTests } from '../gates/containers.js';
import { expiryOf } from '../gates/product.js';
import { openTests } from '../manufacturing/release-batch.js';
import type { Batch } from '../nouns/batch.js';
import type { DosePass } from '../nouns/dose-pass.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { lastRelabelling } from '../nouns/relabelling.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { onlyParties } from '../standing/refuse.js';
import { lineNumber } from '../therapy/order-line-body.js';
import { coi, itemId, localId } from '../values/identifiers.js';
import { addMinutes, earliest } from '../values/time.js';
import { type AuthoriseState, readAuthoriseState, reasonsBesideAlarms } from './authorise-dose.js';

const issuePassBody = z.strictObject({
  coi,
  pass: localId,
  /** the order line's number */
  number: lineNumber,
  item: itemId,
  /** tests that may follow and have no result yet: a physician signs for each */
  openTests,
});

type Body = z.infer<typeof issuePassBody>;

export interface PassState extends AuthoriseState {
  readonly existing: DosePass | undefined;
}

export const issuePass = definePermission({
  type: 'care:IssuePass',
  roles: ['pharmacist', 'clinician'],
  signature: 'own',
  annexes: [],
  body: issuePassBody,
  scope: therapyScope,
  reads: async (reader, { body }, { actor }): Promise<PassState> => ({
    ...(await readAuthoriseState(reader, { ...body, verifications: [] }, actor.organisation)),
    existing: await reader.get('dose-pass', { coi: body.coi, id: body.pass }),
  }),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofPass,
  decide: decideIssuePass,
});

/** An id that no dose has: which one the pass will be used for nobody knows yet. */
const NO_DOSE = '';

/**
 * A pharmacist or a physician has the ledger say of a product, for where it cannot be asked at the bedside, that nothing
 * stands against giving it but that nobody has checked it there (A11). It is a permission: whoever signs decides nothing by
 * it that the gate would not permit. Where two decided to go on with the product, it ends with that.
 */
export function decideIssuePass(
  state: PassState,
  told: Command<Body>,
  context: Context,
): PermissionDecision {
  const command = underOwnName(told, state.named);
  const { coi: chain, pass: id, number, item } = command.body;
  const { whole, ancestry, existing, named } = state;
  const subject = `dose-pass ${id}`;
  const asked = { dose: NO_DOSE, number, item, continueAfterLapse: false };
  const reasons: readonly Reason[] = distinct([
    ...(existing ? [{ code: 'IDENTIFIER_TAKEN' as const, subject }] : []),
    ...reasonsBesideAlarms(state, asked, context),
    ...reasonsOfAlarmsUnnamed(whole, ancestry, []),
    ...reasonsOfOpenTests(whole, ancestry.batches, openTestsNamed(command.body, context)),
  ]);
  return permitUnless(reasons, () => {
    const issued = signedBy(command, context);
    const expires = named.known === 'own' ? expiryOf(whole, named.item, ancestry) : undefined;
    const decided = decisionsOn(whole, ancestry.items, context.transactionTime)
      .filter(({ agreed }) => agreed)
      .map((each) => decidedUntil(whole.definition, each));
    const ends = addMinutes(effectiveOf(issued), passMinutesOf(whole.definition));
    return [
      {
        noun: 'dose-pass',
        coi: chain,
        id,
        number,
        item,
        ...labelOf(named),
        issued,
        until: earliest([ends, expires, ...decided]) ?? ends,
        ...openTestsIn(whole, ancestry.batches),
        released: ancestry.batches.flatMap(releaseOf),
        ...(expires === undefined ? {} : { expires }),
      },
    ];
  });
}

/** The number that is on the label of what was relabelled. */
function labelOf(named: NamedItem): Pick<DosePass, 'label'> {
  const last = named.known === 'own' ? lastRelabelling(named.item) : undefined;
  return last ? { label: last.label } : {};
}

/** Whatever is open a physician signs for (A3). */
function openTestsNamed({ openTests: named }: Body, { actor }: Context) {
  return actor.roles.includes('clinician') ? named : [];
}

/** Minutes that a pass counts: 240 where the process says nothing. */
function passMinutesOf({ passMinutes = 240 }: Pick<ProcessDefinition, 'passMinutes'>): number {
  return passMinutes;
}

function releaseOf({ id: batch, certification }: Batch) {
  return certification ? [{ batch, certified: certification.time }] : [];
}
