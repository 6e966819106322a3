import {
  actor,
  COI,
  command,
  context,
  definition,
  DIGEST,
  din,
  item,
  NOW,
  step,
  therapy,
  NO_USE,
} from '../example.fixture.js';
import type { Context, FactDecision } from '../commands/decision.js';
import type { HandOff, Release } from '../nouns/hand-off.js';
import type { Item } from '../nouns/item.js';
import { decideReceive, receiveItem } from './receive.js';
import { decideRelease, releaseItem } from './release.js';

export const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
export const courier = actor('courier.driver', 'CourierMSP', 'courier');
const SEALED = { seals: ['SEAL-0001'], condition: 'intact', labelRead: din(1) };
/** A process in which a dose is given. */
const PRODUCT = definition([
  step('administer', { attestedBy: 'care:RecordAdministration', inputs: ['dose'] }),
]);
/** What the releaser signs, and what the receiver does. */
export const RELEASE = {
  coi: COI,
  item: din(1),
  handOff: 'hand-off-1',
  to: 'CourierMSP',
  identityCheck: 'match',
  ...SEALED,
};
export const RECEIPT = {
  coi: COI,
  item: din(1),
  handOff: 'hand-off-1',
  verdict: 'accepted',
  ...SEALED,
};
export const deviated = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);
export const handOffIn = ({ changes }: FactDecision): HandOff | undefined =>
  changes.find((each) => each.noun === 'hand-off');
export const itemIn = ({ changes }: FactDecision): Item | undefined =>
  changes.find((each) => each.noun === 'item');

/** A release of `of` by `by`, decided. */
export function release(
  of: Item,
  by = nurse,
  rest: object = {},
  handOff?: HandOff,
  at = NOW,
  use = NO_USE,
  who: Partial<Context> = {},
) {
  const body = releaseItem.body.parse({ ...RELEASE, item: of.id, ...rest });
  const named = { id: of.id, known: 'own', item: of } as const;
  return decideRelease(
    {
      ...{ therapy: therapy(), named, handOff, use },
      returnedIn: body.returned ? PRODUCT : undefined,
    },
    command(by.id, body, { at }),
    context(by, who),
  );
}

const released: Release = {
  command: DIGEST,
  by: { organisation: 'HospitalMSP', actor: nurse.id },
  to: 'CourierMSP',
  at: NOW,
  identityCheck: 'match',
  ...SEALED,
};
/** The item, given to the courier by the hospital. */
export const parcel = item({
  custody: 'in-transit',
  handOff: { id: 'hand-off-1', verdict: 'pending', from: 'HospitalMSP', to: 'CourierMSP' },
});

/** The hand-off, as one that nobody released. */
export const unreleased: HandOff = {
  noun: 'hand-off',
  coi: COI,
  id: 'hand-off-1',
  item: din(1),
  receipts: [],
};
/** The hand-off, of which the releaser read another label. */
export const releasedAs = (labelRead: string): HandOff => releasedWith({ labelRead });
export const releasedWith = (rest: Partial<Release>): HandOff => ({
  ...unreleased,
  release: { ...released, ...rest },
});
export const underWay = releasedAs(din(1));

/** A receipt of `of` by `by`, decided. */
export function receive(
  rest: object = {},
  by = courier,
  handOff: HandOff | undefined = underWay,
  of = parcel,
  at = NOW,
  who: Partial<Context> = {},
) {
  const body = receiveItem.body.parse({ ...RECEIPT, item: of.id, ...rest });
  const named = { id: of.id, known: 'own', item: of } as const;
  return decideReceive(
    { named, handOff, returnedIn: body.returned ? PRODUCT : undefined },
    command(by.id, body, { at }),
    context(by, who),
  );
}
