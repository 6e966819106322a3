import { distinct, reasonsOfChain } from '../gates/chain.js';
import { reasonsOfContainers } from '../gates/containers.js';
import { decidedUntil, decisionsOn, isDecidable, knownIn, notDecided } from '../gates/decided.js';
import { notExcepted } from '../gates/exception.js';
import { irreversiblesBefore, isProduct } from '../gates/irreversible.js';
import { lineAsked, reasonsOfOrder } from '../gates/order-line.js';
import { besides } from '../gates/override.js';
import { reasonsOfExpiry } from '../gates/product.js';
import { upstreamOf } from '../graph/upstream.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Item } from '../nouns/item.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import type { Role } from '../values/roles.js';
import { ofOrganisation, ofParties } from './asked.js';
import { latestOf } from './leads.js';
import type { Matters } from './matters.js';
import type { Option, Wait } from './wait.js';

const ACT = 'care:DecideToGoOn';

/**
 * Whom going on after what cannot be undone waits for (A10): physician and release person where something stands
 * against a product in hand that they may go on with, and the other one where one has signed.
 */
export function toGoOnIn(matters: Matters): readonly Wait[] {
  return [...matters.whole.items.values()].flatMap((item) => ofItem(matters, item));
}

function ofItem(matters: Matters, item: Item): readonly Wait[] {
  const { whole, at } = matters;
  if (item.custody !== 'in-custody' || !isProduct(whole.definition, item)) return [];
  const ancestry = upstreamOf(whole, [{ kind: 'item', coi: item.coi, id: item.id }]);
  const [step] = irreversiblesBefore(whole, ancestry.items);
  const line = lineAsked(whole, item.id, at);
  if (!step || !line || reasonsOfOrder(whole, line, at).length > 0) return [];
  const against = notExcepted(whole, ancestry.batches, [
    ...reasonsOfContainers(whole, item, at),
    ...reasonsOfExpiry(whole, item, at),
    ...reasonsOfChain(whole, ancestry),
  ]);
  const open = distinct(notDecided(whole, ancestry.items, against, at));
  if (!open.every(isDecidable)) return [];
  // what came since the first of the two signed is decided on anew
  const halves = decisionsOn(whole, [item], at).filter(
    (each) => !each.agreed && besides(whole, open, [knownIn(each)]).length === 0,
  );
  if (halves.length > 0) return halves.map((each) => secondSignature(matters, each));
  if (open.length === 0) return [];
  return [
    {
      state: 'stopped',
      noun: 'item',
      subject: `item ${item.id}`,
      code: 'DECISION_OWED',
      options: signers(matters, ['clinician', 'release-person'], item),
      since: latestOf(matters, [item.heldSince]),
    },
  ];
}

function secondSignature(matters: Matters, decision: DecisionToGoOn): Wait {
  const { id, item, missing, signatures } = decision;
  const { whole, at } = matters;
  const [since = at] = signatures.map(effectiveOf);
  const due = decidedUntil(whole.definition, decision);
  return {
    state: 'stopped',
    noun: 'decision',
    subject: `decision ${id}`,
    code: 'SIGNATURE_OWED',
    options: signers(matters, missing, whole.items.get(item)),
    since,
    ...(due === undefined ? {} : { due }),
    named: { item: [item] },
    except: signatures.flatMap(knownAs),
  };
}

/** A physician where the product is, and a release person of the organisation that decides. */
function signers(
  matters: Matters,
  roles: readonly Role[],
  item: Item | undefined,
): readonly Option[] {
  const { quality } = matters.whole.therapy;
  return roles.flatMap((role) =>
    role === 'release-person'
      ? ofOrganisation(matters, ACT, [role], quality)
      : ofParties(matters, ACT, [role], item?.holder.organisation),
  );
}
