import { COMMAND_TYPES } from '@veinledger/domain/catalogue';
import type { Context } from '@veinledger/domain/commands/decision';
import { VeinledgerError } from '@veinledger/domain/errors/errors';
import { bootstrap, decideBootstrap } from '@veinledger/domain/registry/bootstrap';
import {
  closeSession,
  decideCloseSession,
  decideOpenSession,
  openSession,
} from '@veinledger/domain/registry/delegate';
import { decideEnrol, enrolActor } from '@veinledger/domain/registry/enrol';
import { keyIds, type PublicKeys } from '@veinledger/domain/signing/keys';
import { requirePossession } from '@veinledger/domain/signing/possession';
import {
  confirmReenrolment,
  decideConfirmReenrolment,
  decideReenrol,
  reenrolPatient,
} from '@veinledger/domain/registry/reenrol';
import { decideRevoke, revokeActor } from '@veinledger/domain/registry/revoke';
import { decideRotate, rotateKeys } from '@veinledger/domain/registry/rotate';
import { decidePublish, publishProcess } from '@veinledger/domain/process/publish';
import type { StateReader } from '../state/reader.js';
import { planPermission } from './plan.js';

/** Former keys of the actor among new ones, once the proof has shown that the new ones are in the actor's hands. */
async function provenKeys(
  reader: StateReader,
  actor: string,
  body: { readonly keys: PublicKeys; readonly proof: string },
  { root, verifier }: Context,
) {
  await requirePossession(body.proof, { network: root.network, actor, keys: body.keys }, verifier);
  return reader.get('former-keys', { actor, kid: keyIds(body.keys).ed25519 });
}

export const registryPlans = [
  planPermission(
    bootstrap,
    async (reader) => ({ existing: await reader.get('root', {}) }),
    decideBootstrap,
  ),
  planPermission(
    enrolActor,
    async (reader, command, context) => {
      const id = context.actor.organisation;
      const organisation = await reader.get('organisation', { id });
      if (!organisation) {
        throw new VeinledgerError('UNKNOWN_ORGANISATION', 'the organisation is not a member', {
          field: 'actor.organisation',
          expected: 'a member',
          found: id,
        });
      }
      return { organisation, existing: await reader.get('actor', { id: command.body.actor }) };
    },
    decideEnrol,
  ),
  planPermission(
    revokeActor,
    async (reader, command) => {
      const target = await reader.get('actor', { id: command.body.actor });
      const registrar = target?.roles.includes('registrar') === true;
      return {
        target,
        organisation: registrar
          ? await reader.get('organisation', { id: target.organisation })
          : undefined,
      };
    },
    decideRevoke,
  ),
  planPermission(
    rotateKeys,
    async (reader, { actor, body }, context) => ({
      holder: await reader.get('actor', { id: actor }),
      former: await provenKeys(reader, actor, body, context),
    }),
    decideRotate,
  ),
  planPermission(
    reenrolPatient,
    async (reader, { body }, context) => ({
      patient: await reader.get('actor', { id: body.patient }),
      former: await provenKeys(reader, body.patient, body, context),
    }),
    decideReenrol,
  ),
  planPermission(
    confirmReenrolment,
    async (reader, { body }) => {
      const pending = await reader.get('reenrolment', { patient: body.patient });
      const kid = pending && keyIds(pending.keys).ed25519;
      return {
        patient: await reader.get('actor', { id: body.patient }),
        pending,
        former:
          kid === undefined
            ? undefined
            : await reader.get('former-keys', { actor: body.patient, kid }),
      };
    },
    decideConfirmReenrolment,
  ),
  planPermission(
    openSession,
    async (reader, { body }) => ({
      device: await reader.get('actor', { id: body.device }),
      session: await reader.get('session', { device: body.device }),
      types: body.types.map((name) => COMMAND_TYPES.find(({ type }) => type === name)),
    }),
    decideOpenSession,
  ),
  planPermission(
    closeSession,
    async (reader, { body }) => ({
      session: await reader.get('session', { device: body.device }),
    }),
    decideCloseSession,
  ),
];

export const processPlans = [
  planPermission(
    publishProcess,
    async (reader, command) => {
      const { id, version } = command.body.definition;
      return {
        published: await reader.get('process', { id, version }),
        agreed: await reader.get('agreed-process', { id, version }),
      };
    },
    decidePublish,
  ),
];
