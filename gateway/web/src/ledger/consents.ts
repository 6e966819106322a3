import { sealRendering, type Statement } from '@veinledger/client';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { besidePages } from '../address/settings.js';
import type { AsOf, Remembered } from './remembered.js';
import { readAll } from './therapies.js';

/** When something was said: by whoever said it, and by the ledger, in whose order it counts; RFC 3339. */
export interface Said {
  readonly at: string;
  readonly time: string;
}

/** A patient's decision on one purpose, as the gateway tells it. */
export interface StandingConsent {
  readonly purpose: string;
  readonly id: string;
  /** how it stands now */
  readonly stands: string;
  readonly scope: {
    readonly recipients?: readonly string[];
    readonly dataClasses?: readonly string[];
    readonly geography?: readonly string[];
    readonly validFrom?: string;
    readonly validUntil?: string;
    readonly maxUses?: number;
  };
  readonly form?: {
    readonly id: string;
    readonly version: string;
    readonly language: string;
    readonly digest: string;
    /** which clauses it was asked with; all of them are needed where it was asked without */
    readonly clauses?: readonly { readonly clause: string; readonly needed: boolean }[];
  };
  readonly requested?: Said;
  readonly decided?: Said;
  readonly ended?: Said;
  /** the ids of the noes that it takes back */
  readonly takesBack?: readonly string[];
}

/** A consent form as text, with what is answered. */
export interface ConsentForm {
  readonly id: string;
  readonly version: string;
  readonly language: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly clauses: readonly {
    readonly clause: string;
    readonly text: string;
    /** without a yes to it there is no yes to the whole */
    readonly needed: boolean;
  }[];
}

/** A yes or no for each clause. */
export type Answers = Readonly<Record<string, boolean>>;

/** All that a patient said, and is asked; what was read last, off line. */
export function readConsents(of: {
  readonly reads: Remembered;
  readonly actor: string;
}): Promise<AsOf<readonly StandingConsent[]>> {
  const path = `/v1/patients/${of.actor}/consents`;
  return of.reads.read('consents', (client) => readAll<StandingConsent>(client, path));
}

/** Whether the patient is asked, and has not answered. */
export function isOpen({ stands }: StandingConsent): boolean {
  return stands === 'requested' || stands === 'deferred';
}

/** Whether it permits. */
export function isYes({ stands }: StandingConsent): boolean {
  return stands === 'given' || stands === 'renewed' || stands === 'not-yet-valid';
}

/**
 * The form with this digest, which is worked out here again.
 * @returns undefined where what the gateway has is another text
 * @throws Error where it has none
 */
export async function readForm(digest: string): Promise<ConsentForm | undefined> {
  const form = await besidePages(`forms/${digest}.json`);
  return sha256Base64url(canonicalise(form)) === digest ? (form as ConsentForm) : undefined;
}

/**
 * The form with what its question needs: a clause that it was asked with says so itself.
 * @returns undefined where it was asked with other clauses
 */
export function asAsked(
  form: ConsentForm,
  asked: StandingConsent['form'],
): ConsentForm | undefined {
  const needed = new Map(asked?.clauses?.map((each) => [each.clause, each.needed]));
  const isOther =
    needed.size > 0 &&
    (needed.size !== form.clauses.length || !form.clauses.every((each) => needed.has(each.clause)));
  if (isOther) return undefined;
  const clauses = form.clauses.map((each) => ({
    ...each,
    needed: needed.get(each.clause) ?? true,
  }));
  return { ...form, clauses };
}

/** Whether the answers make a yes to the whole: one to each clause that is needed. */
export function agrees({ clauses }: ConsentForm, answers: Answers): boolean {
  return clauses.every(({ clause, needed }) => !needed || answers[clause] === true);
}

/** What the patient signs, and what opens the commitment to what was shown; a no commits to nothing shown. */
export interface Decision {
  readonly statement: Statement;
  readonly rendered?: string;
}

/**
 * What the patient signs in answer to a question.
 * @param shown the text of the page that was shown
 */
export function decisionOf(
  { purpose, id }: Pick<StandingConsent, 'purpose' | 'id'>,
  form: ConsentForm,
  digest: string,
  answers: Answers,
  shown: string,
): Decision {
  if (!agrees(form, answers)) {
    return { statement: { type: 'consent:RefuseConsent', body: { purpose, consent: id } } };
  }
  const rendering = sealRendering(new TextEncoder().encode(shown));
  const clauses = form.clauses.map(({ clause }) => ({ clause, agreed: answers[clause] === true }));
  return {
    statement: {
      type: 'consent:GiveConsent',
      body: {
        purpose,
        consent: id,
        formDigest: digest,
        renderedCommitment: rendering.digest,
        clauses,
      },
    },
    rendered: rendering.text,
  };
}

/** What the patient signs to take back what was agreed. */
export function withdrawalOf(purpose: string): Statement {
  return { type: 'consent:WithdrawConsent', body: { purpose } };
}

/**
 * What counts of what was said, at most two of each purpose: the last yes, and what was said otherwise since it, as of a
 * further question. What another took the place of, and a no that was taken back, say nothing any more.
 */
export function whatCounts(consents: readonly StandingConsent[]): readonly StandingConsent[] {
  const said = consents.filter((each) => !isOpen(each) && !REPLACED.includes(each.stands));
  return [...new Set(said.map(({ purpose }) => purpose))].flatMap((purpose) => {
    const ofPurpose = said.filter((each) => each.purpose === purpose);
    const yes = ofPurpose.filter(isYes).reduce(later, undefined);
    const back = ofPurpose.filter(isYes).flatMap(({ takesBack = [] }) => takesBack);
    const other = ofPurpose
      .filter((each) => !isYes(each) && !back.includes(each.id))
      .reduce(later, undefined);
    if (yes === undefined || other === undefined)
      return [yes ?? other].flatMap((each) => each ?? []);
    return saidAt(other) > saidAt(yes) ? [yes, other] : [yes];
  });
}

const REPLACED: readonly string[] = ['superseded', 'restricted'];

function later(last: StandingConsent | undefined, each: StandingConsent): StandingConsent {
  return last === undefined || saidAt(last) < saidAt(each) ? each : last;
}

/** A no under another name of the same patient has no time here, and counts whenever it was said. */
function saidAt({ ended, decided }: StandingConsent): string {
  return ended?.time ?? decided?.time ?? 'unknown';
}
