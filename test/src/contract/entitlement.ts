import { describe, expect, it } from '@jest/globals';
import {
  enrol,
  enrolmentBody,
  type Person,
  registrarOf,
  rootDigestOf,
  send,
  signMessage,
} from '#scripts';
import { generateActorKeys } from '@veinledger/client/node';
import { expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** Who may say a thing at all, and through whose identity. */
export function entitlementChapter(world: () => World): void {
  const run = {
    type: 'manufacturing:RegisterRun',
    body: { run: 'run-x', flowCell: 'FC-1', instrument: 'S-1' },
  };
  const registrar = () => registrarOf(world().bench.consortium, 'LabMSP');

  /** Submits a person's command through an identity that is not theirs. */
  async function through(
    mspId: string,
    label: string,
    person: Person,
    message: typeof run,
  ): Promise<unknown> {
    const { submitter, ledger } = world().bench;
    const signed = await signMessage(submitter.network, person, message);
    return ledger.submit({
      ...submitter.invocation(person, signed),
      submitter: submitter.identity(mspId, label),
    });
  }

  describe('entitlement', () => {
    it('a command relayed by another organisation is refused', async () => {
      const { operator } = world().cast;
      await expectError(through('LabMSP', 'lab', operator, run), 'WRONG_ORGANISATION');
    });

    it('a command relayed by an identity without the role is refused', async () => {
      const { operator } = world().cast;
      await expectError(
        through('ManufacturerMSP', 'quality', operator, {
          ...run,
          type: 'manufacturing:RegisterRun',
        }),
        'ROLE_MISSING',
      );
    });

    it('an actor without the role is refused', async () => {
      const { submitter } = world().bench;
      await expectError(send(submitter, world().cast.courier, run), 'ROLE_MISSING');
    });

    it('a relay identity carries nothing but patients’ commands', async () => {
      await expectError(
        through('ManufacturerMSP', 'relay', world().cast.operator, run),
        'RELAY_MISUSED',
      );
    });

    it('a patient’s command is carried by a relay identity, of whatever member', async () => {
      const patient = await world().enrolPatient('patient-of-relays');
      const { submitter, ledger } = world().bench;
      const withdraw = { type: 'consent:WithdrawConsent', body: { purpose: 'RESEARCH' } };
      const signed = await signMessage(submitter.network, patient, withdraw);
      const invocation = submitter.invocation(patient, signed);
      const nurse = submitter.identity('HospitalMSP', 'nurse');
      await expectError(ledger.submit({ ...invocation, submitter: nurse }), 'RELAY_REQUIRED');
      const payer = submitter.identity('PayerMSP', 'relay');
      const { result } = await ledger.submit({ ...invocation, submitter: payer });
      expect(JSON.parse(result)).toMatchObject({
        decision: 'recorded',
        actor: 'patient-of-relays',
      });
    });

    it('a revoked actor signs nothing new, whatever its command says of the time', async () => {
      const { bench } = world();
      const leaver = await enrol(bench.submitter, bench.consortium, {
        id: 'lab.leaver',
        organisation: 'LabMSP',
        roles: ['lab'],
      });
      const earlier = await signMessage(bench.submitter.network, leaver, {
        type: 'manufacturing:RegisterRun',
        body: { run: 'run-of-the-leaver', flowCell: 'FC-1', instrument: 'S-1' },
      });
      const first = await bench.submitter.submit(leaver, earlier);
      const revoke = { type: 'registry:RevokeActor', body: { actor: leaver.id, reason: 'left' } };
      expectPermitted(await send(bench.submitter, registrar(), revoke));
      const old = new Date(Date.now() - 10 * 60_000).toISOString();
      await expectError(send(bench.submitter, leaver, { ...run, at: old }), 'ACTOR_REVOKED');
      const repeated = await bench.submitter.submit(leaver, earlier);
      expect(repeated.receipt).toEqual(first.receipt);
    });

    it('a registrar grants only what the consortium lets its organisation grant', async () => {
      const { submitter } = world().bench;
      const keys = generateActorKeys();
      const body = await enrolmentBody(
        submitter.network,
        { id: 'lab.clinician', roles: ['clinician'] },
        keys,
      );
      expectRefused(
        await send(submitter, registrar(), { type: 'registry:EnrolActor', body }),
        'ROLE_NOT_GRANTABLE',
      );
    });

    it('a registrar holds no other role', async () => {
      const { submitter } = world().bench;
      const both = { id: 'lab.both', roles: ['registrar', 'lab'] as const };
      const body = await enrolmentBody(
        submitter.network,
        { ...both, roles: [...both.roles] },
        generateActorKeys(),
      );
      expectRefused(
        await send(submitter, registrar(), { type: 'registry:EnrolActor', body }),
        'ROLE_STANDS_ALONE',
      );
    });

    it('a registrar revokes nobody of another organisation', async () => {
      const body = { actor: world().cast.nurse.id, reason: 'left' };
      const revoke = { type: 'registry:RevokeActor', body };
      expectRefused(await send(world().bench.submitter, registrar(), revoke), 'FOREIGN_ACTOR');
    });

    it('nobody is enrolled with keys that they do not hold', async () => {
      const { submitter } = world().bench;
      const body = await enrolmentBody(
        submitter.network,
        { id: 'lab.thief', roles: ['lab'] },
        generateActorKeys(),
      );
      const stolen = { ...body, keys: world().cast.nurse.keys.public };
      const enrolment = { type: 'registry:EnrolActor', body: stolen };
      await expectError(send(submitter, registrar(), enrolment), 'UNKNOWN_KEY');
      const otherName = { ...body, actor: 'lab.other-name' };
      const renamed = { type: 'registry:EnrolActor', body: otherName };
      await expectError(send(submitter, registrar(), renamed), 'POSSESSION_NOT_PROVED');
    });

    it('the consortium is bootstrapped once', async () => {
      const body = { root: rootDigestOf(world().bench.consortium) };
      const again = { type: 'registry:Bootstrap', body };
      expectRefused(
        await send(world().bench.submitter, registrar(), again),
        'ALREADY_BOOTSTRAPPED',
      );
    });

    it('a member that is not a party reads no therapy, and an auditor reads every one', async () => {
      const { submitter } = world().bench;
      const journey = await world().orderedTherapy();
      const outsider = { mspId: 'RegulatorMSP', label: 'registrar' };
      await expectError(
        submitter.read(outsider, 'audit:TraceTherapy', journey.coi),
        'NOT_ENTITLED',
      );
      const auditor = { mspId: 'RegulatorMSP', label: 'auditor' };
      const trace = await submitter.read(auditor, 'audit:TraceTherapy', journey.coi);
      expect(trace).toMatchObject({ therapy: { coi: journey.coi } });
    });
  });
}
