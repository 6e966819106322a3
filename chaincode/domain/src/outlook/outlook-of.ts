import { isTangible } from '../custody/item.js';
import { irreversiblesBefore, isIrreversible } from '../gates/irreversible.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Item } from '../nouns/item.js';
import type { Step } from '../nouns/process-definition.js';
import { consentOutlook } from './consent-outlook.js';
import { outlooksOfDesign } from './design-gate.js';
import { doseOutlookOfDose, doseOutlookOfItem } from './dose-gate.js';
import type { GateOutlook, Outlook } from './outlook.js';
import type { OutlookState } from './outlook-state.js';
import { outlooksOfProcess } from './process-gates.js';
import { outlookOfBatch } from './release-gates.js';
import { startOutlook, startOutlookOfItem } from './start-gate.js';
import { thingOutlooks } from './state-words.js';

/**
 * What the next gate would say of each thing of a therapy, in the gates' own words, and how each thing stands by that. A
 * thing that something was made of is looked at in what it became. What a gate says of who asks, of other inputs of a
 * step and of the bedside's minutes is not among it.
 */
export function outlookOf(state: OutlookState): Outlook {
  const { whole, consents, at } = state;
  const { items, datasets, designs, batches, doses } = whole;
  const gates = [
    ...outlooksOfProcess(state),
    ...[...items.values()].flatMap((item) => outlooksOfItem(state, item)),
    ...[...datasets.values()].flatMap((dataset) => outlooksOfDataset(state, dataset)),
    ...[...designs.values()].flatMap((design) => outlooksOfDesign(state, design)),
    ...[...batches.values()].map((batch) => outlookOfBatch(state, batch)),
    ...[...doses.values()]
      .filter(({ authorised, administrations }) => authorised && administrations.length === 0)
      .map((dose) => doseOutlookOfDose(state, dose)),
  ];
  return {
    coi: whole.therapy.coi,
    at,
    gates,
    things: thingOutlooks(whole, gates, at),
    consents: consents.map((consent) => consentOutlook(consent, at)),
  };
}

/**
 * Vials of a batch are for the patient, and asked about before what cannot be undone; what is outside one is for tests and
 * further steps too.
 */
function outlooksOfItem(state: OutlookState, item: Item): readonly GateOutlook[] {
  if (!isTangible(item)) return [];
  return stepsTaking(state.whole, item).map((step) =>
    step.attestedBy === GIVEN
      ? doseOutlookOfItem(state, item)
      : startOutlookOfItem(state, step, item),
  );
}

function stepsTaking(whole: WholeTherapy, { kind, batch }: Item): readonly Step[] {
  const done = irreversiblesBefore(whole, []);
  return whole.definition.steps.filter((step) => {
    if (!step.inputs.includes(kind)) return false;
    if (isIrreversible(step)) return !done.includes(step);
    return step.attestedBy === GIVEN || (batch === undefined && step.attestedBy === REPORTED);
  });
}

const GIVEN = 'care:RecordAdministration';
const REPORTED = 'manufacturing:ReportStep';

/** Data that nothing was made of yet goes into the steps that need the one that it came from. */
function outlooksOfDataset(
  state: OutlookState,
  { id, producedBy }: Dataset,
): readonly GateOutlook[] {
  const { attempts, designs, definition } = state.whole;
  const used = [
    ...[...attempts.values()].flatMap(({ report }) => report?.inputDatasets ?? []),
    ...[...designs.values()].flatMap(({ datasets }) => datasets),
  ];
  if (used.includes(id)) return [];
  return definition.steps
    .filter(({ attestedBy, needs }) => attestedBy === REPORTED && needs.includes(producedBy.step))
    .map((step) => startOutlook(state, step, `dataset ${id}`, [{ kind: 'dataset', id }]));
}
