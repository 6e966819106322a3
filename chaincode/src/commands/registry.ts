import { VeinledgerError } from '../domain/errors.js';
import { bootstrap, decideBootstrap } from '../domain/registry/bootstrap.js';
import { decideEnrol, enrolActor } from '../domain/registry/enrol.js';
import { decideRevoke, revokeActor } from '../domain/registry/revoke.js';
import { decidePublish, publishProcess } from '../domain/process/publish.js';
import { keys } from '../state/keys.js';
import { planPermission } from './plan.js';

export const registryPlans = [
  planPermission(
    bootstrap,
    async (reader) => ({ existing: await reader.get('root', keys.root()) }),
    decideBootstrap,
  ),
  planPermission(
    enrolActor,
    async (reader, command, context) => {
      const id = context.actor.organisation;
      const organisation = await reader.get('organisation', keys.organisation(id));
      if (!organisation) {
        throw new VeinledgerError('UNKNOWN_ORGANISATION', 'the organisation is not a member', {
          field: 'actor.organisation',
          expected: 'a member',
          found: id,
        });
      }
      return { organisation, existing: await reader.get('actor', keys.actor(command.body.actor)) };
    },
    decideEnrol,
  ),
  planPermission(
    revokeActor,
    async (reader, command) => ({
      target: await reader.get('actor', keys.actor(command.body.actor)),
    }),
    decideRevoke,
  ),
];

export const processPlans = [
  planPermission(
    publishProcess,
    async (reader, command) => {
      const { id, version } = command.body.definition;
      return { published: await reader.get('process', keys.process(id, version)) };
    },
    decidePublish,
  ),
];
