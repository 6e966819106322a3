import { type GatewayClient, sealRendering, type Statement } from '@veinledger/client';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { besidePages } from '../address/settings.js';
import { readAll } from './therapies.js';

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
  };
  readonly requested?: { readonly at: string };
  readonly decided?: { readonly at: string };
  readonly ended?: { readonly at: string };
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

export function readConsents(
  client: GatewayClient,
  patient: string,
): Promise<readonly StandingConsent[]> {
  return readAll<StandingConsent>(client, `/v1/patients/${patient}/consents`);
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
    return { statement: { type: 'consent:RefuseConsent', body: { purpose } } };
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
