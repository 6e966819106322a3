import { decideOrder, orderTherapy } from '@veinledger/domain/therapy/order';
import { weighConsents } from '../state/weigh-consents.js';
import { planPermission } from './plan.js';

export const therapyPlans = [
  planPermission(
    orderTherapy,
    async (reader, command) => {
      const { body } = command;
      return {
        existing: await reader.get('therapy', { coi: body.coi }),
        process: await reader.get('process', {
          id: body.process.id,
          version: body.process.version,
        }),
        patient: await reader.get('actor', { id: body.patient }),
        parties: await Promise.all(body.parties.map((id) => reader.get('organisation', { id }))),
        consents: await weighConsents(reader, body.patient),
      };
    },
    decideOrder,
  ),
];
