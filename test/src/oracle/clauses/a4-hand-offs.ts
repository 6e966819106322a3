import { itemOf } from '../account/things.js';
import type { Said } from '../account/said.js';
import type { Matter, Trouble } from '../matter.js';

type Half = Said<'custody:ReleaseItem'> | Said<'custody:ReceiveItem'>;

/** Halves of hand-offs that say of a thing what must be looked at before it is used. */
export function handOffTroubles({ account }: Matter): Trouble[] {
  const releases = account.of('custody:ReleaseItem');
  const receipts = account.of('custody:ReceiveItem');
  const said: readonly (readonly [Half, readonly string[]])[] = [
    ...releases.map((half) => [half, ofRelease(half)] as const),
    ...receipts.map((half) => {
      const release = releases.findLast(
        (each) =>
          each.index < half.index &&
          each.body.handOff === half.body.handOff &&
          each.body.item === half.body.item,
      );
      return [half, ofReceipt(half, release)] as const;
    }),
  ];
  return said
    .filter(([half, troubles]) => troubles.length > 0 && !account.isSettled(half))
    .flatMap(([half, troubles]) => troubles.map((why) => ({ about: itemOf(half.body.item), why })));
}

function ofRelease({ body }: Said<'custody:ReleaseItem'>): string[] {
  return [
    ...(body.condition === 'intact' ? [] : [`released ${body.condition}`]),
    ...(body.labelRead === body.item ? [] : ['its label reads otherwise']),
    ...(body.identityCheck === 'match' ? [] : ['its identity did not match']),
  ];
}

function ofReceipt(
  { body }: Said<'custody:ReceiveItem'>,
  release: Said<'custody:ReleaseItem'> | undefined,
): string[] {
  const seals = release && JSON.stringify(release.body.seals.toSorted());
  return [
    ...(body.verdict === 'accepted' ? [] : [`received as ${body.verdict}`]),
    ...(body.condition === 'intact' ? [] : [`received ${body.condition}`]),
    ...(body.labelRead === body.item ? [] : ['its label reads otherwise']),
    ...(seals === undefined || seals === JSON.stringify(body.seals.toSorted())
      ? []
      : ['its seals are others']),
  ];
}
