import { describe, expect, it } from '@jest/globals';
import { lot, registrarOf, send } from '#scripts';
import { type Entity, type EntityOf, nextGateIn, type Outlook } from '@veinledger/domain';
import { bookmarkAt } from '@veinledger/chaincode/replay';
import { expectError } from '../support/refusals.js';
import type { World } from '../support/world.js';

interface TherapyPage {
  readonly things: readonly Entity[];
  readonly records: readonly EntityOf<'record'>[];
  readonly bookmark: string;
}
interface EntityPage {
  readonly entities: readonly Entity[];
  readonly bookmark: string;
}
interface StatePage {
  readonly entries: readonly (readonly [key: string, value: string])[];
  readonly bookmark: string;
}
interface SignaturePage {
  readonly signatures: readonly EntityOf<'signature'>[];
  readonly bookmark: string;
}

const as = (mspId: string, label: string) => ({ mspId, label });

/** Who reads what, as the contracts have it, and reading in pages. */
export function readerChapter(world: () => World): void {
  const read = <T>(by: ReturnType<typeof as>, name: string, ...args: string[]) =>
    world().bench.submitter.read<T>(by, name, ...args);

  /** What an organisation's identity is answered, page by page, and the bookmarks between the pages. */
  const walk = async (by: ReturnType<typeof as>, name: string, size: string) => {
    const entities: Entity[] = [];
    const bookmarks = [''];
    do {
      const page = await read<EntityPage>(by, name, size, bookmarks.at(-1) ?? '');
      expect(page.entities.length).toBeLessThanOrEqual(Number(size));
      entities.push(...page.entities);
      bookmarks.push(page.bookmark);
    } while (bookmarks.at(-1) !== '');
    return { entities, bookmarks: bookmarks.slice(1, -1) };
  };
  /** Everything of a noun, as the state holds it. */
  const stored = async (noun: string) => {
    const found: Entity[] = [];
    let bookmark = '';
    do {
      const asked = [noun, '500', bookmark];
      const page = await read<StatePage>(
        as('RegulatorMSP', 'auditor'),
        'audit:PageState',
        ...asked,
      );
      found.push(...page.entries.map(([, text]) => JSON.parse(text) as Entity));
      ({ bookmark } = page);
    } while (bookmark !== '');
    return found.filter((each) => each.noun === noun);
  };

  describe('reading', () => {
    it('actors come in pages, each once: a patient to their own hospital and auditors, staff to every member', async () => {
      await world().enrolPatient('a-patient-who-comes-first');
      await world().enrolPatient('zz-patient-who-comes-last');
      const all = await stored('actor');
      const isPatient = (each: Entity) => each.noun === 'actor' && each.roles.includes('patient');
      const staff = all.filter((each) => !isPatient(each));
      for (const size of ['1', '3', '500']) {
        for (const by of [as('HospitalMSP', 'nurse'), as('RegulatorMSP', 'auditor')])
          expect((await walk(by, 'registry:PageActors', size)).entities).toEqual(all);
        for (const by of [
          as('LabMSP', 'lab'),
          as('CourierMSP', 'courier'),
          as('PayerMSP', 'relay'),
        ])
          expect((await walk(by, 'registry:PageActors', size)).entities).toEqual(staff);
      }
      const { bookmarks } = await walk(as('LabMSP', 'lab'), 'registry:PageActors', '1');
      const places = staff.slice(1).map((each) => bookmarkAt(each));
      expect(bookmarks).toEqual(places);
    });

    it('lots, runs and processes come in pages, each once, to every member', async () => {
      for (const [noun, name] of [
        ['lot', 'manufacturing:PageLots'],
        ['run', 'manufacturing:PageRuns'],
        ['process', 'process:Page'],
      ] as const) {
        const all = await stored(noun);
        expect(all.length).toBeGreaterThan(0);
        for (const size of ['1', '500'])
          expect((await walk(as('LabMSP', 'lab'), name, size)).entities).toEqual(all);
        await expectError(read(as('LabMSP', 'lab'), name, '0', ''), 'SCHEMA_VIOLATION');
        await expectError(read(as('LabMSP', 'lab'), name, '1', 'AAAA'), 'INVALID_BOOKMARK');
      }
    });

    it('a patient’s enrolment is for their own hospital, a relay and auditors', async () => {
      const patient = await world().enrolPatient('patient-of-readers');
      const seen = [
        as('HospitalMSP', 'nurse'),
        as('PayerMSP', 'relay'),
        as('RegulatorMSP', 'auditor'),
      ];
      for (const by of seen) {
        expect(await read(by, 'registry:ReadActor', patient.id)).toMatchObject({ id: patient.id });
        expect(await read(by, 'registry:ListFormerKeys', patient.id)).toEqual([]);
        expect(await read<unknown[]>(by, 'audit:ListSignedBy', patient.id)).toEqual([]);
      }
      for (const name of ['registry:ReadActor', 'registry:ListFormerKeys', 'audit:ListSignedBy'])
        await expectError(read(as('LabMSP', 'lab'), name, patient.id), 'NOT_ENTITLED');
    });

    it('what was decided about a patient as an actor is for those who may know the patient', async () => {
      const { id } = await world().enrolPatient('patient-of-a-registrar');
      const auditor = as('RegulatorMSP', 'auditor');
      const registrar = registrarOf(world().bench.consortium, 'HospitalMSP').id;
      const signed = await read<readonly EntityOf<'signature'>[]>(
        auditor,
        'audit:ListSignedBy',
        registrar,
      );
      const commandId = signed.at(-1)?.commandId ?? '';
      for (const by of [as('HospitalMSP', 'nurse'), as('PayerMSP', 'relay'), auditor]) {
        expect(await read(by, 'audit:ReadCommand', commandId)).toMatchObject({
          type: 'registry:EnrolActor',
          changed: [`actor ${id}`],
        });
      }
      for (const by of [as('LabMSP', 'lab'), as('PayerMSP', 'payer')])
        await expectError(read(by, 'audit:ReadCommand', commandId), 'NOT_ENTITLED');
    });

    it('what staff signed is for their own organisation and auditors; who they are, for every member', async () => {
      const { nurse } = world().cast;
      expect(await read(as('LabMSP', 'lab'), 'registry:ReadActor', nurse.id)).toMatchObject({
        id: nurse.id,
      });
      for (const by of [as('LabMSP', 'lab'), as('HospitalMSP', 'relay')]) {
        await expectError(read(by, 'audit:ListSignedBy', nurse.id), 'NOT_ENTITLED');
        await expectError(read(by, 'audit:PageSignedBy', nurse.id, '10', ''), 'NOT_ENTITLED');
        await expectError(read(by, 'registry:ReadSession', nurse.id), 'NOT_ENTITLED');
      }
      const auditor = as('RegulatorMSP', 'auditor');
      await expectError(read(auditor, 'registry:ReadActor', 'nobody'), 'NOT_FOUND');
    });

    it('a patient’s decision is for those who may read the patient’s consents', async () => {
      const journey = await world().newPatient();
      const { commandId } = (await journey.consent('RESEARCH')).receipt;
      expect(
        await read(as('HospitalMSP', 'clinician'), 'audit:ReadCommand', commandId),
      ).toMatchObject({ commandId });
      const lab = as('LabMSP', 'lab');
      await expectError(read(lab, 'audit:ReadCommand', commandId), 'NOT_ENTITLED');
    });

    it('what gates would say is for the parties, and of what the patient decided it says no more than that', async () => {
      const journey = await world().orderedTherapy();
      const body = { purpose: 'TREATMENT_MANUFACTURE' };
      await send(world().bench.submitter, journey.patient, {
        type: 'consent:WithdrawConsent',
        body,
      });
      const at = new Date().toISOString();
      const asked = (by: ReturnType<typeof as>, time = at) =>
        read<Outlook>(by, 'audit:ReadOutlook', journey.coi, time);
      for (const by of [as('HospitalMSP', 'nurse'), as('RegulatorMSP', 'auditor')]) {
        const outlook = await asked(by);
        // what was given for each of two purposes, and the no
        expect(outlook.consents).toHaveLength(3);
        expect(nextGateIn(outlook)).toMatchObject({ reasons: [{ code: 'CONSENT_DENIED' }] });
      }
      const outlook = await asked(as('LabMSP', 'lab'));
      expect(JSON.stringify(outlook)).not.toMatch(/consent/i);
      expect(outlook).toMatchObject({ partial: true });
      expect(nextGateIn(outlook)).toMatchObject({ reasons: [], withheld: true });
      await expectError(asked(as('RegulatorMSP', 'registrar')), 'NOT_ENTITLED');
      await expectError(asked(as('HospitalMSP', 'nurse'), 'tomorrow'), 'SCHEMA_VIOLATION');
    });

    it('a refused order is for who asked, and auditors', async () => {
      const { receipt } = await (await world().newPatient()).order();
      expect(receipt.decision).toBe('refused');
      const { commandId } = receipt;
      for (const by of [as('HospitalMSP', 'nurse'), as('RegulatorMSP', 'auditor')])
        expect(await read(by, 'audit:ReadCommand', commandId)).toMatchObject({ commandId });
      await expectError(read(as('LabMSP', 'lab'), 'audit:ReadCommand', commandId), 'NOT_ENTITLED');
    });

    it('a lot’s uses are those of the reader’s therapies, and all of them for an auditor', async () => {
      const uses = (by: ReturnType<typeof as>) =>
        read<unknown[]>(by, 'manufacturing:ListLotUses', lot('LNP-1'));
      const all = await uses(as('RegulatorMSP', 'auditor'));
      expect(all.length).toBeGreaterThan(0);
      expect(await uses(as('ManufacturerMSP', 'operator'))).toEqual(all);
      expect(await uses(as('RegulatorMSP', 'registrar'))).toEqual([]);
      await expectError(uses(as('HospitalMSP', 'relay')), 'NOT_ENTITLED');
      const lab = as('LabMSP', 'lab');
      expect(await read(lab, 'manufacturing:ReadLot', lot('LNP-1'))).toMatchObject({
        kind: 'lipids',
      });
      expect(await read(lab, 'manufacturing:ReadRun', 'run-1')).toMatchObject({ id: 'run-1' });
      const runs = await read<unknown[]>(lab, 'manufacturing:ListRunUses', 'run-1');
      expect(runs.length).toBeGreaterThan(0);
    });

    it('a trace in pages is the trace, each part once and in its order', async () => {
      const journey = await world().sampledTherapy();
      const nurse = as('HospitalMSP', 'nurse');
      const whole = await world().trace(journey);
      const pages: TherapyPage[] = [];
      let bookmark = '';
      do {
        const page = await read<TherapyPage>(
          nurse,
          'audit:PageTherapy',
          journey.coi,
          '2',
          bookmark,
        );
        expect(page.things.length + page.records.length).toBeLessThanOrEqual(2);
        pages.push(page);
        ({ bookmark } = page);
      } while (bookmark !== '');
      expect(pages.length).toBeGreaterThan(2);
      expect(pages.flatMap(({ things }) => things)).toEqual(whole.things);
      expect(pages.flatMap(({ records }) => records)).toEqual(whole.records);
    });

    it('a page begins with any part of a trace, by the bookmark that its key makes', async () => {
      const journey = await world().sampledTherapy();
      const nurse = as('HospitalMSP', 'nurse');
      const { records } = await world().trace(journey);
      for (const [index, record] of records.entries()) {
        const asked = [journey.coi, '500', bookmarkAt(record)];
        const page = await read<TherapyPage>(nurse, 'audit:PageTherapy', ...asked);
        expect(page.records).toEqual(records.slice(index));
      }
    });

    it('signatures come in pages too', async () => {
      const { collector } = world().cast;
      const nurse = as('HospitalMSP', 'nurse');
      const whole = await read<unknown[]>(nurse, 'audit:ListSignedBy', collector.id);
      const first = await read<SignaturePage>(nurse, 'audit:PageSignedBy', collector.id, '1', '');
      expect(first.signatures).toEqual(whole.slice(0, 1));
      const rest = await read<SignaturePage>(
        nurse,
        'audit:PageSignedBy',
        collector.id,
        '500',
        first.bookmark,
      );
      expect(rest).toEqual({ signatures: whole.slice(1), bookmark: '' });
    });

    it('a bookmark leads nowhere but on in its own query', async () => {
      const nurse = as('HospitalMSP', 'nurse');
      const [journey, other] = [await world().sampledTherapy(), await world().sampledTherapy()];
      const page = (coi: string, size: string, bookmark: string) =>
        read<TherapyPage>(nurse, 'audit:PageTherapy', coi, size, bookmark);
      const { bookmark } = await page(other.coi, '1', '');
      await expectError(page(journey.coi, '1', bookmark), 'INVALID_BOOKMARK');
      await expectError(page(journey.coi, '1', 'AAAA'), 'INVALID_BOOKMARK');
      for (const size of ['0', '501', '-1', 'all'])
        await expectError(page(journey.coi, size, ''), 'SCHEMA_VIOLATION');
      const outsider = as('RegulatorMSP', 'registrar');
      await expectError(read(outsider, 'audit:PageTherapy', journey.coi, '1', ''), 'NOT_ENTITLED');
    });
  });
}
