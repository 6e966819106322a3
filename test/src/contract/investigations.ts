import { describe, expect, it } from '@jest/globals';
import {
  analysis,
  authorise,
  bedside,
  type Committed,
  delivery,
  doStep,
  enrolment,
  namedFile,
  production,
  sequencing,
  startStep,
  type TherapyJourney,
} from '#scripts';
import { expectDeviation, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

const words = { annexes: { investigation: { explanation: 'a torn glove', evidence: [] } } };

/** Release tests on one vial, of which everything but the sterility passes for certain. */
function tested(
  journey: TherapyJourney,
  attempt: number,
  item: string,
  sterility: boolean,
): Promise<Committed> {
  const { cast, batch } = journey;
  const work = { by: cast.tester, attempt, inputs: [{ item, consumed: false }] };
  const results = { 'identity-by-sequencing': true, potency: 103, endotoxin: 0.1, sterility };
  return doStep(journey, 'release-tests', attempt === 1 ? { ...work, batch } : work, results);
}

/** What the hospital had on record of the patient, reported in place of the second sample; gives its dataset. */
async function earlierRecord(journey: TherapyJourney): Promise<string> {
  const { cast, coi } = journey;
  const file = namedFile(`${coi} earlier record`, 'tsv');
  const work = {
    by: cast.labTechnician,
    attempt: 2,
    datasets: { 'earlier-record': { kind: 'genotype', file } },
  };
  expectRefused(await startStep(journey, 'genotyping', work), 'NO_INPUT');
  const record = { source: '4012345000016', issued: '2024-03-01T09:00:00.000Z' };
  const reported = await doStep(journey, 'genotyping', { ...work, earlierRecord: record }, {});
  expect(reported.receipt).toMatchObject({ deviations: [], verdicts: [] });
  return 'earlier-record';
}

/** A failed check, and the one way in which a retest may stand for it. */
export function investigationChapter(world: () => World): void {
  describe('a batch that was not sterile, of a design that rests on an earlier record', () => {
    it('is certified only when an investigation finds a cause in the laboratory, and the retest that it planned passes', async () => {
      const journey = await world().newPatient();
      const { cast, things, batch } = journey;
      await enrolment(journey);
      await sequencing(journey);
      expectPermitted(await analysis(journey, { secondSource: await earlierRecord(journey) }));
      const [design] = await world().things(journey, 'design');
      await production(journey, design?.commitment ?? '');
      const failed = await tested(journey, 1, things.sampleVial, false);
      expectDeviation(failed, 'SAFETY_CHECK_FAILED');
      await tested(journey, 2, things.retainedVial, true);
      const review = () => journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
      const conclude = (by = cast.reviewer) =>
        journey.say(
          by,
          'quality:ConcludeInvestigation',
          { investigation: 'INV-1', cause: 'laboratory' },
          words,
        );
      const settle = (subject: object) =>
        journey.say(cast.reviewer, 'manufacturing:RecordDisposition', {
          deviation: failed.receipt.deviations[0]?.id,
          subject: { coi: journey.coi, ...subject },
          decision: 'permit-use',
        });
      expectRefused(await review(), 'CHECK_FAILED');

      const opened = await journey.say(cast.reviewer, 'quality:OpenInvestigation', {
        investigation: 'INV-1',
        step: 'release-tests',
        attempt: 1,
        check: 'sterility',
        phase: 'laboratory',
        retest: {
          items: [things.retainedVial],
          datasets: [],
          number: 1,
          analyst: cast.tester.id,
        },
      });
      expectPermitted(opened);
      expectRefused(await conclude(), 'RETEST_NOT_AS_PLANNED');
      expect((await tested(journey, 3, things.retainedVial, true)).receipt.deviations).toEqual([]);
      const attempt = { kind: 'step', id: 'release-tests', attempt: 1 };
      const waiting = await review();
      expect(waiting.receipt.reasons).toContainEqual({
        code: 'CHECK_FAILED',
        subject: 'step release-tests/1',
        expected: 'sterility passed',
        found: 'safety failed, investigation INV-1, laboratory phase open',
      });

      expectPermitted(await conclude());
      expectRefused(await settle(attempt), 'SAFETY_NOT_BY_DISPOSITION');
      expectRefused(await conclude(), 'SAME_PERSON');
      expectPermitted(await conclude(cast.releasePerson));
      const [investigation] = await world().things(journey, 'investigation');
      expect(investigation?.conclusion).toMatchObject({
        cause: 'laboratory',
        missing: [],
        retests: [{ step: 'release-tests', attempt: 3 }],
      });
      expectPermitted(await settle(attempt));
      expectPermitted(await settle({ kind: 'batch', id: batch }));
      expectPermitted(await review());
      expectPermitted(
        await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch }),
      );
      await delivery(journey);
      expectPermitted(await authorise(journey, await bedside(journey)));
    });
  });
}
