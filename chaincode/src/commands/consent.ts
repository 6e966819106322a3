import {
  decideGiveConsent,
  decideRefuseConsent,
  decideWithdrawConsent,
  giveConsent,
  refuseConsent,
  withdrawConsent,
} from '@veinledger/domain/consent/answer';
import { decideRequestConsent, requestConsent } from '@veinledger/domain/consent/request';
import { keys, ranges } from '../state/keys.js';
import type { StateReader } from '../state/reader.js';
import { planFact, planPermission } from './plan.js';

async function consentsFor(reader: StateReader, patient: string, purpose: string) {
  return { consents: await reader.range('consent', ranges.consentsFor(patient, purpose)) };
}

export const consentPlans = [
  planPermission(
    requestConsent,
    async (reader, { body }) => {
      const consent = (id: string) =>
        reader.get('consent', keys.consent(body.patient, body.purpose, id));
      return {
        patient: await reader.get('actor', keys.actor(body.patient)),
        existing: await consent(body.consent),
        superseded: body.supersedes === undefined ? undefined : await consent(body.supersedes),
      };
    },
    decideRequestConsent,
  ),
  planPermission(
    giveConsent,
    async (reader, { actor, body }) => {
      const consent = await reader.get('consent', keys.consent(actor, body.purpose, body.consent));
      const superseded =
        consent?.supersedes === undefined
          ? undefined
          : await reader.get('consent', keys.consent(actor, body.purpose, consent.supersedes));
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
