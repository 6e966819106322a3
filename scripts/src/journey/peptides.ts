import { inTwoYears, recordBatch } from './chapters.js';
import { lot, serialised, serialOf } from './labels.js';
import { doStep, type StepWork } from './steps.js';
import type { Committed } from './submitter.js';
import type { TherapyJourney } from './therapy-journey.js';

const PEPTIDES = 6;

const outputsOf = (items: readonly string[], kind: string) => items.map((item) => ({ item, kind }));
const inputsOf = (items: readonly string[]) => items.map((item) => ({ item, consumed: true }));

/** The peptides of a design, by the names that their labels bear, and each purified. */
export function peptidesOf(journey: TherapyJourney) {
  const serial = serialOf(journey);
  const named = (letter: string) =>
    Array.from({ length: PEPTIDES }, (_, index) =>
      serialised('template', `${serial}-${letter}${index + 1}`),
    );
  return { crude: named('c'), pure: named('p') };
}

/** Every peptide is synthesised and purified, and confirmed against the design; gives what was recorded. */
export async function makePeptides(
  journey: TherapyJourney,
  sequenceCommitment: string,
): Promise<readonly Committed[]> {
  const { cast, design } = journey;
  const { crude, pure } = peptidesOf(journey);
  const by = cast.operator;
  const lots = [lot('NTP-1')];
  const synthesis = { by, design, lots, outputs: outputsOf(crude, 'peptide') };
  const made = { coupling: 99.2, 'crude-purity': 71 };
  const purification = {
    ...{ by, design, lots, sequenceCommitment },
    inputs: inputsOf(crude),
    outputs: outputsOf(pure, 'purified-peptide'),
  };
  const analysed = { 'identity-by-mass': true, purity: 98.1, 'residual-solvent': 0.1 };
  return [
    await doStep(journey, 'synthesis', synthesis, made),
    await doStep(journey, 'purification', purification, analysed),
  ];
}

/** The step that pools peptides: all of them, where none are named. */
export function poolingOf(journey: TherapyJourney, peptides = peptidesOf(journey).pure): StepWork {
  return {
    ...{ by: journey.cast.operator, lots: [lot('NTP-1')], inputs: inputsOf(peptides) },
    outputs: outputsOf([journey.things.drugSubstance], 'drug-substance'),
  };
}

/** The peptides are pooled and filled, and the batch recorded; gives what was recorded. */
export async function fillPeptides(journey: TherapyJourney): Promise<readonly Committed[]> {
  const { cast, things } = journey;
  const fill = {
    ...{ by: cast.operator, lots: [lot('LNP-1')], inputs: inputsOf([things.drugSubstance]) },
    outputs: outputsOf([...things.vials, things.sampleVial, things.retainedVial], 'vial'),
  };
  const pooled = { 'peptides-pooled': PEPTIDES, 'peptide-content': 101 };
  const filled = { 'filter-integrity': true, 'visible-particles': true, ph: 7.2 };
  return [
    await doStep(journey, 'pooling', poolingOf(journey), pooled),
    await doStep(journey, 'fill-finish', fill, filled),
    await recordBatch(journey, inTwoYears()),
  ];
}

/** The release tests of peptides, on a vial each. */
export function testPeptides(journey: TherapyJourney): Promise<Committed> {
  const good = { 'identity-by-mass': true, content: 100, purity: 97, endotoxin: 0.2 };
  return doStep(journey, 'release-tests', sampleOf(journey, journey.things.sampleVial), good);
}

/** The test of sterility, which comes later. */
export function testSterility(journey: TherapyJourney): Promise<Committed> {
  const sample = sampleOf(journey, journey.things.retainedVial);
  return doStep(journey, 'sterility-test', sample, { sterility: true });
}

function sampleOf({ cast, batch }: TherapyJourney, item: string): StepWork {
  return { by: cast.tester, batch, inputs: inputsOf([item]) };
}
