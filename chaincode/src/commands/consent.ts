import {
  decideGiveConsent,
  decideRefuseConsent,
  decideWithdrawConsent,
  giveConsent,
  refuseConsent,
  withdrawConsent,
} from '@veinledger/domain/consent/answer';
import { decideRequestConsent, requestConsent } from '@veinledger/domain/consent/request';
import type { Purpose } from '@veinledger/domain/values/words';
import type { StateReader } from '../state/reader.js';
import { planFact, planPermission } from './plan.js';

async function consentsFor(reader: StateReader, patient: string, purpose: Purpose) {
  return { consents: await reader.range('consent', { patient, purpose }) };
}

export const consentPlans = [
  planPermission(
    requestConsent,
    async (reader, { body }) => {
      const consent = (id: string) =>
        reader.get('consent', { patient: body.patient, purpose: body.purpose, id });
      return {
        patient: await reader.get('actor', { id: body.patient }),
        existing: await consent(body.consent),
        superseded: body.supersedes === undefined ? undefined : await consent(body.supersedes),
      };
    },
    decideRequestConsent,
  ),
  planPermission(
    giveConsent,
    async (reader, { actor, body }) => {
      const consent = await reader.get('consent', {
        patient: actor,
        purpose: body.purpose,
        id: body.consent,
      });
      const superseded =
        consent?.supersedes === undefined
          ? undefined
          : await reader.get('consent', {
              patient: actor,
              purpose: body.purpose,
              id: consent.supersedes,
            });
      return { consent, superseded };
    },
    decideGiveConsent,
  ),
  planFact(
    refuseConsent,
    (reader, { actor, body }) => consentsFor(reader, actor, body.purpose),
    decideRefuseConsent,
  ),
  planFact(
    withdrawConsent,
    (reader, { actor, body }) => consentsFor(reader, actor, body.purpose),
    decideWithdrawConsent,
  ),
];
