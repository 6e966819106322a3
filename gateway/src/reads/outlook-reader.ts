import {
  type Consent,
  consentOutlook,
  consentSchema,
  type EffectiveConsentState,
  type Outlook,
  type WeighedConsent,
} from '@veinledger/domain';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { CallerReader } from './caller-reader.js';

/** A consent with how it stands now. */
export type StandingConsent = Consent & { readonly stands: EffectiveConsentState };

/** Asks what the next gates would say now, by this gateway's clock. */
export class OutlookReader {
  readonly #reader: Pick<CallerReader, 'read'>;

  constructor(reader: Pick<CallerReader, 'read'>) {
    this.#reader = reader;
  }

  /**
   * What the next gates would say of everything in a therapy, within what the caller may learn.
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async outlook(caller: Caller, coi: string): Promise<Outlook> {
    return (await this.#reader.read(caller, 'audit:ReadOutlook', coi, now())) as Outlook;
  }

  /**
   * A patient's decisions, each with how it stands.
   * @throws VeinledgerError NOT_ENTITLED; LedgerError for what the contract refuses
   */
  async consents(caller: Caller, patient: string): Promise<readonly StandingConsent[]> {
    const listed = await this.#reader.read(caller, 'consent:List', patient);
    const at = now();
    return (listed as readonly WeighedConsent[]).map((consent) => standing(consent, at));
  }
}

/** The record as it is, without what it was weighed with. */
const record = z.object(consentSchema.shape);

function standing(weighed: WeighedConsent, at: string): StandingConsent {
  return { ...record.parse(weighed), stands: consentOutlook(weighed, at).state };
}

const now = () => new Date().toISOString();
