import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  analysis,
  authorise,
  bedside,
  type Cast,
  delivery,
  doStep,
  enrol,
  enrolment,
  type Person,
  production,
  reenrol,
  registrarOf,
  release,
  revokeCompromised,
  revokePatient,
  rotateKeys,
  send,
  sequencing,
  signMessage,
  startStep,
  TherapyJourney,
} from '#scripts';
import type { Actor, CommandRecord, Consent, FormerKeys, Role } from '@veinledger/domain';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

interface Suspect {
  readonly actor: string;
  readonly since: string;
  readonly confirmedBy?: string;
}
type Marked = CommandRecord & { readonly suspect?: Suspect };

/** Keys that change, keys that are lost, keys in other hands. */
export function compromiseChapter(world: () => World): void {
  const submitter = () => world().bench.submitter;
  const registrar = (organisation: string) => registrarOf(world().bench.consortium, organisation);
  const hospital = { mspId: 'HospitalMSP', label: 'nurse' };
  const newcomer = (id: string, organisation: string, ...roles: Role[]) =>
    enrol(submitter(), world().bench.consortium, { id, organisation, roles });
  const run = (id: string) => ({
    type: 'manufacturing:RegisterRun',
    body: { run: id, flowCell: 'FC-1', instrument: 'S-1' },
  });

  const consentsOf = (patient: Person) =>
    submitter().read<Consent[]>(hospital, 'consent:List', patient.id);

  const no = { type: 'consent:WithdrawConsent', body: { purpose: 'TREATMENT_MANUFACTURE' } };

  describe('a patient’s no', () => {
    const consented = async () => {
      const journey = await world().newPatient();
      expectPermitted(await journey.consent('TREATMENT_MANUFACTURE'));
      return journey;
    };

    it('counts by keys that the patient has replaced since', async () => {
      const { patient } = await consented();
      expectPermitted((await rotateKeys(submitter(), patient)).committed);
      expectClean(await send(submitter(), patient, no));
      expect(await consentsOf(patient)).toMatchObject([
        { state: 'withdrawn', scope: {} },
        { state: 'withdrawn', decided: {} },
      ]);
    });

    it('counts although the patient has been revoked, which takes a registrar and a clinician', async () => {
      const { patient, cast } = await consented();
      const compromisedSince = new Date().toISOString();
      const by = { registrar: registrar('HospitalMSP'), clinician: cast.clinician };
      const alone = revokeCompromised(submitter(), by.registrar, patient, compromisedSince);
      expectRefused(await alone, 'PATIENT_TAKES_TWO');
      const said = { reason: 'key-compromised', compromisedSince };
      expectPermitted(await revokePatient(submitter(), patient, by, said));
      const relay = { mspId: 'PayerMSP', label: 'relay' };
      const shown = await submitter().read<Actor>(relay, 'registry:ReadActor', patient.id);
      expect(shown.revocation).toMatchObject({
        ...{ by: by.registrar.id, confirmed: { actor: cast.clinician.id } },
      });
      expectClean(await send(submitter(), patient, no));
      expect(await consentsOf(patient)).toMatchObject([
        { state: 'withdrawn', scope: {} },
        { state: 'withdrawn', decided: {} },
      ]);
    });
  });

  describe('an actor’s new keys', () => {
    it('take over at once; a command that the old ones signed still gets its first receipt', async () => {
      const old = await newcomer('lab.rotating', 'LabMSP', 'lab');
      const earlier = await signMessage(submitter().network, old, run('run-of-old-keys'));
      const first = await submitter().submit(old, earlier);
      const { person, committed } = await rotateKeys(submitter(), old);
      expectPermitted(committed);
      expect((await submitter().submit(old, earlier)).receipt).toEqual(first.receipt);
      await expectError(send(submitter(), old, run('run-by-old-keys')), 'KEY_RETIRED');
      expectClean(await send(submitter(), person, run('run-by-new-keys')));
      const lab = { mspId: 'LabMSP', label: 'lab' };
      const former = await submitter().read<FormerKeys[]>(lab, 'registry:ListFormerKeys', old.id);
      expect(former).toMatchObject([{ keys: old.keys.public, end: 'rotated' }]);
      const read = await submitter().read<Actor>(lab, 'registry:ReadActor', old.id);
      expect(read.keys).toEqual(person.keys.public);
    });

    it('are proved by the new ones, ordered by the old ones, and never old ones again', async () => {
      const holder = await newcomer('lab.holder', 'LabMSP', 'lab');
      const { person: once, committed } = await rotateKeys(submitter(), holder);
      expectPermitted(committed);
      const { payload } = JSON.parse(
        (await signMessage(submitter().network, holder, run('x'))).jws,
      ) as {
        payload: string;
      };
      const proof = {
        keys: holder.keys.public,
        proof: JSON.stringify({ payload, signatures: [] }),
      };
      const unproved = send(submitter(), once, { type: 'registry:RotateKeys', body: proof });
      await expectError(unproved, 'SIGNATURE_MISSING');
      const again = await rotateKeys(submitter(), once);
      expectPermitted(again.committed);
      await expectError(
        rotateKeys(submitter(), once).then(() => undefined),
        'KEY_RETIRED',
      );
    });

    it('are a patient’s to take too, by any relay', async () => {
      const patient = await world().enrolPatient('patient-with-new-phone');
      const { person, committed } = await rotateKeys(submitter(), patient);
      expectPermitted(committed);
      const again = (by: Person) => rotateKeys(submitter(), by).then(() => undefined);
      await expectError(again(patient), 'KEY_RETIRED');
      expectClean(await send(submitter(), person, no));
    });
  });

  describe('a patient who lost the keys', () => {
    it('gets new ones from registrar and clinician together; they cannot give consent yet', async () => {
      const lost = await world().newPatient();
      const { cast } = lost;
      const by = { registrar: registrar('HospitalMSP'), clinician: cast.clinician };
      expectPermitted(await lost.consent('TREATMENT_MANUFACTURE'));
      const { patient, committed } = await reenrol(submitter(), lost.patient, by);
      expectPermitted(committed);
      const renewed = new TherapyJourney({ submitter: submitter(), cast, patient, serial: 900 });
      expectRefused(await renewed.consent('GENOMIC_SEQUENCING'), 'KEYS_TOO_NEW');
      await expectError(lost.consent('GENOMIC_SEQUENCING'), 'KEY_RETIRED');
      const withdraw = {
        type: 'consent:WithdrawConsent',
        body: { purpose: 'TREATMENT_MANUFACTURE' },
      };
      expectClean(await send(submitter(), patient, withdraw));
      const relay = { mspId: 'PayerMSP', label: 'relay' };
      const shown = await submitter().read<Actor>(relay, 'registry:ReadActor', patient.id);
      expect(shown.reenrolments).toMatchObject([
        { registrar: { actor: by.registrar.id }, clinician: { actor: by.clinician.id } },
      ]);
    });

    it('gets none from a registrar alone, nor from another member', async () => {
      const { patient } = await world().newPatient();
      const by = { registrar: registrar('LabMSP'), clinician: world().cast.clinician };
      expectRefused((await reenrol(submitter(), patient, by)).committed, 'NOT_REENROLLED');
      const kid = 'A'.repeat(43);
      const alone = send(submitter(), registrar('HospitalMSP'), {
        type: 'registry:ConfirmReenrolment',
        body: { patient: patient.id, kid },
      });
      await expectError(alone, 'ROLE_MISSING');
    });
  });

  describe('keys in other hands', () => {
    let journey: TherapyJourney;
    let pathologist: Person;
    let reviewer: Person;
    let before: string;
    beforeAll(async () => {
      pathologist = await newcomer('hospital.pathologist-2', 'HospitalMSP', 'pathologist');
      reviewer = await newcomer('manufacturer.reviewer-2', 'ManufacturerMSP', 'quality');
      const fresh = await world().newPatient();
      const { patient } = fresh;
      const cast: Cast = { ...fresh.cast, pathologist, reviewer };
      journey = new TherapyJourney({ submitter: submitter(), cast, patient, serial: 800 });
      await enrolment(journey);
      before = new Date(Date.now() - 1000).toISOString();
      await sequencing(journey);
    });

    /** Quality's word, on other evidence, for the records of one actor that are suspect. */
    async function confirmAll(by: Person, actor: string): Promise<void> {
      const { records } = await world().trace(journey);
      const suspects = (records as readonly Marked[]).filter(
        (each) => each.suspect?.actor === actor,
      );
      expect(suspects.length).toBeGreaterThan(0);
      for (const { commandId: command } of suspects) {
        const body = { command, basis: 'paper-record' };
        expectPermitted(await journey.say(by, 'manufacturing:ConfirmSignature', body));
      }
    }

    it('make what they signed suspect, wherever it is read, and stop the next step', async () => {
      const again = (attempt: number) =>
        startStep(journey, 'sequencing', {
          by: journey.cast.labTechnician,
          attempt,
          inputs: [{ item: journey.things.dna, consumed: false }],
        });
      expectPermitted(await again(9));
      expectPermitted(
        await revokeCompromised(submitter(), registrar('HospitalMSP'), pathologist, before),
      );
      const { records } = await world().trace(journey);
      const marked = (records as readonly Marked[]).filter(({ suspect }) => suspect);
      expect(marked.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
        `manufacturing:StartStep ${pathologist.id}`,
        `manufacturing:ReportStep ${pathologist.id}`,
      ]);
      expect(marked[0]?.suspect).toEqual({ actor: pathologist.id, since: before });
      const [first] = marked;
      const read = await submitter().read<Marked>(
        hospital,
        'audit:ReadCommand',
        first?.commandId ?? '',
      );
      expect(read).toEqual(first);
      const signed = await submitter().read<Marked[]>(
        hospital,
        'audit:ListSignedBy',
        pathologist.id,
      );
      expect(signed.every(({ suspect }) => suspect?.since === before)).toBe(true);
      const refused = await again(2);
      expectRefused(refused, 'SUSPECT_SIGNATURE');
      expect(refused.receipt.reasons).toContainEqual(
        expect.objectContaining({
          code: 'SUSPECT_SIGNATURE',
          subject: 'step pathology/1',
          found: `command ${marked[1]?.commandId ?? ''} by ${pathologist.id}, compromised since ${before}`,
        }),
      );
    });

    it('stop the analysis, until quality confirms each of them on other evidence', async () => {
      const calling = startStep(journey, 'calling', {
        by: journey.cast.designer,
        inputDatasets: ['tumour-fastq', 'normal-fastq', 'rna-fastq', 'genotype'],
      });
      expectRefused(await calling, 'SUSPECT_SIGNATURE');
      const [command] = (await world().trace(journey)).records.filter(
        ({ actor }) => actor === journey.cast.labTechnician.id,
      );
      const honest = { command: command?.commandId, basis: 'witness' };
      expectRefused(
        await journey.say(reviewer, 'manufacturing:ConfirmSignature', honest),
        'NOT_SUSPECT',
      );
      await confirmAll(world().cast.tester, pathologist.id);
      expectPermitted(await analysis(journey));
      const { records } = await world().trace(journey);
      const confirmed = (records as readonly Marked[]).filter((each) => each.suspect);
      expect(confirmed.every(({ suspect }) => suspect?.confirmedBy !== undefined)).toBe(true);
    });

    it('of a reviewer stop certification and dose, and a suspect confirmation confirms nothing', async () => {
      const [design] = await world().things(journey, 'design');
      await production(journey, design?.commitment ?? '');
      expectPermitted(await release(journey));
      await delivery(journey);
      const { cast } = journey;
      expectPermitted(
        await revokeCompromised(submitter(), registrar('ManufacturerMSP'), reviewer, before),
      );
      const refused = await authorise(journey, await bedside(journey));
      expectRefused(refused, 'SUSPECT_SIGNATURE');
      expect(refused.receipt.reasons.map(({ subject }) => subject)).toEqual([
        `design ${journey.design}`,
        `batch ${journey.batch}`,
      ]);
      const certify = await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', {
        batch: journey.batch,
      });
      expectRefused(certify, 'SUSPECT_SIGNATURE');
      const deputy = await newcomer('manufacturer.deputy', 'ManufacturerMSP', 'quality');
      await confirmAll(deputy, reviewer.id);
      const moment = new Date(Date.now() - 500).toISOString();
      const early = new Date(Date.parse(moment) - 600_000).toISOString();
      expectPermitted(
        await revokeCompromised(submitter(), registrar('ManufacturerMSP'), deputy, early),
      );
      expectRefused(
        await authorise(journey, await bedside(journey, journey.things.dose, 2)),
        'SUSPECT_SIGNATURE',
      );
      await confirmAll(world().cast.tester, reviewer.id);
      expectPermitted(await authorise(journey, await bedside(journey, journey.things.dose, 3)));
    });

    it('leave what was signed before them alone', async () => {
      const nurse = await newcomer('hospital.nurse-3', 'HospitalMSP', 'nurse');
      const sampled = await world().orderedTherapy();
      const { tumour } = sampled.things;
      const body = { item: tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      expectClean(await sampled.say(nurse, 'custody:CollectItem', body));
      expectClean(
        await sampled.say(sampled.cast.clinician, 'custody:ConfirmCollection', { item: tumour }),
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
      const after = new Date().toISOString();
      expectPermitted(await revokeCompromised(submitter(), registrar('HospitalMSP'), nurse, after));
      const start = await doStep(
        sampled,
        'pathology',
        { by: sampled.cast.pathologist, inputs: [{ item: tumour, consumed: false }] },
        { 'tumour-content': 40 },
      );
      expect(start.receipt).toMatchObject({ decision: 'recorded' });
    });

    it('of a patient make the consent that they gave doubtful, and nobody confirms it for the patient', async () => {
      const given = await world().newPatient();
      const since = new Date(Date.now() - 1000).toISOString();
      const { receipt } = await given.consent('TREATMENT_MANUFACTURE');
      expectPermitted(await given.consent('GENOMIC_SEQUENCING'));
      expectPermitted(await given.order());
      await given.collect(given.things.tumour, 'tumour-ffpe', given.cast.collector, 'visit-1');
      const by = { registrar: registrar('HospitalMSP'), clinician: given.cast.clinician };
      const said = { reason: 'key-compromised', compromisedSince: since };
      expectPermitted(await revokePatient(submitter(), given.patient, by, said));
      const start = await startStep(given, 'pathology', {
        by: given.cast.pathologist,
        inputs: [{ item: given.things.tumour, consumed: false }],
      });
      expectRefused(start, 'SUSPECT_SIGNATURE');
      const confirm = await given.say(given.cast.reviewer, 'manufacturing:ConfirmSignature', {
        command: receipt.commandId,
        basis: 'signer-confirmed-in-person',
      });
      expectRefused(confirm, 'PATIENTS_OWN_WORD');
    });

    it('are not said of another member’s actor, nor of the future', async () => {
      const { labTechnician } = world().cast;
      const now = new Date().toISOString();
      const other = revokeCompromised(submitter(), registrar('HospitalMSP'), labTechnician, now);
      expectRefused(await other, 'FOREIGN_ACTOR');
      const future = new Date(Date.now() + 600_000).toISOString();
      const early = revokeCompromised(submitter(), registrar('LabMSP'), labTechnician, future);
      expectRefused(await early, 'COMPROMISED_IN_FUTURE');
    });

    it('stop nothing that is only reported: facts go on being recorded', async () => {
      const { operator } = world().cast;
      const reported = await journey.say(operator, 'custody:ReportLoss', {
        item: journey.things.template,
      });
      expectDeviation(reported, 'NOT_IN_CUSTODY');
    });
  });
}
