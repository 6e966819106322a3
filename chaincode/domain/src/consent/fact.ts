import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import type { ConsentTerms } from '../nouns/consent.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { isBefore } from '../values/time.js';
import type { ConsentState, DataClass, Purpose } from '../values/words.js';
import { readConsentsTo } from './by-purpose.js';
import { reasonsAgainstUse, usesMade } from './evaluate.js';
import type { ConsentUse } from './use.js';
import { joinedNoes } from './joined.js';
import { readRecipient, type Recipient } from './uses.js';
import { countUses } from './weigh-consents.js';
import type { WeighedConsent } from './weighed.js';

/** The uses that a fact made of the patient's material and data, and what the patient has said of their purposes. */
export interface UseByFact {
  readonly consents: readonly WeighedConsent[];
  readonly purposes: readonly Purpose[];
  readonly dataClasses: readonly DataClass[];
  readonly recipient: Recipient;
}

/**
 * Reads what the patient says of the purposes of a fact: one key for each purpose, the uses of limited consents, and
 * the recipient's country where a consent names countries.
 * @param to MSP id of who used it or received it
 */
export async function readUseByFact(
  reader: Reader,
  patient: string,
  { to, ...use }: Pick<UseByFact, 'purposes' | 'dataClasses'> & { readonly to: string },
): Promise<UseByFact> {
  const found = await Promise.all(
    use.purposes.map((purpose) => readConsentsTo(reader, patient, purpose)),
  );
  const own = await Promise.all(found.flat().map((consent) => countUses(reader, consent)));
  const joined = await Promise.all(
    use.purposes.map((purpose) => joinedNoes(reader, patient, purpose)),
  );
  const consents = [...own, ...joined.flat()];
  return { ...use, consents, recipient: await readRecipient(reader, to, consents) };
}

/**
 * Opens a deviation on what a fact made where the patient's consent did not cover it when it happened, or was taken back
 * before it was told. A no counts whenever it was said; a period is held against the transaction's time too, unless the
 * entry says why it is late.
 * @param counted whether a permission counted the use already
 */
export function noteConsent(
  recording: Recording,
  { consents, purposes, dataClasses, recipient }: UseByFact,
  command: Command<unknown>,
  context: Context,
  things: readonly BlockableEntity[],
  counted = false,
): void {
  const happened = effectiveOf(signedBy(command, context));
  const { late, transactionTime: told } = context;
  const usesAt = (at: string): readonly ConsentUse[] =>
    purposes.map((purpose) => ({ purpose, at, dataClasses, ...recipient }));
  const then = consentsAt(counted ? consents.map(uncounted) : consents, happened);
  const times = late && command.lateReason !== undefined ? [happened] : [happened, told];
  const against = purposes.flatMap((purpose) => {
    const [reason] = times
      .flatMap(usesAt)
      .filter((use) => use.purpose === purpose)
      .flatMap((use) => reasonsAgainstUse(then, use));
    return reason ? [`${purpose} ${reason.found ?? reason.code}`] : [];
  });
  if (!counted) recording.put(...usesMade(then, usesAt(happened), command.id));
  if (against.length === 0) return;
  const expected = 'the patient’s consent';
  const found = against.join(', ');
  recording.deviate(
    { code: 'WITHOUT_CONSENT', classification: 'critical', expected, found },
    ...things,
  );
}

/**
 * The patient's decisions as they stood at a time, but that a no counts whenever it was said: what was given later had
 * not been given, and what another has taken the place of since still stood.
 */
function consentsAt(consents: readonly WeighedConsent[], at: string): readonly WeighedConsent[] {
  return consents.map((consent) => {
    if (isGivenAfter(consent, at)) return { ...consent, state: 'requested' };
    const replaced = consent.state === 'superseded' || consent.state === 'restricted';
    if (!replaced || !consent.decided || consent.ended) return consent;
    const next = consents.find(({ supersedes }) => supersedes === consent.id);
    return next && isGivenAfter(next, at) ? { ...consent, state: 'given' } : consent;
  });
}

/** What was agreed to, whatever took its place since. */
const AGREED: ReadonlySet<ConsentState> = new Set(['given', 'renewed', 'superseded', 'restricted']);

function isGivenAfter({ state, decided }: ConsentTerms, at: string): boolean {
  return AGREED.has(state) && decided !== undefined && isBefore(at, effectiveOf(decided));
}

function uncounted(consent: WeighedConsent): WeighedConsent {
  return { ...consent, used: 0 };
}
