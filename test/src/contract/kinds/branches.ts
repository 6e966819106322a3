import { expect, it } from '@jest/globals';
import { doStep, lot, namedFile, reportStep, send, startStep } from '#scripts';
import { expectClean, expectPermitted, expectRefused } from '../../support/refusals.js';
import { commitmentOf, inAMonth, recordBatch, type Stage } from './stage.js';

const NTP = lot('NTP-1');
const TRANSCRIBED = {
  ...{ identity: true, integrity: 92.1, capping: 97.3, 'poly-a': 118 },
  ...{ dsrna: 0.08, 'residual-dna': 310, endotoxin: 0.12, bioburden: 0 },
};

/** What vials were made of, on every branch. */
export function branchHistories(stage: () => Stage): void {
  it('of vials from a proper drug substance, one made of nothing and one of another design ends at their review', async () => {
    const { filled, world } = stage();
    const journey = filled.makeAgain().makeAgain();
    const { cast, coi, things } = journey;
    const { operator: by } = cast;
    const design = `${journey.design}-other`;
    await journey.say(
      cast.designer,
      'manufacturing:SubmitDesign',
      {
        ...{ design, version: 2, datasets: ['variants', 'hla', 'neoantigens'] },
        ranking: { step: 'ranking', attempt: 1 },
      },
      {
        annexes: {
          sequence: namedFile(`${coi} another sequence`, 'fasta'),
          results: { results: [{ check: 'self-similarity', value: true }] },
        },
      },
    );
    expectPermitted(await journey.say(cast.reviewer, 'manufacturing:ApproveDesign', { design }));
    const made = async (attempt: number, of: string, suffix: string) => {
      const template = `${things.template}${suffix}`;
      const substance = `${things.drugSubstance}${suffix}`;
      const sequenceCommitment = await commitmentOf(world, journey, of);
      const work = { by, attempt, lots: [NTP] };
      const outputs = [{ item: template, kind: 'template' }];
      const confirmed = { ...work, outputs, design: of, sequenceCommitment };
      expectClean(await doStep(journey, 'template', confirmed, {}));
      const inputs = [{ item: template, consumed: true }];
      const transcribed = {
        ...work,
        inputs,
        outputs: [{ item: substance, kind: 'drug-substance' }],
      };
      expectClean(await doStep(journey, 'transcription', transcribed, TRANSCRIBED));
      return substance;
    };
    const proper = await made(3, journey.design, '');
    const otherwise = await made(4, design, '-other');
    const nothing = `${things.drugSubstance}-nothing`;
    const outputs = [{ item: nothing, kind: 'drug-substance' }];
    const outOfNothing = { by, attempt: 5, lots: [NTP], outputs };
    expectRefused(await startStep(journey, 'transcription', outOfNothing), 'NO_INPUT');
    await reportStep(journey, 'transcription', outOfNothing, TRANSCRIBED);
    await reportStep(
      journey,
      'fill-finish',
      {
        ...{ by, attempt: 3, lots: [lot('LNP-1')] },
        inputs: [proper, otherwise, nothing].map((item) => ({ item, consumed: true })),
        outputs: things.vials.map((item) => ({ item, kind: 'vial' })),
      },
      { size: 82, pdi: 0.09, encapsulation: 94.6, ph: 7.3 },
    );
    await recordBatch(journey, journey.batch, {
      fill: { step: 'fill-finish', attempt: 3 },
      vials: things.vials,
      reconciliation: { made: 3, sampled: 0, retained: 0, rejected: 0 },
    });
    const reviewed = await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', {
      batch: journey.batch,
    });
    expectRefused(reviewed, 'MADE_OF_NOTHING');
    expectRefused(reviewed, 'DESIGN_DIFFERS');
  });

  it('of a lot that its owner’s lab recalls stops at whatever it went into, in each therapy that its uses list', async () => {
    const { filled: journey, world } = stage();
    const { submitter } = world.bench;
    const { cast, coi, things } = journey;
    const used = lot('NTP-RECALLED');
    const body = { lot: used, kind: 'nucleotides', expiry: inAMonth() };
    await send(submitter, cast.labTechnician, { type: 'manufacturing:RegisterLot', body });
    const item = `${things.template}-recalled`;
    const sequenceCommitment = await commitmentOf(world, journey, journey.design);
    const work = { by: cast.operator, attempt: 6, lots: [used], sequenceCommitment };
    const outputs = [{ item, kind: 'template' }];
    const { design } = journey;
    expectClean(await doStep(journey, 'template', { ...work, design, outputs }, {}));
    const recall = { lot: used, reason: 'contamination' };
    const type = 'manufacturing:RecallLot';
    expectClean(await send(submitter, cast.labTechnician, { type, body: recall }));
    const transcription = { ...work, inputs: [{ item, consumed: true }] };
    expectRefused(await startStep(journey, 'transcription', transcription), 'RECALLED');
    const reader = { mspId: 'LabMSP', label: 'lab' };
    const uses = await submitter.read(reader, 'manufacturing:ListLotUses', used);
    const use = { coi, step: 'template', attempt: 6 };
    expect(uses).toEqual([expect.objectContaining(use)]);
    const page = await submitter.read(reader, 'manufacturing:PageLotReach', used, '10', '');
    expect(page).toMatchObject({
      reached: [{ ...use, batches: [], dosesGiven: [] }],
      bookmark: '',
    });
  });
}
