import { itemOf } from '../account/things.js';
import type { Said } from '../account/said.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';

type Half = Said<'custody:ReleaseItem'> | Said<'custody:ReceiveItem'>;

/** Halves of hand-offs that say of a thing what must be looked at before it is used. */
export function handOffTroubles(matter: Matter): Trouble[] {
  const { account } = matter;
  const releases = account.ever('custody:ReleaseItem');
  const receipts = account.ever('custody:ReceiveItem');
  const said: readonly (readonly [Half, readonly string[]])[] = [
    ...releases.map((half) => [half, ofRelease(half)] as const),
    ...receipts.map((half) => {
      const release = releases.findLast(
        (each) =>
          each.index < half.index &&
          each.body.handOff === half.body.handOff &&
          each.body.item === half.body.item,
      );
      const same = release !== undefined && account.people.areOne(release.actor, half.actor);
      return [
        half,
        [...ofReceipt(half, release), ...(same ? ['handed over to themselves'] : [])],
      ] as const;
    }),
  ];
  return said.flatMap(([half, troubles]) =>
    troubles.flatMap((why) => troublesIn(matter, half, [itemOf(half.body.item)], why)),
  );
}

function ofRelease({ body }: Said<'custody:ReleaseItem'>): string[] {
  return [
    ...(body.condition === 'intact' ? [] : [`released ${body.condition}`]),
    ...(body.labelRead === body.item ? [] : ['its label reads otherwise']),
    ...(body.identityCheck === 'match' ? [] : ['its identity did not match']),
    ...(body.returned === true ? ['it was sent back'] : []),
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
    ...(body.returned === true ? ['it came back'] : []),
    ...(seals === undefined || seals === JSON.stringify(body.seals.toSorted())
      ? []
      : ['its seals are others']),
  ];
}
