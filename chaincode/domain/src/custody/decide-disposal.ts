import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import { readRecipient, type Recipient } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { type NamedItem, OF_ANOTHER_THERAPY } from '../nouns/named-item.js';
import { DESTRUCTION_DAYS, type ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { isHalted, type Therapy } from '../nouns/therapy.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, itemId } from '../values/identifiers.js';
import { addMinutes } from '../values/time.js';
import { disposalBasis, disposalDecision } from '../values/words.js';
import { readHeld } from './decided-disposal.js';
import { carrying, purposeAskedBy } from './disposal-basis.js';
import { isTangible } from './item.js';

const decideDisposalBody = z.strictObject({
  coi,
  item: itemId,
  decision: disposalDecision,
  basis: disposalBasis,
});
type Body = z.infer<typeof decideDisposalBody>;

export const decideDisposal = definePermission({
  type: 'custody:DecideDisposal',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: decideDisposalBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const named = await reader.named(body.coi, body.item);
    const consents = await weighConsents(reader, therapy.patient);
    const keeper = named.known === 'own' ? named.item.holder.organisation : therapy.quality;
    return {
      therapy,
      definition,
      named,
      held: await readHeld(reader, body.coi, named),
      consents,
      keeper: await readRecipient(reader, keeper, consents),
    };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideDecideDisposal,
});

export interface DecideDisposalState {
  readonly therapy: Therapy;
  readonly definition: Pick<ProcessDefinition, 'disposalBases' | 'destructionDays'>;
  readonly named: NamedItem;
  /** for which authority's holds it is kept */
  readonly held: readonly Reason[];
  readonly consents: readonly WeighedConsent[];
  /** who has the thing, and would keep it */
  readonly keeper: Recipient;
}

/**
 * Quality decides what becomes of a thing of a halted therapy. A later decision takes the place of an earlier one until the
 * thing is disposed of, and with it the time begins anew that the patient has to think. What an authority has on hold stays
 * until that hold is lifted.
 */
export function decideDecideDisposal(
  { therapy, definition, named, held, consents, keeper }: DecideDisposalState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { decision, basis, coi: ofTherapy } = command.body;
  const { transactionTime: at } = context;
  const { destructionDays: days = DESTRUCTION_DAYS } = definition;
  const subject = `item ${named.id}`;
  if (named.known === 'never') {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_ITEM', subject }] };
  }
  if (named.known === 'foreign') {
    const reason = {
      code: 'FOREIGN_ITEM',
      expected: ofTherapy,
      found: OF_ANOTHER_THERAPY,
    } as const;
    return { decision: 'refused', reasons: [reason] };
  }
  const { item } = named;
  const carried = carrying(definition, therapy, { decision, basis, kind: item.kind });
  const lacking = 'code' in carried ? [{ ...carried, subject, found: basis }] : [];
  const purpose = purposeAskedBy(carried);
  const asksForIt = !('code' in carried) && carried.patientsWord === 'destruction';
  const keeping: readonly ConsentUse[] =
    purpose === undefined ? [] : [{ purpose, at, dataClasses: ['sample'], ...keeper }];
  const reasons: readonly Reason[] = [
    ...(isHalted(therapy)
      ? []
      : [{ code: 'NOT_HALTED' as const, subject: `therapy ${ofTherapy}` }]),
    ...(isTangible(item)
      ? []
      : [{ code: 'NOT_IN_CUSTODY' as const, subject, found: item.custody }]),
    ...lacking,
    ...(decision === 'retain' ? [] : held),
    ...(asksForIt && !therapy.destruction ? [notAskedFor(subject, basis)] : []),
    ...keeping.flatMap((use) => reasonsAgainstUse(consents, use)),
  ];
  return permitUnless(reasons, () => [
    {
      ...item,
      disposal: {
        ...signedBy(command, context),
        ...{ decision, basis },
        ...(decision === 'destroy' ? { notBefore: addMinutes(at, days * 1440) } : {}),
      },
    },
    ...usesMade(consents, keeping, command.id),
  ]);
}

function notAskedFor(subject: string, found: string): Reason {
  const expected = 'therapy:AskForDestruction by the patient';
  return { code: 'DESTRUCTION_NOT_ASKED_FOR', subject, expected, found };
}
