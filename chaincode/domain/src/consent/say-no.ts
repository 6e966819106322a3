import { z } from 'zod';
import { without } from '../annulling/without.js';
import type { Command } from '../commands/command.js';
import type { Reader } from '../commands/reader.js';
import type { Consent } from '../nouns/consent.js';
import type { Scope } from '../nouns/scope.js';
import type { Signed } from '../nouns/signed.js';
import { localId } from '../values/identifiers.js';
import { type Purpose, purpose } from '../values/words.js';
import { isGiven, isNoOfPatient, isOpenQuestion, standingDenials } from './stands.js';

/** The scope of what a patient says. */
export const ofThePatient = (_body: unknown, actor: string): Scope => ({
  kind: 'patient',
  id: actor,
});

/** Which purpose the patient says no to; to one question or consent alone where that is named. */
export const noBody = z.strictObject({ purpose, consent: localId.optional() });

export type NoBody = z.infer<typeof noBody>;

/** What a no is decided on. */
export interface NoState {
  /** the patient's consents for the purpose */
  readonly consents: readonly Consent[];
}

/** A no, by whatever route it came. */
export interface No {
  readonly patient: string;
  readonly purpose: Purpose;
  /** the question or the consent that it is about, where it is about one alone */
  readonly consent?: string | undefined;
  readonly to: 'refused' | 'withdrawn';
  readonly signed: Signed;
  /** where staff heard it */
  readonly route?: Consent['route'];
  /** who said it in the patient's place */
  readonly proxy?: string | undefined;
}

/**
 * What a no changes. To a purpose it is a record in force of its own, and ends what was given; a refusal answers what is
 * open with it, and a withdrawal leaves a question that was never answered as it is. To one question or consent it ends
 * that alone. Where there is no such any more, since another took its place, others ended it, or an earlier no was taken
 * back, it is to the purpose: whoever says no is not asked to know by which record it stands.
 */
export function changesByNo(state: NoState, no: No): readonly Consent[] {
  const changed = endedByNo(state, no);
  const others = state.consents.filter(
    ({ half, id }) => half && !changed.some((each) => each.id === id),
  );
  // what one of two staff said before it is said no more
  return [...changed, ...others].map((each) => without(each, 'half'));
}

function endedByNo(
  { consents }: NoState,
  { patient, purpose: of, consent: id, to, signed, route, proxy }: No,
): readonly Consent[] {
  const isEnded = (each: Consent) => mayEnd(each) || (to === 'refused' && isOpenQuestion(each));
  const by = route ? { route } : {};
  const ended = proxy === undefined ? signed : { ...signed, proxy };
  const named = id === undefined ? undefined : consents.find((each) => each.id === id);
  if (named && (mayEnd(named) || isOpenQuestion(named))) {
    return [{ ...named, ...by, state: to, ended }];
  }
  const isSaid = named && isNoOfPatient(named) && standingDenials(consents).includes(named);
  // what a proxy said is not what the patient says, whose no counts by itself
  if (isSaid && named.ended?.proxy === proxy) return [];
  return [
    ...consents.filter(isEnded).map((each) => ({ ...each, state: to, ended })),
    {
      ...{ noun: 'consent', patient, purpose: of, id: `N1.${ended.command}`, state: to },
      ...{ legalBasis: 'consent', scope: {}, ended, ...by },
    },
  ];
}

/** Whether it may permit something now or once it is put right; a record that denies or was replaced stays as it is. */
function mayEnd(consent: Consent): boolean {
  const { state } = consent;
  return isGiven(consent) || state === 'expired' || state === 'reconsent-required';
}

/** The consents that a no concerns. */
export async function readForNo(
  reader: Reader,
  { actor, body }: Pick<Command<NoBody>, 'actor' | 'body'>,
): Promise<NoState> {
  return {
    consents: await reader.range('consent', { patient: actor, purpose: body.purpose }),
  };
}
