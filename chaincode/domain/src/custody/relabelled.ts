import type { Context, Recording } from '../commands/decision.js';
import { canonicalise } from '../encoding/codec.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { numbersEver, type Relabelling } from '../nouns/relabelling.js';
import { isOwnSignature } from '../nouns/signed.js';
import { labelAgainst } from './label.js';
import { isFree } from './identify.js';
import { nameWithin } from './resolve.js';

/** What both who relabel a thing sign. */
export type WordsOfRelabelling = Pick<
  Relabelling,
  'labelRead' | 'label' | 'reason' | 'formerLabel'
>;

/** What of a command or a record both sign. */
export function wordsOf({ labelRead, label, reason, formerLabel }: WordsOfRelabelling) {
  return { labelRead, label, reason, formerLabel };
}

/** Whether the same person said the same of it before. */
export function isToldBy(before: Relabelling, said: WordsOfRelabelling, context: Context): boolean {
  return (
    saysTheSame(before, said) && before.signatures.some((each) => isOwnSignature(each, context))
  );
}

/**
 * Whether a number may stand on a thing's new label: nobody has spoken of it, but under another therapy of something that
 * nobody identified, or it was given to a thing by a relabelling that was entered in error, and by nothing else.
 */
export function isFreeLabel(label: NamedItem): boolean {
  if (isFree(label)) return true;
  const { relabellings = [] } = label.item;
  const standing = relabellings.filter(({ annulled }) => !annulled);
  return !numbersEver({ ...label.item, relabellings: standing }).includes(label.id);
}

/** Whether a number is one of the thing's already. */
export function isOf({ id }: Item, label: NamedItem): boolean {
  return label.known === 'own' && label.item.id === id;
}

/** A label with a number that another thing has, or that this one had, is none: another one is to be put in its place. */
export function noteTaken(recording: Recording, item: Item, label: NamedItem): void {
  if (label.known === 'never') return;
  const found = nameWithin(item.coi, label.item);
  const others = isOf(item, label) ? [] : [label.item];
  const finding = { code: 'IDENTIFIER_TAKEN', classification: 'critical' } as const;
  recording.deviate({ ...finding, expected: 'a number of its own', found }, item, ...others);
}

/**
 * Whether somebody does not say the same as who applied the label, or is of another organisation and read no label before:
 * neither is a verification.
 */
export function noteOtherWords(
  recording: Recording,
  item: Item,
  before: Relabelling,
  said: WordsOfRelabelling,
  { actor: { organisation } }: Context,
): boolean {
  const [first] = before.signatures;
  const isOfAnother = first !== undefined && first.organisation !== organisation;
  if (saysTheSame(before, said) && !isOfAnother) return false;
  const earlier = (item.relabellings ?? []).slice(0, item.relabellings?.indexOf(before));
  const against = labelAgainst(said.labelRead, { ...item, relabellings: earlier });
  if (against) recording.deviate(against, item);
  const finding = { code: 'CONTRADICTING_RELABELLING', classification: 'major' } as const;
  const [expected, found] = [
    [first?.organisation, ...Object.values(wordsOf(before))].join(),
    [organisation, ...Object.values(wordsOf(said))].join(),
  ];
  recording.deviate({ ...finding, expected, found }, item);
  return true;
}

function saysTheSame(one: WordsOfRelabelling, other: WordsOfRelabelling): boolean {
  return canonicalise(wordsOf(one)) === canonicalise(wordsOf(other));
}
