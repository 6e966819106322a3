import { itemOf } from '../account/things.js';
import type { Said } from '../account/said.js';
import { attestedBy, containerKinds } from '../definition.js';
import { type Matter, type Trouble, troublesIn } from '../matter.js';
import { kindOf } from './a2.js';

type Half = Said<'custody:ReleaseItem'> | Said<'custody:ReceiveItem'>;

/** Halves of hand-offs that say of a thing what must be looked at before it is used. */
export function handOffTroubles(matter: Matter): Trouble[] {
  const { account } = matter;
  const releases = account.ever('custody:ReleaseItem');
  const receipts = account.ever('custody:ReceiveItem');
  const said: readonly (readonly [Half, readonly string[]])[] = [
    ...releases.map((half) => [half, ofRelease(matter, half)] as const),
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
        [...ofReceipt(matter, half, release), ...(same ? ['handed over to themselves'] : [])],
      ] as const;
    }),
  ];
  return said.flatMap(([half, troubles]) =>
    troubles.flatMap((why) => troublesIn(matter, half, [itemOf(half.body.item)], why)),
  );
}

function ofRelease(matter: Matter, { body }: Said<'custody:ReleaseItem'>): string[] {
  return [
    ...(body.condition === 'intact' ? [] : [`released ${body.condition}`]),
    ...(body.labelRead === body.item ? [] : ['its label reads otherwise']),
    ...(body.identityCheck === 'match' ? [] : ['its identity did not match']),
    ...(body.returned === true && isForPatient(matter, body.item) ? ['it was sent back'] : []),
  ];
}

function ofReceipt(
  matter: Matter,
  { body }: Said<'custody:ReceiveItem'>,
  release: Said<'custody:ReleaseItem'> | undefined,
): string[] {
  const seals = release && JSON.stringify(release.body.seals.toSorted());
  return [
    ...(body.verdict === 'accepted' ? [] : [`received as ${body.verdict}`]),
    ...(body.condition === 'intact' ? [] : [`received ${body.condition}`]),
    ...(body.labelRead === body.item ? [] : ['its label reads otherwise']),
    ...(body.returned === true && isForPatient(matter, body.item) ? ['it came back'] : []),
    ...(seals === undefined || seals === JSON.stringify(body.seals.toSorted())
      ? []
      : ['its seals are others']),
  ];
}

/** Whether a thing may be given, or is a container of what may; what nobody knows may. A sample may come back. */
function isForPatient(matter: Matter, item: string): boolean {
  const { account, therapy } = matter;
  const kind = kindOf(matter, item);
  const given = attestedBy(therapy.definition, 'care:RecordAdministration');
  return (
    kind === undefined ||
    containerKinds(therapy.definition).includes(kind) ||
    given.some(({ inputs }) => inputs.includes(kind)) ||
    account.ever('manufacturing:RecordBatch').some(({ body }) => body.vials.includes(item))
  );
}
