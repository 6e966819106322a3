import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StateReader } from '@veinledger/chaincode/commands';
import {
  administer,
  authorise,
  bedside,
  enrolment,
  namedFile,
  type Part,
  registrarOf,
  revokeCompromised,
  startStep,
  type TherapyJourney,
} from '#scripts';
import { type Outlook, stateIn, TROUBLES } from '@veinledger/domain';
import { readOutlook } from '@veinledger/domain/execution';
import { type Disturbance, mishap } from './disturbances.js';
import { compare, type Compared, hindrancesIn } from './foreseen.js';
import { goOn, type Played, playTwo, toTheBatch, toTheWard } from './played.js';

/** Whose keys turn out to have been in other hands all along, where any have. */
const stolen = fc.option(
  fc.constantFrom<Part>('collector', 'labTechnician', 'designer', 'operator', 'tester', 'courier'),
  { freq: 2 },
);
const befalling = fc.tuple(fc.array(mishap, { maxLength: 3 }), stolen);
type Befalling = readonly [readonly Disturbance[], Part | null];

/** What befell the first of two therapies. */
async function befall({ submitter, journeys }: Played, [mishaps, part]: Befalling): Promise<void> {
  const [journey, other] = journeys;
  for (const { play } of mishaps) await play(journey, other);
  if (part === null) return;
  const actor = journey.cast[part];
  const registrar = registrarOf(submitter.consortium, actor.organisation);
  await revokeCompromised(submitter, registrar, actor, '2020-01-01T00:00:00.000Z');
}

/** Whether a thing exists no more, or nobody knows where, so that no gate is asked of it. */
const isGone = (outlook: Outlook, name: string) =>
  ['disposed', 'lost', 'consumed'].includes(stateIn(outlook, name) ?? '');

/** How often a gate that was foreseen to permit did, and to refuse. */
function tally() {
  const seen = { permitted: 0, refused: 0 };
  return {
    seen,
    note: ({ answered, foreseen, word, hindered }: Compared) => {
      expect(foreseen).toEqual(answered);
      const isTrouble = TROUBLES.some((trouble) => trouble === word);
      if (hindered) expect([word, isTrouble]).toEqual([word, true]);
      if (answered.length === 0) expect([word, isTrouble]).toEqual([word, false]);
      seen[answered.length === 0 ? 'permitted' : 'refused'] += 1;
    },
  };
}

/** Plays so often on, with something else befalling each time; gates permit and refuse often enough to tell. */
async function whatever(
  times: number,
  play: (befell: Befalling, note: (compared: Compared) => void) => Promise<void>,
): Promise<void> {
  const { seen, note } = tally();
  const played = fc.asyncProperty(befalling, (befell) => play(befell, note));
  await fc.assert(played, { numRuns: times });
  expect(seen.permitted).toBeGreaterThan(5);
  expect(seen.refused).toBeGreaterThan(5);
}

describe('whatever befell a therapy, what is foreseen of its things is what the next gate says', () => {
  let samples: Played;
  let batch: Played;
  let ward: Played;
  beforeAll(async () => {
    samples = await playTwo((journey) => enrolment(journey));
    batch = await playTwo(toTheBatch);
    ward = await playTwo(toTheWard);
  });

  test('of a sample, at the start of the step that it goes into', async () => {
    await whatever(60, async (befell, note) => {
      const played = goOn(samples);
      const { submitter, journeys } = played;
      const [journey] = journeys;
      await befall(played, befell);
      const { tumour } = journey.things;
      const [subject, step] = [`item ${tumour}`, 'pathology'];
      const by = journey.cast.pathologist;
      const compared = await compare(
        submitter,
        journey,
        { subject, gate: 'manufacturing:StartStep', step },
        () =>
          startStep(journey, step, {
            by,
            attempt: 9,
            inputs: [{ item: tumour, consumed: true }],
          }),
      );
      if (compared.foreseen !== undefined) note(compared);
      else expect(isGone(compared.outlook, subject)).toBe(true);
    });
  });

  test('of a batch, at its review and its certification', async () => {
    await whatever(60, async (befell, note) => {
      const played = goOn(batch);
      const { submitter, journeys } = played;
      const [journey] = journeys;
      await befall(played, befell);
      const { reviewer, releasePerson } = journey.cast;
      const subject = `batch ${journey.batch}`;
      const ask = (by: typeof reviewer, gate: string) =>
        compare(submitter, journey, { subject, gate }, () =>
          journey.say(by, gate, { batch: journey.batch }),
        );
      note(await ask(reviewer, 'manufacturing:ReviewBatch'));
      const { review } = submitter.all('batch').find(({ id }) => id === journey.batch) ?? {};
      if (review) note(await ask(releasePerson, 'manufacturing:CertifyBatch'));
    });
  });

  test('of a design, at its approval', async () => {
    await whatever(60, async (befell, note) => {
      const played = goOn(batch);
      const { submitter, journeys } = played;
      const [journey] = journeys;
      const design = await submitAgain(journey);
      await befall(played, befell);
      const gate = 'manufacturing:ApproveDesign';
      note(
        await compare(submitter, journey, { subject: `design ${design}`, gate }, () =>
          journey.say(journey.cast.reviewer, gate, { design }),
        ),
      );
    });
  });

  test('of a dose, before the patient’s arm, but for the minutes at the bedside', async () => {
    await whatever(120, async (befell, note) => {
      const played = goOn(ward);
      const { submitter, journeys } = played;
      const [journey] = journeys;
      await befall(played, befell);
      const verifications = await bedside(journey, journey.things.dose, 9);
      const subject = `item ${journey.things.dose}`;
      const compared = await compare(
        submitter,
        journey,
        { subject, gate: 'care:AuthoriseDose' },
        () => authorise(journey, verifications),
      );
      if (compared.foreseen === undefined) {
        expect(isGone(compared.outlook, subject)).toBe(true);
        expect(compared.answered).not.toEqual([]);
        return;
      }
      note(compared);
      const inTheWay = compared.answered.filter((reason) => !reason.includes('"in-transit"'));
      const sound = hindrancesIn(compared.outlook).length === 0;
      if (sound) expect(inTheWay.filter((each) => !each.includes('"pending"'))).toEqual([]);
    });
  });
});

test('in an honest therapy nothing is ever foreseen to stand in the way', async () => {
  const amiss: string[] = [];
  let looks = 0;
  await playTwo(async (journey, submitter) => {
    const submit = submitter.submit.bind(submitter);
    const look = async (after: string) => {
      if (!submitter.all('therapy').some(({ coi }) => coi === journey.coi)) return;
      const now = new Date().toISOString();
      const outlook = await readOutlook(new StateReader(submitter), journey.coi, now);
      const troubled = outlook.things.filter(({ state }) =>
        TROUBLES.some((word) => word === state),
      );
      const found = [...hindrancesIn(outlook), ...troubled.map(({ subject }) => subject)];
      amiss.push(...found.map((each) => `after ${after}: ${each}`));
      looks += 1;
    };
    submitter.submit = async (person, message) => {
      const committed = await submit(person, message);
      await look(message.type);
      return committed;
    };
    await toTheWard(journey, submitter);
    await authorise(journey, await bedside(journey));
    await administer(journey);
    submitter.submit = submit;
  });
  expect(amiss).toEqual([]);
  expect(looks).toBeGreaterThan(100);
});

/** The same data, designed on once more. */
async function submitAgain(journey: TherapyJourney): Promise<string> {
  const design = `${journey.design}-again`;
  await journey.say(
    journey.cast.designer,
    'manufacturing:SubmitDesign',
    {
      design,
      version: 2,
      datasets: ['variants', 'hla', 'neoantigens'],
      ranking: { step: 'ranking', attempt: 1 },
    },
    {
      annexes: {
        sequence: namedFile(`${journey.coi} other sequence`, 'fasta'),
        results: { results: [{ check: 'self-similarity', value: true }] },
      },
    },
  );
  return design;
}
