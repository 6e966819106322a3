import type { Custody } from './custody.js';
import { isOf, type Said } from './said.js';

/** Something wrong with a word's use of a thing. */
export interface Irregularity {
  readonly why: string;
  /** a word that is wrong itself, and excuses this where quality permits it */
  readonly excuse?: Said;
  /** of a thing that had ended: it reaches only what is made of it since (D1) */
  readonly ended?: string;
}

/** What was wrong with a word's use of things, by what was known of them when it was said. */
export function irregularities(said: Said, custody: Custody): readonly Irregularity[] {
  if (isOf(said, 'manufacturing:ReportStep')) {
    return said.body.inputs.flatMap(({ item }) => misuse(said, item, custody));
  }
  if (isOf(said, 'custody:DeriveItem')) {
    return said.body.parents.flatMap(({ item }) => misuse(said, item, custody));
  }
  if (isOf(said, 'custody:ReleaseItem')) {
    return [
      ...misuse(said, said.body.item, custody),
      ...misplaced(said, custody),
      ...(custody.isTaken(said) ? [{ why: 'its name stands for another hand-off' }] : []),
    ];
  }
  if (isOf(said, 'custody:ReceiveItem')) {
    return [
      ...(custody.isAddressed(said) ? [] : [{ why: 'it was not addressed to its receiver' }]),
      ...misplaced(said, custody),
    ];
  }
  return isOf(said, 'custody:RecordReadings') || isOf(said, 'custody:ConfirmCollection')
    ? misplaced(said, custody)
    : [];
}

function misuse({ organisation }: Said, item: string, custody: Custody): Irregularity[] {
  const place = custody.place(item);
  if (!place) return [];
  const excuse = place.found?.organisation === organisation ? { excuse: place.found } : {};
  return [
    ...(place.ended ? [{ why: `${item} had been ended by ${place.ended.type}`, ended: item }] : []),
    ...(place.holder === organisation
      ? []
      : [{ why: `${item} was with ${place.holder}`, ...excuse }]),
    ...(place.open ? [{ why: `${item} was on its way to ${place.open.to}`, ...excuse }] : []),
  ];
}

/** A word about a thing under another therapy than its own. */
function misplaced(
  {
    body,
  }: Said<
    | 'custody:ReleaseItem'
    | 'custody:ReceiveItem'
    | 'custody:RecordReadings'
    | 'custody:ConfirmCollection'
  >,
  custody: Custody,
): Irregularity[] {
  const place = custody.place(body.item);
  return place && place.coi !== body.coi ? [{ why: `it was said of therapy ${body.coi}` }] : [];
}
