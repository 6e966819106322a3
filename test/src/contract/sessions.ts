import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  closeSession,
  enrol,
  openSession,
  type Person,
  registrarOf,
  send,
  signMessage,
} from '#scripts';
import type { CommandRecord, Session } from '@veinledger/domain';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

const SHIFT = ['custody:CollectItem', 'custody:ConfirmCollection', 'custody:ReleaseItem'];

/** A shift on a device: what it may sign for whom, and what stays the person's own. */
export function sessionChapter(world: () => World): void {
  describe('a shift on a device', () => {
    let scanner: Person;
    let nurse: Person;
    let colleague: Person;
    beforeAll(async () => {
      const { submitter, consortium } = world().bench;
      const member = { organisation: 'HospitalMSP', roles: ['nurse'] as const };
      const enrolled = (id: string, kind?: 'device') =>
        enrol(submitter, consortium, { id, ...member, roles: [...member.roles] }, kind);
      scanner = await enrolled('hospital.scanner', 'device');
      nurse = await enrolled('hospital.shift-nurse');
      colleague = await enrolled('hospital.other-nurse');
    });

    const submitter = () => world().bench.submitter;
    const readings = (item: string, coi: string) => ({
      type: 'custody:RecordReadings',
      body: {
        coi,
        item,
        logger: 'logger-1',
        readings: [{ at: new Date().toISOString(), temperatureC: 20 }],
      },
    });

    it('a device without a session reports what it measured, and nothing else', async () => {
      const journey = await world().sampledTherapy();
      const { tumour } = journey.things;
      expectClean(await send(submitter(), scanner, readings(tumour, journey.coi)));
      const confirm = journey.say(scanner, 'custody:ConfirmCollection', { item: tumour });
      await expectError(confirm, 'SESSION_REQUIRED');
    });

    it('what it signs under a session is the person’s entry, and shows both', async () => {
      expectPermitted(await openSession(submitter(), nurse, scanner, SHIFT));
      const journey = await world().orderedTherapy();
      const { blood } = journey.things;
      const body = { item: blood, kind: 'blood-edta', occasion: 'visit-1' };
      const collected = await journey.say(scanner, 'custody:CollectItem', body);
      expectClean(collected);
      expect(collected.receipt).toMatchObject({ actor: scanner.id, principal: nurse.id });
      expect((await world().item(journey, blood))?.collected).toMatchObject({ by: nurse.id });
      const hospital = { mspId: 'HospitalMSP', label: 'nurse' };
      for (const id of [scanner.id, nurse.id]) {
        const signed = await submitter().read<CommandRecord[]>(hospital, 'audit:ListSignedBy', id);
        expect(signed.map(({ commandId }) => commandId)).toContain(collected.receipt.commandId);
      }
      // two signatures, one person
      const confirmed = journey.say(nurse, 'custody:ConfirmCollection', { item: blood });
      expectDeviation(await confirmed, 'SAME_PERSON');
      expectClean(await journey.say(colleague, 'custody:ConfirmCollection', { item: blood }));
    });

    it('a device holds one session, of one person, for the types that it names', async () => {
      expectRefused(await openSession(submitter(), colleague, scanner, SHIFT), 'SESSION_OPEN');
      const session = await submitter().read<Session>(
        { mspId: 'HospitalMSP', label: 'nurse' },
        'registry:ReadSession',
        scanner.id,
      );
      expect(session).toMatchObject({ principal: nurse.id, types: SHIFT });
      const journey = await world().sampledTherapy();
      const receive = journey.say(scanner, 'custody:ReceiveItem', {
        item: journey.things.tumour,
        handOff: 'h-1',
        verdict: 'accepted',
        condition: 'intact',
        seals: [],
        labelRead: journey.things.tumour,
      });
      await expectError(receive, 'SESSION_TYPE');
    });

    it('an electronic signature is never delegated, nor given by a device', async () => {
      const own = ['care:VerifyBedside', 'custody:CollectItem'];
      const refused = await openSession(submitter(), colleague, { id: 'hospital.scanner' }, own);
      expectRefused(refused, 'NOT_DELEGABLE');
      expect(refused.receipt.reasons).toContainEqual(
        expect.objectContaining({ code: 'NOT_DELEGABLE', subject: 'type care:VerifyBedside' }),
      );
      const journey = await world().sampledTherapy();
      const verify = journey.say(scanner, 'care:VerifyBedside', {
        verification: 'v-1',
        item: journey.things.tumour,
        labelCoi: journey.coi,
        token: 'wristband',
        patient: journey.patient.id,
      });
      await expectError(verify, 'SIGNATURE_NOT_DELEGABLE');
    });

    it('what was signed before the session ended still gets its receipt, and nothing new does', async () => {
      const journey = await world().orderedTherapy();
      const collect = await signMessage(submitter().network, scanner, {
        type: 'custody:CollectItem',
        body: {
          coi: journey.coi,
          item: journey.things.tumour,
          kind: 'tumour-ffpe',
          occasion: 'visit-1',
        },
      });
      const first = await submitter().submit(scanner, collect);
      expectRefused(await closeSession(submitter(), colleague, scanner), 'NOT_YOUR_SESSION');
      expectPermitted(await closeSession(submitter(), scanner, scanner));
      expect((await submitter().submit(scanner, collect)).receipt).toEqual(first.receipt);
      const { tumour } = journey.things;
      const confirm = journey.say(scanner, 'custody:ConfirmCollection', { item: tumour });
      await expectError(confirm, 'SESSION_REQUIRED');
      expectRefused(await closeSession(submitter(), nurse, scanner), 'NO_OPEN_SESSION');
    });

    it('a session ends with its person, and another may be opened after it', async () => {
      const leaver = await enrol(submitter(), world().bench.consortium, {
        id: 'hospital.leaving-nurse',
        organisation: 'HospitalMSP',
        roles: ['nurse'],
      });
      expectPermitted(await openSession(submitter(), leaver, scanner, SHIFT, 1));
      const registrar = registrarOf(world().bench.consortium, 'HospitalMSP');
      const revoke = { type: 'registry:RevokeActor', body: { actor: leaver.id, reason: 'left' } };
      expectPermitted(await send(submitter(), registrar, revoke));
      const journey = await world().sampledTherapy();
      const { tumour } = journey.things;
      const confirm = () => journey.say(scanner, 'custody:ConfirmCollection', { item: tumour });
      await expectError(confirm(), 'SESSION_REQUIRED');
      expectPermitted(await closeSession(submitter(), registrar, scanner));
      expectPermitted(await openSession(submitter(), colleague, scanner, SHIFT));
      expectClean(await confirm());
    });
  });
}
