import { expect, it } from '@jest/globals';
import {
  doStep,
  enrol,
  type Person,
  production,
  serialised,
  serialOf,
  type TherapyJourney,
} from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import { commitmentOf, recordBatch, type Stage } from './stage.js';

/** From a design to a certified batch. */
export function batchHistories(stage: () => Stage): void {
  const review = (journey: TherapyJourney, by = journey.cast.reviewer) =>
    journey.say(by, 'manufacturing:ReviewBatch', { batch: journey.batch });
  const certify = (journey: TherapyJourney, by: Person) =>
    journey.say(by, 'manufacturing:CertifyBatch', { batch: journey.batch });
  const tested = (journey: TherapyJourney, attempt: number, sample: string, passes: boolean) => {
    const inputs = [{ item: sample, consumed: true }];
    const work = { by: journey.cast.tester, attempt, inputs };
    return doStep(journey, 'release-tests', passes ? { ...work, batch: journey.batch } : work, {
      'identity-by-sequencing': passes,
      potency: 103,
      endotoxin: 0.1,
      sterility: passes,
    });
  };

  it('of a batch without a good vial is recorded, and one that counts other vials than were filled deviates', async () => {
    const { filled: journey } = stage();
    const rejected = { made: 5, sampled: 1, retained: 1, rejected: 3 };
    expectClean(await recordBatch(journey, 'batch-rejected', { reconciliation: rejected }));
    const one = { made: 1, sampled: 0, retained: 0, rejected: 1 };
    expectDeviation(
      await recordBatch(journey, 'batch-of-one', { reconciliation: one }),
      'UNITS_DIFFER',
    );
  });

  it('of which nothing could be spared has an image of its label in the place of reserve samples', async () => {
    const { filled: journey, world } = stage();
    const told = async (batch: string, rest: object, annexes = {}) => {
      const vials = [serialised('vial', `${serialOf(journey)}-${batch}`)];
      const reconciliation = { made: 5, sampled: 1, retained: 0, rejected: 3 };
      const body = { reconciliation, vials, ...rest };
      const { receipt } = await recordBatch(journey, batch, body, { annexes });
      const found = (await world.things(journey, 'batch')).find(({ id }) => id === batch);
      return {
        missing: receipt.deviations.some(({ code }) => code === 'RESERVE_SAMPLES_MISSING'),
        reason: found?.labelImage?.reason,
      };
    };
    const why = { withoutReserve: 'all-for-the-patient' };
    const image = { sha256: 'c5'.repeat(32), bytes: 482_113, format: 'jpeg' };
    expect(await told('none', why)).toEqual({ missing: true, reason: undefined });
    expect(await told('image', why, { image })).toEqual({
      missing: false,
      reason: 'all-for-the-patient',
    });
  });

  it('of tests until one passes keeps the first, which no disposition makes good', async () => {
    const { filled: journey } = stage();
    const { cast, coi, things } = journey;
    const failed = await tested(journey, 1, things.sampleVial, false);
    expectClean(await tested(journey, 2, things.retainedVial, true));
    const refusals: string[] = [];
    for (const { id } of failed.receipt.deviations) {
      const permit = {
        ...{ deviation: id, decision: 'permit-use' },
        subject: { kind: 'step', coi, id: 'release-tests', attempt: 1 },
      };
      const { receipt } = await journey.say(
        cast.reviewer,
        'manufacturing:RecordDisposition',
        permit,
      );
      refusals.push(...receipt.reasons.map(({ code }) => code));
    }
    expect(refusals).toEqual(['IDENTITY_NOT_BY_DISPOSITION', 'SAFETY_NOT_BY_DISPOSITION']);
    const reviewed = await review(journey);
    expectRefused(reviewed, 'CHECK_FAILED');
    expectRefused(reviewed, 'DEVIATION_OPEN');
  });

  it('of a batch that is recalled before anybody recorded it is recalled from its record on', async () => {
    const { filled: journey, world } = stage();
    const batch = 'batch-recalled-early';
    const recall = { batch, reason: 'contamination' };
    const { cast } = journey;
    const early = await journey.say(cast.reviewer, 'manufacturing:RecallBatch', recall);
    expectDeviation(early, 'UNKNOWN_BATCH');
    const [{ id } = { id: '' }] = early.receipt.deviations;
    const subject = { kind: 'therapy', coi: journey.coi };
    const permit = { deviation: id, subject, decision: 'permit-use' };
    const annexes = { investigation: { explanation: 'looked into', evidence: [] } };
    expectPermitted(
      await journey.say(cast.tester, 'manufacturing:RecordDisposition', permit, { annexes }),
    );
    const reconciliation = { made: 5, sampled: 0, retained: 0, rejected: 5 };
    expectClean(await recordBatch(journey, batch, { reconciliation }));
    const recorded = (await world.things(journey, 'batch')).find((each) => each.id === batch);
    expect(recorded?.recall).toMatchObject({ command: early.receipt.commandId });
    expectRefused(
      await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }),
      'RECALLED',
    );
  });

  it('of a failed batch goes on with a new one, which neither a maker nor one person in two names releases', async () => {
    const { filled, world } = stage();
    const { submitter, consortium } = world.bench;
    const member = (id: string, person?: string) => ({
      ...{ id: `manufacturer.${id}`, organisation: 'ManufacturerMSP' },
      ...(person === undefined ? {} : { person }),
    });
    const person = `${'P'.repeat(42)}A`;
    const [maker, quality, release] = [
      await enrol(submitter, consortium, {
        ...member('splitter'),
        roles: ['operator', 'release-person'],
      }),
      await enrol(submitter, consortium, { ...member('one-name', person), roles: ['quality'] }),
      await enrol(submitter, consortium, {
        ...member('other-name', person),
        roles: ['release-person'],
      }),
    ];
    const journey = filled.makeAgain();
    await production(journey, await commitmentOf(world, journey, journey.design));
    const { sampleVial } = journey.things;
    const part = serialised('vial', `${serialOf(journey)}-part`);
    const split = {
      operation: 'split',
      parents: [{ item: sampleVial, consumed: true }],
      children: [{ item: part, kind: 'vial' }],
    };
    expectClean(await journey.say(maker, 'custody:DeriveItem', split));
    expectClean(await tested(journey, 3, part, true));
    expectPermitted(await review(journey, quality));
    expectRefused(await certify(journey, maker), 'MAKER');
    expectRefused(await certify(journey, release), 'SAME_PERSON');
    expectPermitted(await certify(journey, journey.cast.releasePerson));
  });
}
