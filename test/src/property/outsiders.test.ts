import { beforeAll, describe, expect, it } from '@jest/globals';
import { COMMANDS, type EntityOf, ROLES, type Role } from '@veinledger/domain';
import { authorise, enrol, lot, type Person, send, type TherapyJourney } from '#scripts';
import type { MemorySubmitter } from '../support/memory.js';
import { type Fact, factsOf } from './every-fact.js';
import { goOn, type Played, playTwo, toTheWard } from './played.js';

/** A member with people of every role, which is party of no therapy. */
const STRANGERS = { id: 'strange', mspId: 'StrangeMSP', roles: ROLES };

/** Of a patient's own consents nobody else can say anything at all. */
const NOBODY_ELSE: readonly string[] = [
  'consent:RefuseConsent',
  'consent:WithdrawConsent',
  'consent:DeferConsent',
  'consent:RestrictConsent',
  'consent:RefuseAsProxy',
  // whoever heard a no says so, and it counts
  'consent:RecordNo',
];

/** Of what is shared: whoever registers something first owns it, so that a stranger registers nothing new here. */
const REGISTERED: Readonly<Record<string, object>> = {
  'manufacturing:RegisterLot': {
    lot: lot('LNP-1'),
    kind: 'water',
    expiry: '2030-01-01T00:00:00.000Z',
  },
  'manufacturing:RecallLot': { lot: lot('LNP-1'), reason: 'sterility' },
  'manufacturing:RegisterRun': { run: 'run-1', flowCell: 'FC-9', instrument: 'SEQ-9' },
  'manufacturing:ReportRunFailure': { run: 'run-1', reason: 'sample-sheet-mixed' },
};

const FACTS = COMMANDS.filter(
  ({ kind, type }) => kind === 'fact' && !NOBODY_ELSE.includes(type),
).map(({ type, roles }): { type: string; roles: readonly Role[] } => ({ type, roles }));

const INVESTIGATION = {
  investigation: { explanation: 'the sample was contaminated', evidence: [] },
};

const EXPLANATION = { explanation: { explanation: 'nothing else helps' } };

/** The words that a permission does not come without. */
const WORDS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'quality:ConcludeInvestigation': INVESTIGATION,
  'quality:DecideNoRecall': INVESTIGATION,
  'quality:ReviewOverride': INVESTIGATION,
  'quality:ReviewEmergencyAccess': INVESTIGATION,
  'quality:EvaluateException': INVESTIGATION,
  'quality:ExtendExpiry': { stability: INVESTIGATION.investigation },
  'care:OverrideDose': EXPLANATION,
  'care:DecideToGoOn': EXPLANATION,
  'care:RequestException': EXPLANATION,
  'care:AcceptException': EXPLANATION,
};

/** Asked for of a run, which is no therapy's: by nobody but its owner. */
const OF_A_RUN = 'manufacturing:ConfirmRunFailure';
/** Asked for by nobody but outsiders. */
const FOR_OUTSIDERS = 'care:OpenEmergencyAccess';

/** What is written of every command, whatever becomes of it. */
const OF_COMMANDS: readonly string[] = ['record', 'command', 'signature'];

describe('the word of somebody without standing', () => {
  let ward: Played;
  const strangers = new Map<Role, Person>();
  beforeAll(async () => {
    ward = await playTwo(toTheWard, STRANGERS);
    const { submitter } = ward;
    for (const role of ROLES) {
      // a registrar is founded, and a proxy is somebody's
      if (role === 'registrar' || role === 'proxy') continue;
      const actor = { id: `strange.${role}`, organisation: 'StrangeMSP', roles: [role] };
      strangers.set(role, await enrol(submitter, submitter.consortium, actor));
    }
  });

  /** A fact as every kind of stranger tells it; each patient is one to every other patient's therapy. */
  function strangersFacts(type: string, roles: readonly Role[], pick: number): readonly Fact[] {
    const fact = factsOf(ward, pick)[type];
    if (!fact) throw new Error(`no fact of type ${type}`);
    const body = REGISTERED[type] ?? fact.body;
    const meets = ['care:ReportAdverseEvent', 'quality:OpenReportableEvent'].includes(type);
    const staff = meets ? [] : roles.filter((role) => role !== 'patient');
    const people = staff.flatMap((role) => strangers.get(role) ?? []);
    const patients = roles.includes('patient') ? [ward.journeys[1].patient] : [];
    return [...people, ...patients].map((by) => ({ ...fact, body, by }));
  }

  describe.each(FACTS)('by $type', ({ type, roles }) => {
    it.each([0, 1, 2, 3, 4, 5, 6, 7])(
      'is recorded, raises one alarm and changes nothing else; said again it changes nothing (%i)',
      async (pick) => {
        for (const fact of strangersFacts(type, roles, pick)) {
          const { submitter } = goOn(ward);
          const before = new Map(submitter.state);
          const first = await tell(submitter, type, fact);
          expect(first).toMatchObject({ decision: 'recorded', effect: 'none' });
          expect([first.deviations, first.verdicts]).toEqual([[], []]);
          const [raised, ...others] = changedSince(before, submitter);
          expect(others).toEqual([]);
          expect(raised).toMatchObject({
            noun: 'alarm',
            organisation: fact.by.organisation,
            type,
            raised: { actor: fact.by.id, command: first.commandId },
          });
          expect(raised).not.toHaveProperty('dismissed');
          const once = new Map(submitter.state);
          const again = await tell(submitter, type, fact);
          expect(again).toMatchObject({ decision: 'recorded', effect: 'none', changed: [] });
          expect(changedSince(once, submitter)).toEqual([]);
        }
      },
    );
  });

  it('makes no more alarms than there are things, whatever is named', async () => {
    const { submitter } = goOn(ward);
    const [{ coi }] = ward.journeys;
    const nurse = strangers.get('nurse');
    if (!nurse) throw new Error('no nurse');
    for (const id of ['never-1', 'never-2', 'never-3']) {
      await tell(submitter, 'manufacturing:ReportDeviation', {
        by: nurse,
        body: {
          coi,
          subject: { kind: 'batch', coi, id },
          code: 'EQUIPMENT_FAULT',
          classification: 'minor',
        },
      });
    }
    expect(submitter.all('alarm')).toMatchObject([{ subject: `therapy ${coi}` }]);
  });

  it('is an alarm of its own from each organisation, and a graver claim takes its place', async () => {
    const { submitter } = goOn(ward);
    const [{ coi, things, cast }] = ward.journeys;
    const courier = strangers.get('courier');
    if (!courier) throw new Error('no courier');
    const readings = [{ at: '2026-01-01T00:00:00.000Z', temperatureC: 150 }];
    const warm = { coi, item: things.dose, logger: 'logger-1', readings };
    const lost = { coi, item: things.dose };
    await tell(submitter, 'custody:RecordReadings', { by: courier, body: warm });
    await tell(submitter, 'custody:ReportLoss', { by: cast.courier, body: lost });
    const claims = () =>
      submitter.all('alarm').map(({ organisation, claim }) => `${organisation} ${claim}`);
    expect(claims().sort()).toEqual(['CourierMSP loss', 'StrangeMSP other']);
    await tell(submitter, 'custody:ReportLoss', { by: courier, body: lost });
    await tell(submitter, 'custody:RecordReadings', { by: courier, body: warm });
    expect(claims().sort()).toEqual(['CourierMSP loss', 'StrangeMSP loss']);
  });
});

describe('a permission in a therapy', () => {
  let ward: Played;
  beforeAll(async () => {
    ward = await playTwo(toTheWard, STRANGERS);
  });

  const inTherapy = COMMANDS.filter(
    ({ kind, type }) =>
      kind === 'permission' &&
      /^(?:care|manufacturing|quality):/.test(type) &&
      type !== FOR_OUTSIDERS &&
      type !== OF_A_RUN,
  );

  it('is asked for here in every way there is', () => {
    const asked = Object.keys(permissionsOf(ward.journeys[0]));
    expect(asked.sort()).toEqual(inTherapy.map(({ type }) => type).sort());
  });

  it.each(inTherapy.map(({ type, roles }): [string, readonly Role[]] => [type, roles]))(
    'is refused to outsiders, who learn nothing by asking: %s',
    async (type, roles) => {
      const { submitter, journeys } = goOn(ward);
      const actor = { id: 'strange.person', organisation: 'StrangeMSP', roles: roles.slice(0, 8) };
      const by = await enrol(submitter, submitter.consortium, actor);
      const { coi } = journeys[0];
      const body = { coi, ...permissionsOf(journeys[0])[type] };
      const annexes = WORDS[type] ?? {};
      const { receipt } = await send(submitter, by, { type, body, annexes });
      expect([receipt.decision, receipt.reasons]).toEqual([
        'refused',
        [
          {
            code: 'NOT_A_PARTY',
            subject: `therapy ${coi}`,
            expected: 'a party',
            found: 'StrangeMSP',
          },
        ],
      ]);
    },
  );
});

describe('a dose', () => {
  let ward: Played;
  beforeAll(async () => {
    ward = await playTwo(toTheWard);
  });

  /** The two at the bedside, the pharmacist, and whoever authorises, with the alarms that these name. */
  async function give(
    { journeys: [journey] }: Played,
    atTheBedside: object,
    physician: object,
  ): Promise<readonly string[]> {
    const { cast, coi, things, patient } = journey;
    const verifications = ['nurse', 'clinician', 'pharmacist'] as const;
    for (const part of verifications) {
      await journey.say(cast[part], 'care:VerifyBedside', {
        verification: part,
        item: things.dose,
        labelCoi: coi,
        token: 'wristband',
        patient: patient.id,
        ...(part === 'pharmacist' ? atTheBedside : {}),
      });
    }
    const { receipt } = await authorise(journey, verifications, things.dose, physician);
    return receipt.reasons.map(({ code }) => code);
  }

  /** A laboratory that never had the vial says what became of it. */
  async function told(played: Played, type: string, said: object): Promise<string> {
    const [journey] = played.journeys;
    const [item] = journey.things.vials;
    await tell(played.submitter, type, {
      by: journey.cast.labTechnician,
      body: { coi: journey.coi, item, ...said },
    });
    return played.submitter.all('alarm')[0]?.raised.command ?? '';
  }

  const lost = {};
  const warm = { logger: 'l', readings: [{ at: '2026-01-01T00:00:00.000Z', temperatureC: 150 }] };

  it('stops at an alarm upstream that claims a loss, until pharmacist and physician name it', async () => {
    const before = goOn(ward);
    const alarm = await told(before, 'custody:ReportLoss', lost);
    const seen = { alarmsSeen: [alarm] };
    const fork = () => goOn(before);
    expect(await give(fork(), {}, {})).toEqual(['ALARM_NOT_SEEN']);
    expect(await give(fork(), seen, {})).toEqual(['ALARM_NOT_SEEN']);
    expect(await give(fork(), {}, seen)).toEqual(['ALARM_NOT_SEEN']);
    expect(await give(fork(), seen, seen)).toEqual([]);
  });

  it('does not stop at an alarm that claims anything else, nor at one that quality dismissed', async () => {
    const warned = goOn(ward);
    await told(warned, 'custody:RecordReadings', warm);
    expect(await give(warned, {}, {})).toEqual([]);
    const played = goOn(ward);
    await told(played, 'custody:ReportLoss', lost);
    const [journey] = played.journeys;
    await journey.say(journey.cast.reviewer, 'quality:DismissAlarms', {
      organisation: 'LabMSP',
    });
    expect(await give(played, {}, {})).toEqual([]);
  });
});

/** One of each permission that is asked for in a therapy, without its chain of identity. */
function permissionsOf({
  coi,
  design,
  batch,
  things,
}: TherapyJourney): Readonly<Record<string, object>> {
  return {
    'manufacturing:StartStep': { step: 'pathology', attempt: 9, inputs: [], datasets: [] },
    'manufacturing:ApproveDesign': { design },
    'manufacturing:ReviewBatch': { batch },
    'manufacturing:CertifyBatch': { batch },
    'quality:ExtendExpiry': { batch, expiry: '2040-01-01T00:00:00.000Z' },
    'manufacturing:RecordDisposition': {
      deviation: 'D1',
      subject: { kind: 'therapy', coi },
      decision: 'permit-use',
    },
    'quality:OpenInvestigation': {
      investigation: 'investigation-1',
      step: 'calling',
      attempt: 1,
      check: 'concordance',
      phase: 'laboratory',
    },
    'quality:ConcludeInvestigation': { investigation: 'investigation-1', cause: 'none' },
    'quality:AnnulRecord': { command: 'A'.repeat(43), reason: 'wrong-reference' },
    'manufacturing:ConfirmSignature': { command: 'A'.repeat(43), basis: 'witness' },
    'quality:StateAlert': { command: 'A'.repeat(43) },
    'quality:DecideNoRecall': { batch, step: 'release-tests', attempt: 1 },
    'care:AcknowledgeAlert': { alert: 'A1' },
    'quality:ReviewOverride': { dose: 'dose-1', finding: 'justified' },
    'quality:ReviewEmergencyAccess': { emergencyAccess: 'access-1', finding: 'justified' },
    'manufacturing:LiftHold': { hold: 'hold-1' },
    'quality:DismissAlarms': { organisation: 'StrangeMSP' },
    'care:RequestException': { exception: 'exception-1', batch },
    'quality:EvaluateException': { exception: 'exception-1', finding: 'supply' },
    'care:AcceptException': { exception: 'exception-1' },
    'care:IssuePass': { pass: 'pass-1', number: 1, item: things.dose },
    'care:DecideToGoOn': { decision: 'decision-1', item: things.dose, continueAfterLapse: false },
    'care:OverrideDose': {
      dose: 'dose-1',
      number: 1,
      item: things.dose,
      verifications: [],
      reason: 'life-threatening',
      continueAfterLapse: false,
    },
    'care:AuthoriseDose': {
      dose: 'dose-1',
      number: 1,
      item: things.dose,
      verifications: ['verification-1'],
      fitness: 'go',
      continueAfterLapse: false,
    },
  };
}

describe('a fact that names another therapy’s thing', () => {
  let ward: Played;
  beforeAll(async () => {
    ward = await playTwo(toTheWard);
  });

  it('stops the therapy that it names, and is an alarm where the thing belongs', async () => {
    const { submitter, journeys } = goOn(ward);
    const [one, other] = journeys;
    const { dose } = other.things;
    const before = itemOf(submitter, dose);
    const receipt = await tell(submitter, 'manufacturing:ReportDeviation', {
      by: one.cast.labTechnician,
      body: {
        coi: one.coi,
        subject: { kind: 'item', coi: other.coi, id: dose },
        code: 'IDENTITY_SUSPECTED',
        classification: 'major',
      },
    });
    expect(receipt.effect).toBe('taken');
    expect(itemOf(submitter, dose)).toEqual(before);
    expect(submitter.all('alarm')).toMatchObject([
      {
        scope: { kind: 'therapy', id: other.coi },
        subject: `item ${dose}`,
        organisation: 'LabMSP',
        claim: 'identity',
      },
    ]);
    expect(receipt.changed.join()).not.toContain(dose);
    const stopped = submitter.all('therapy').filter(({ blockers }) => blockers.length > 0);
    expect(stopped.map(({ coi }) => coi)).toEqual([one.coi]);
  });

  it('stops the thing too where the reporter’s organisation holds it on record', async () => {
    const { submitter, journeys } = goOn(ward);
    const [one, other] = journeys;
    const { dose } = other.things;
    await tell(submitter, 'custody:ReceiveItem', {
      by: one.cast.nurse,
      body: {
        coi: one.coi,
        item: dose,
        handOff: 'from-the-ward',
        verdict: 'accepted',
        condition: 'intact',
        seals: [],
        labelRead: dose,
      },
    });
    expect(submitter.all('alarm')).toEqual([]);
    expect(itemOf(submitter, dose)?.blockers.map(({ code }) => code)).toContain('FOREIGN_ITEM');
  });
});

async function tell(submitter: MemorySubmitter, type: string, { by, body, annexes }: Fact) {
  const { receipt } = await send(submitter, by, { type, body, ...(annexes ? { annexes } : {}) });
  return receipt;
}

function itemOf(submitter: MemorySubmitter, id: string): EntityOf<'item'> | undefined {
  return submitter.all('item').find((item) => item.id === id);
}

function changedSince(before: ReadonlyMap<string, string>, { state }: MemorySubmitter) {
  return [...state]
    .filter(([key, value]) => before.get(key) !== value)
    .map(([, value]) => JSON.parse(value) as { readonly noun: string })
    .filter(({ noun }) => !OF_COMMANDS.includes(noun));
}
