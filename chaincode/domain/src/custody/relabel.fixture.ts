import type { FactDecision } from '../commands/decision.js';
import { actor, COI, command, context, din, NOW, OTHER_COI, item } from '../example.fixture.js';
import { honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { numbersEver } from '../nouns/relabelling.js';
import { changedBy } from '../quality/expiry.fixture.js';
import { decideRelabel, relabelItem } from './relabel.js';
import { reportedOf } from './resolve.js';

export const pharmacist = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
export const second = actor('hospital.pharmacist-2', 'HospitalMSP', 'pharmacist');
export const courier = actor('courier.driver', 'CourierMSP', 'courier');

/** The number on the dose's new label, and one on another. */
export const [NEW, NEWER] = [din(501), din(502)] as const;
/** What somebody spoke of under another therapy, and what is a thing of that one. */
export const [SPOKEN_OF, ELSEWHERE] = [din(601), din(602)] as const;
const holder = { organisation: 'ElsewhereMSP', actor: 'elsewhere.nurse' };
const FOREIGN = [
  item({ coi: OTHER_COI, id: SPOKEN_OF, kind: 'unidentified', holder }),
  item({ coi: OTHER_COI, id: ELSEWHERE, holder }),
];

export interface Said {
  readonly by?: Actor;
  readonly item?: string;
  readonly labelRead?: string;
  readonly label?: string;
  readonly reason?: string;
  readonly formerLabel?: string;
  readonly at?: string;
  readonly person?: string;
  /** the command's id */
  readonly id?: string;
}

/** What the ledger knows of a number, as the index of items has it: the last thing that was given it. */
export function namedIn({ entities }: Story, id: string): NamedItem {
  const things = entities.filter((each): each is Item => each.noun === 'item');
  const named = things.findLast((each) => each.id === id || numbersEver(each).includes(id));
  if (named) return { id, known: 'own', item: named };
  const foreign = FOREIGN.find((each) => each.id === id);
  return foreign ? { id, known: 'foreign', item: foreign } : { id, known: 'never' };
}

/** What becomes of the dose when somebody says that it bears another label. */
export function relabel(story: Story, said: Said = {}): FactDecision {
  const { by = pharmacist, at = NOW, person, id, ...words } = said;
  const body = relabelItem.body.parse({
    ...{ coi: COI, item: THINGS.dose, labelRead: words.item ?? THINGS.dose, label: NEW },
    ...{ reason: 'damaged', formerLabel: 'destroyed', ...words },
  });
  const told = command(by.id, body, { at });
  const named = reportedOf(story.whole().therapy, namedIn(story, body.item));
  return decideRelabel(
    { named, label: namedIn(story, body.label) },
    { ...told, id: id ?? told.id },
    context(by, { transactionTime: at, ...(person === undefined ? {} : { person }) }),
  );
}

/** The story after somebody said so. */
export function relabelled(story: Story, said: Said = {}): Story {
  return changedBy(story, relabel(story, said).changes);
}

/** The story in which both said so, each by a command of its own id. */
export function verified(story: Story = honest(), said: Said = {}, ids = ['first', 'second']) {
  const [id = '', next = ''] = ids;
  return relabelled(relabelled(story, { ...said, id }), { ...said, by: second, id: next });
}

/** The dose of a story, or another thing of it. */
export const itemOf = (story: Story, id: string = THINGS.dose) => story.find('item', id);
