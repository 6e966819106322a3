import { reasonsAgainstUse } from '../consent/evaluate.js';
import { destroyedFrom, lackingDisposal, type LackOfDisposal } from '../custody/disposal.js';
import { basesIn, carrying, purposeAskedBy } from '../custody/disposal-basis.js';
import { isTangible } from '../custody/item.js';
import type { Item } from '../nouns/item.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { CUSTODIANS } from '../values/roles.js';
import { later } from '../values/time.js';
import { ofOrganisation, ofParties } from './asked.js';
import { latestOf } from './leads.js';
import type { Matters } from './matters.js';
import type { Option, Wait } from './wait.js';

/** The code of a halted therapy whose things all have their disposal. */
export const TO_BE_CLOSED = 'TO_BE_CLOSED';

/** What leads a halted therapy to its end: each of its things is disposed of, then it is closed. */
export function towardsEnd(matters: Matters): readonly Wait[] {
  const { therapy, items } = matters.whole;
  const waits = [...items.values()].flatMap((item) => {
    const lacking = isCarriedNoMore(matters, item)
      ? 'DISPOSAL_NOT_DECIDED'
      : lackingDisposal(therapy, item);
    return lacking === undefined ? [] : [toDispose(matters, item, lacking)];
  });
  if (waits.length > 0 || therapy.closed) return waits;
  const act = 'therapy:CloseTherapy';
  return [
    {
      state: 'due',
      noun: 'therapy',
      subject: `therapy ${therapy.coi}`,
      code: TO_BE_CLOSED,
      options: ofOrganisation(matters, act, ['quality'], therapy.quality),
      since: haltedAt(matters),
    },
  ];
}

/**
 * Whether nothing carries any more what quality decided on a thing that is still there, for a reader who may know it: the
 * patient took back the consent on which it was to be kept, or somebody else has it now, to whom that does not go.
 */
function isCarriedNoMore({ whole, consents, parties, at }: Matters, item: Item): boolean {
  const { therapy, definition } = whole;
  const { disposal, kind, holder } = item;
  if (!disposal || !consents || !isTangible(item)) return false;
  const purpose = purposeAskedBy(
    carrying(basesIn(definition, therapy), { ...disposal, kind }, therapy),
  );
  if (purpose === undefined) return false;
  const country = parties.find(({ id }) => id === holder.organisation)?.country;
  const recipient = holder.organisation;
  // the decision counted its use itself
  const uncounted = consents.map((consent) => ({ ...consent, used: 0 }));
  const use = { purpose, at, dataClasses: ['sample'] as const, recipient, country };
  return reasonsAgainstUse(uncounted, use).length > 0;
}

function toDispose(matters: Matters, item: Item, code: LackOfDisposal): Wait {
  const { disposal, disposed } = item;
  const [options, since] = askedFor(matters, item, code);
  const except = code === 'DISPOSAL_NOT_WITNESSED' && disposed ? knownAs(disposed) : [];
  return {
    state: 'due',
    noun: 'item',
    subject: `item ${item.id}`,
    code,
    options,
    since: disposal ? later(since, effectiveOf(disposal)) : since,
    except,
  };
}

/** Who disposes of a thing, and from when on. */
function askedFor(
  matters: Matters,
  item: Item,
  code: LackOfDisposal,
): readonly [readonly Option[], string] {
  const { therapy } = matters.whole;
  const { organisation } = item.holder;
  const halted = haltedAt(matters);
  switch (code) {
    case 'DISPOSAL_NOT_DECIDED':
      return [
        ofOrganisation(matters, 'custody:DecideDisposal', ['quality'], therapy.quality),
        halted,
      ];
    case 'DISPOSAL_NOT_DONE': {
      const from = destroyedFrom(therapy, item) ?? halted;
      return [ofOrganisation(matters, 'custody:DisposeItem', CUSTODIANS, organisation), from];
    }
    case 'DISPOSAL_NOT_WITNESSED':
      return [
        ofParties(matters, 'custody:WitnessDisposal', CUSTODIANS, organisation),
        latestOf(matters, [item.disposed && effectiveOf(item.disposed)]),
      ];
  }
}

function haltedAt(matters: Matters): string {
  const [first] = matters.whole.therapy.halts ?? [];
  return latestOf(matters, [first && effectiveOf(first)]);
}
