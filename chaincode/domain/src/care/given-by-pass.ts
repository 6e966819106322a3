import { z } from 'zod';
import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { usesMade } from '../consent/evaluate.js';
import { readRecipient } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import { usesAsked } from '../gates/consent.js';
import { othersByPass, reasonsAgainstPass } from '../gates/pass.js';
import { statementOfVerification } from '../graph/statements.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { ConsentUsed } from '../nouns/consent-use.js';
import type { Dose } from '../nouns/dose.js';
import type { BlockableEntity } from '../nouns/registry.js';
import type { Statement } from '../registry/suspicion.js';
import { localId } from '../values/identifiers.js';
import { earlier } from '../values/time.js';

/** The dose pass by which something was given where the ledger could not be reached, with the checks at the bedside (A11). */
export const givenByPass = z.strictObject({
  pass: localId,
  verifications: z.array(localId).min(1).max(4),
});

/** What an administration says, as far as a pass is concerned. */
interface Told {
  readonly dose: string;
  readonly number: number;
  readonly item: string;
  readonly course: 'complete' | 'interrupted' | 'not-started';
  readonly byPass?: z.infer<typeof givenByPass> | undefined;
}

/**
 * Why a dose that nobody authorised was not given by a pass that stands in the place of that.
 * @param at when it was begun, RFC 3339
 */
export function whyNotByPass(whole: WholeTherapy, told: Told, at: string): string | undefined {
  if (!told.byPass) return 'no authorisation';
  const against = reasonsAgainstPass(whole, { ...told, ...told.byPass, at });
  return against.length === 0 ? undefined : [...new Set(against)].join(', ');
}

/** The signatures on which giving something by a pass rests. */
export function statementsByPass(whole: WholeTherapy, { byPass }: Told): readonly Statement[] {
  if (!byPass) return [];
  const pass = whole.passes.get(byPass.pass);
  const checks = byPass.verifications.flatMap((id) => whole.verifications.get(id) ?? []);
  return [
    ...(pass ? [{ subject: `dose-pass ${pass.id}`, signed: pass.issued }] : []),
    ...checks.map(statementOfVerification),
  ];
}

/** The uses of consent that giving a dose by a pass makes, since no authorisation made them. */
export async function usesByPass(
  reader: Reader,
  whole: WholeTherapy,
  { body, id, at }: Command<Told>,
  { actor, transactionTime }: Context,
): Promise<readonly ConsentUsed[]> {
  if (!body.byPass || body.course === 'not-started') return [];
  const { therapy } = whole;
  const consents = await weighConsents(reader, therapy.patient);
  const recipient = await readRecipient(reader, actor.organisation, consents);
  const ancestry = upstreamOf(whole, [{ kind: 'item', coi: therapy.coi, id: body.item }]);
  const uses = usesAsked({ whole, ancestry, recipient }, earlier(at, transactionTime));
  return usesMade(consents, uses, id);
}

/** What was told of a dose that was given by a pass, and is told otherwise: both stay, and quality decides. */
export function noteContradiction(
  recording: Recording,
  { administrations }: Dose,
  { byPass, course, item }: Told,
  things: readonly BlockableEntity[],
): void {
  const before = administrations.filter(({ annulled }) => !annulled);
  const other = before.at(-1);
  if (!other || (!byPass && before.every(({ pass }) => pass === undefined))) return;
  recording.deviate(
    {
      code: 'CONTRADICTING_ADMINISTRATION',
      classification: 'critical',
      expected: `what ${other.actor} told: ${other.course} of ${other.item}`,
      found: `${course} of ${item}`,
    },
    ...things,
  );
}

/** A pass is for one dose, which nobody could know at the bedside. */
export function noteSecondUse(
  recording: Recording,
  whole: WholeTherapy,
  { byPass, course, dose }: Told,
  things: readonly BlockableEntity[],
): void {
  if (!byPass || course === 'not-started') return;
  const others = othersByPass(whole, { pass: byPass.pass, dose });
  if (others.length === 0) return;
  recording.deviate(
    {
      code: 'PASS_USED_TWICE',
      classification: 'critical',
      expected: `pass ${byPass.pass} used once`,
      found: others.map(({ id }) => `dose ${id}`).join(', '),
    },
    ...things,
  );
}
