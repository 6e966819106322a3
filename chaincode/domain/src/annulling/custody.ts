import type { HandOff } from '../nouns/hand-off.js';
import type { Item } from '../nouns/item.js';
import type { CommandRecord } from '../nouns/record.js';
import { isSaidBy, leftWithout } from '../nouns/said-too.js';
import type { Annulling, Undone } from './annulling.js';
import { areReliedOn } from './built-on.js';
import type { Things } from './things.js';
import { backInHand, unidentified } from './unidentified.js';
import { without } from './without.js';

const isSignedBy = (item: Item, { commandId }: CommandRecord) =>
  item.signatures.some(({ command }) => command === commandId);

/** Of what was collected nobody knows what it is, until it is collected again by the right report. */
export const ofCollection: Annulling = {
  signedBy: 'identity',
  undo: (record, things) => ({
    look: things
      .of('item')
      .filter((item) => item.collected && isSignedBy(item, record))
      .map(unidentified),
  }),
};

/** The collection waits for a second person again. */
export const ofConfirmation: Annulling = {
  signedBy: 'identity',
  undo: (record, things) => ({
    look: things
      .of('item')
      .filter(({ collected }) => collected?.confirmedBy === (record.principal ?? record.actor))
      .filter((item) => isSignedBy(item, record))
      .map((item) => {
        const { by, occasion } = item.collected ?? { by: record.actor, occasion: '' };
        return { ...item, collected: { by, occasion } };
      }),
  }),
};

/** Of the children nobody knows what they are; of the parents nothing was used. */
export const ofDerivation: Annulling = {
  signedBy: 'identity',
  undo: (record, things) => {
    const children = things
      .of('item')
      .filter((item) => !item.collected && item.parents.length > 0 && isSignedBy(item, record));
    const parents = children.flatMap((child) => child.parents);
    return { look: [...children.map(unidentified), ...backInHand(parents, things, children)] };
  },
};

/** The thing never left, where nobody received it; where somebody did, it came without being sent. */
export const ofRelease: Annulling = {
  signedBy: 'custody',
  undo: (record, things) => {
    const handOff = things
      .of('hand-off')
      .find((each) => each.release?.command === record.commandId);
    if (!handOff) return {};
    const { release, ...unreleased } = handOff;
    const annulled = [...(handOff.annulled ?? []), ...(release ? [release.command] : [])];
    const item = itemOf(handOff, things);
    if (!item) return { changes: [{ ...unreleased, annulled }] };
    const { handOff: underWay, ...kept } = item;
    const here = underWay?.id === handOff.id && underWay.verdict === 'pending';
    return {
      changes: [{ ...unreleased, annulled }],
      look: [here && item.custody === 'in-transit' ? { ...kept, custody: 'in-custody' } : item],
    };
  },
};

/** The thing is where it was before: on its way, or with whom another receipt says. */
export const ofReceipt: Annulling = {
  signedBy: 'custody',
  undo: (record, things) => {
    const { commandId } = record;
    const handOff = things
      .of('hand-off')
      .find(({ receipts }) => receipts.some(({ command }) => command === commandId));
    if (!handOff) return {};
    const receipts = handOff.receipts.filter(({ command }) => command !== commandId);
    const annulled = [...(handOff.annulled ?? []), commandId];
    const changes = [{ ...handOff, receipts, annulled }];
    const item = itemOf(handOff, things);
    return item ? { changes, look: [before(item, { ...handOff, receipts })] } : { changes };
  },
};

function before(item: Item, handOff: HandOff): Item {
  if (item.handOff?.id !== handOff.id || item.custody !== 'in-custody') return item;
  const last = handOff.receipts.at(-1);
  const holder = handOff.receipts.findLast(({ verdict }) => verdict !== 'rejected')?.by;
  const { release } = handOff;
  if (last) {
    const stays = holder ?? release?.by ?? item.holder;
    return { ...item, holder: stays, handOff: { ...item.handOff, verdict: last.verdict } };
  }
  if (!release) return item;
  const pending = { ...item.handOff, verdict: 'pending' as const };
  return { ...item, holder: release.by, handOff: pending, custody: 'in-transit' };
}

/** What was disposed of by mistake is there: where it was, until quality has looked at it; unless another told so too. */
export const ofDisposal = whereItWas('disposed');

/** What was disposed of waits for a second person again, unless another knew of it too. */
export const ofWitness: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things) => ({
    changes: things.of('item').flatMap((item) => {
      const { disposed } = item;
      const { witnessed } = disposed ?? {};
      if (!disposed || !witnessed || !isSaidBy(witnessed, commandId)) return [];
      const left = leftWithout<Omit<typeof witnessed, 'saidToo'>>(witnessed, commandId);
      const alone = without(disposed, 'witnessed');
      return [{ ...item, disposed: left ? { ...alone, witnessed: left } : alone }];
    }),
  }),
};

/** What was called lost by mistake never was: where it was, until quality has looked at it; unless another misses it too. */
export const ofLoss = whereItWas('lost');

function whereItWas(gone: 'disposed' | 'lost'): Annulling {
  return {
    signedBy: 'custody',
    undo: ({ commandId }, things) => ({
      look: things.of('item').flatMap((item): readonly Item[] => {
        const said = item[gone];
        if (item.custody !== gone || !said || !isSaidBy(said, commandId)) return [];
        const left = leftWithout<Omit<typeof said, 'saidToo'>>(said, commandId);
        if (left) return [{ ...item, [gone]: left }];
        const custody = item.handOff?.verdict === 'pending' ? 'in-transit' : 'in-custody';
        return [{ ...without(item, gone), custody }];
      }),
    }),
  };
}

/** What was found was something else: a thing that was lost is so as before, and any other where it is. */
export const ofFinding: Annulling = {
  signedBy: 'custody',
  undo: (record, things) => {
    const wasLost = record.deviations.some(({ code }) => code === 'FOUND_AGAIN');
    return {
      look: things
        .of('item')
        .filter((item) => item.custody.startsWith('in-') && isSignedBy(item, record))
        .map((item) => (wasLost ? { ...without(item, 'foundBy'), custody: 'lost' } : item)),
    };
  },
};

/**
 * The readings count for nothing, and nobody knows how warm it was: quality looks at what they were of. That they were out
 * of range stays to be settled.
 */
export const ofReadings: Annulling = {
  signedBy: 'slip',
  builtOn: areReliedOn,
  undo: ({ commandId }, things, annulled): Undone => {
    const mistaken = things.of('readings').filter(({ id }) => id === commandId);
    return {
      changes: mistaken.map((each) => ({ ...each, annulled })),
      look: things.of('item').filter(({ id }) => mistaken.some(({ item }) => item === id)),
    };
  },
};

function itemOf({ item: id }: HandOff, things: Things): Item | undefined {
  return things.of('item').find((item) => item.id === id);
}
