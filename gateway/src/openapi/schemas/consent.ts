import { consentSchema, EFFECTIVE_CONSENT_STATES } from '@veinledger/domain';
import { z } from 'zod';

/** A consent with how it stands by the gateway's clock. */
export const standingConsent = consentSchema.extend({ stands: z.enum(EFFECTIVE_CONSENT_STATES) });
