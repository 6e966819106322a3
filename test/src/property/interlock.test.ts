import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  authorise,
  bedside,
  type Part,
  type Person,
  registrarOf,
  revokeCompromised,
  type TherapyJourney,
} from '#scripts';
import { mishap } from './disturbances.js';
import { firstObstacle } from './interlock-oracle.js';
import type { MemorySubmitter } from '../support/memory.js';
import { goOn, type Played, playTwo, toTheWard } from './played.js';

const RUNS = 160;

const ALWAYS = '2020-01-01T00:00:00.000Z';

const seldom = fc.constantFrom(false, false, false, true);

/** Whose keys came into other hands, and when; none of them is needed at the bedside. */
const compromise = fc.option(
  fc.record({
    part: fc.constantFrom<Part>(
      'collector',
      'coordinator',
      'pathologist',
      'labTechnician',
      'designer',
      'operator',
      'tester',
      'reviewer',
      'releasePerson',
      'courier',
      'pharmacist',
      'payer',
      'auditor',
    ),
    late: seldom,
    confirmed: seldom,
  }),
  { freq: 2 },
);

describe('the interlock before the patient’s arm', () => {
  let ward: Played;

  beforeAll(async () => {
    ward = await playTwo(toTheWard);
  });

  it('permits a dose only when an independent look at the whole state finds nothing against it', async () => {
    const decisions = { permitted: 0, refused: 0 };
    let thefts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 3 }), compromise, async (mishaps, theft) => {
        const { submitter, journeys } = goOn(ward);
        const [journey, other] = journeys;
        for (const { play } of mishaps) await play(journey, other);
        if (theft) {
          const actor = journey.cast[theft.part];
          const since = theft.late ? new Date().toISOString() : ALWAYS;
          await revokeCompromised(
            submitter,
            registrarOf(submitter.consortium, actor.organisation),
            actor,
            since,
          );
          if (theft.confirmed) await confirmAll(submitter, journey, actor);
          if (!theft.late) thefts += 1;
        }
        const verifications = await bedside(journey, journey.things.dose, 9);
        const obstacle = firstObstacle(submitter, journey.coi, journey.things.dose);
        const { receipt } = await authorise(journey, verifications);
        if (receipt.decision === 'permitted') decisions.permitted += 1;
        else decisions.refused += 1;
        expect({ obstacle, decision: receipt.decision }).toEqual(
          obstacle === undefined
            ? { obstacle, decision: 'permitted' }
            : { obstacle, decision: 'refused' },
        );
      }),
      { numRuns: RUNS },
    );
    expect(decisions.permitted).toBeGreaterThan(5);
    expect(decisions.refused).toBeGreaterThan(5);
    expect(thefts).toBeGreaterThan(5);
  });

  it('permits what was scanned before anybody had prepared it, once quality has looked and both check afresh', async () => {
    const { submitter, journeys } = goOn(ward);
    const [journey] = journeys;
    const { cast, things } = journey;
    const label = `${things.dose}-early`;
    const early = await bedside(journey, label, 20);
    await journey.say(cast.pharmacist, 'custody:DeriveItem', {
      operation: 'prepare',
      parents: [{ item: things.vials[1], consumed: true }],
      children: [{ item: label, kind: 'dose' }],
    });
    const dose = { dose: 'dose-early', number: 2 };
    const ask = async (verifications: readonly string[]) =>
      (await authorise(journey, verifications, label, dose)).receipt.reasons.map(
        ({ code }) => code,
      );
    expect(await ask(early)).toContain('IDENTITY_MISMATCH');
    const fresh = await bedside(journey, label, 21);
    expect(new Set(await ask(fresh))).toEqual(new Set(['DEVIATION_OPEN']));
    const doubts = submitter.all('item').find(({ id }) => id === label)?.blockers ?? [];
    for (const { id: deviation } of doubts) {
      const subject = { kind: 'item', coi: journey.coi, id: label };
      const body = { deviation, subject, decision: 'permit-use' };
      const annexes = { investigation: { explanation: 'entered late', evidence: [] } };
      await journey.say(cast.reviewer, 'manufacturing:RecordDisposition', body, { annexes });
    }
    expect(await ask(fresh)).toEqual([]);
  });
});

/** Quality confirms, on other evidence, everything that an actor signed. */
async function confirmAll(
  submitter: MemorySubmitter,
  journey: TherapyJourney,
  actor: Person,
): Promise<void> {
  const { tester, reviewer } = journey.cast;
  for (const { commandId } of submitter.all('record').filter((each) => each.actor === actor.id)) {
    const body = { command: commandId, basis: 'paper-record' };
    const quality = actor === tester ? reviewer : tester;
    await journey.say(quality, 'manufacturing:ConfirmSignature', body);
  }
}
