import type { Journey } from '../honest/journey.js';
import { mapped, type Body } from '../spoken.js';
import { changed, drawPlace, type FaultKind } from './fault.js';

/** A command about another patient's thing, or said under another patient's therapy. */
export const otherTherapy: FaultKind = (draw) => {
  const { random, stage, journey } = draw;
  const place = drawPlace(draw, ({ type }) => /^custody|^manufacturing|^care/.test(type));
  const spoken = place === undefined ? undefined : draw.plan[place];
  if (place === undefined || !spoken) return undefined;
  const other = random.of(stage.journeys.slice(1));
  const names = namesIn(spoken, journey);
  if (names.length === 0 || random.chance(0.25)) {
    return changed('other therapy', draw, place, `under ${other.coi}`, (each) => ({
      ...each,
      body: { ...each.body, coi: other.coi },
    }));
  }
  const name = random.of(names);
  const theirs = counterpart(name, journey, other);
  if (theirs === undefined) return undefined;
  return changed('other therapy', draw, place, `${theirs} for ${name}`, (each) => ({
    ...each,
    body: mapped(each.body, (text) => (text === name ? theirs : text)) as Body,
  }));
};

/** A command about another thing of the same therapy. */
export const otherThing: FaultKind = (draw) => {
  const { random, journey } = draw;
  const place = drawPlace(draw, ({ type }) => /^custody|^manufacturing|^care/.test(type));
  const spoken = place === undefined ? undefined : draw.plan[place];
  if (place === undefined || !spoken) return undefined;
  const names = namesIn(spoken, journey);
  if (names.length === 0) return undefined;
  const name = random.of(names);
  const another = random.of([...thingsOf(journey), UNKNOWN].filter((each) => each !== name));
  return changed('other thing', draw, place, `${another} for ${name}`, (each) => ({
    ...each,
    body: mapped(each.body, (text) => (text === name ? another : text)) as Body,
  }));
};

/** A label of the right form that nobody knows. */
const UNKNOWN = 'https://id.gs1.org/01/04012345000078/21/unknown';

/** The items that a therapy's journey names. */
export function thingsOf({ things }: Pick<Journey, 'things'>): readonly string[] {
  return things.map(({ item }) => item);
}

/** The therapy's things that a command names. */
export function namesIn({ body }: { readonly body: Body }, journey: Journey): readonly string[] {
  const found = new Set<string>();
  mapped(body, (text) => {
    if (thingsOf(journey).includes(text)) found.add(text);
    return text;
  });
  return [...found];
}

function counterpart(name: string, own: Journey, other: Journey): string | undefined {
  return thingsOf(other)[thingsOf(own).indexOf(name)];
}
