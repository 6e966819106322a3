import { decideOrder, orderTherapy } from '@veinledger/domain/therapy/order';
import { keys } from '../state/keys.js';
import { weighConsents } from '../state/weigh-consents.js';
import { planPermission } from './plan.js';

export const therapyPlans = [
  planPermission(
    orderTherapy,
    async (reader, command) => {
      const { body } = command;
      return {
        existing: await reader.get('therapy', keys.therapy(body.coi)),
        process: await reader.get('process', keys.process(body.process.id, body.process.version)),
        patient: await reader.get('actor', keys.actor(body.patient)),
        parties: await Promise.all(
          body.parties.map((id) => reader.get('organisation', keys.organisation(id))),
        ),
        consents: await weighConsents(reader, body.patient),
      };
    },
    decideOrder,
  ),
];
