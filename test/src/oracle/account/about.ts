import { isOf, type Said } from './said.js';
import {
  batchOf,
  datasetOf,
  designOf,
  itemOf,
  lotOf,
  runOf,
  stepOf,
  subjectOf,
  type Thing,
  therapyOf,
} from './things.js';

/** The things that a word makes, moves, tests or judges. */
export function aboutOf(said: Said): readonly Thing[] {
  if (isOf(said, 'manufacturing:ReportStep') || isOf(said, 'manufacturing:StartStep')) {
    return [stepOf(said.body.coi, said.body.step, said.body.attempt)];
  }
  if (isOf(said, 'custody:DeriveItem')) return said.body.children.map(({ item }) => itemOf(item));
  if (isOf(said, 'manufacturing:SubmitDesign') || isOf(said, 'manufacturing:ApproveDesign')) {
    return [designOf(said.body.coi, said.body.design)];
  }
  if (isOf(said, 'manufacturing:ReportDeviation') || isOf(said, 'manufacturing:PlaceHold')) {
    return [subjectOf(said.body.subject)];
  }
  if (isOf(said, 'manufacturing:RecallLot') || isOf(said, 'manufacturing:RegisterLot')) {
    return [lotOf(said.body.lot)];
  }
  if (isOf(said, 'manufacturing:ReportRunFailure') || isOf(said, 'manufacturing:RegisterRun')) {
    return [runOf(said.body.run)];
  }
  for (const type of OF_THERAPIES) {
    if (isOf(said, type)) return [therapyOf(said.body.coi)];
  }
  for (const type of OF_BATCHES) {
    if (isOf(said, type)) return [batchOf(said.body.coi, said.body.batch)];
  }
  for (const type of OF_ITEMS) {
    if (isOf(said, type)) return [itemOf(said.body.item)];
  }
  return [];
}

/** What a report gave, besides itself. */
export function outputsOf(said: Said): readonly Thing[] {
  if (!isOf(said, 'manufacturing:ReportStep')) return [];
  return [
    ...said.body.outputs.map(({ item }) => itemOf(item)),
    ...said.body.datasets.map(({ id }) => datasetOf(said.body.coi, id)),
  ];
}

/** The things that a word uses, which were there before it. */
export function usedBy(said: Said): readonly Thing[] {
  if (isOf(said, 'manufacturing:ReportStep')) {
    const { coi, inputs, inputDatasets, design } = said.body;
    return [
      ...inputs.map(({ item }) => itemOf(item)),
      ...inputDatasets.map((id) => datasetOf(coi, id)),
      ...(design === undefined ? [] : [designOf(coi, design)]),
    ];
  }
  if (isOf(said, 'custody:DeriveItem')) return said.body.parents.map(({ item }) => itemOf(item));
  if (isOf(said, 'manufacturing:SubmitDesign')) {
    return said.body.datasets.map((id) => datasetOf(said.body.coi, id));
  }
  if (isOf(said, 'manufacturing:RecordBatch')) {
    const { coi, design, fill, vials } = said.body;
    return [
      ...(design === undefined ? [] : [designOf(coi, design)]),
      stepOf(coi, fill.step, fill.attempt),
      ...vials.map(itemOf),
    ];
  }
  return isOf(said, 'custody:CollectItem') ? [] : aboutOf(said);
}

const OF_THERAPIES = ['therapy:HaltTherapy', 'therapy:AssignArm', 'care:Unblind'] as const;

const OF_BATCHES = [
  'manufacturing:RecordBatch',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'manufacturing:RecallBatch',
  'quality:ShortenExpiry',
  'quality:ExtendExpiry',
] as const;

const OF_ITEMS = [
  'custody:CollectItem',
  'custody:ConfirmCollection',
  'custody:ReleaseItem',
  'custody:ReceiveItem',
  'custody:RecordReadings',
  'custody:DisposeItem',
  'custody:ReportLoss',
  'custody:ReportFound',
  'care:VerifyBedside',
] as const;

/** The facts that something was made, moved or judged by, whose signers and times count. */
export const MAKING = [
  'custody:CollectItem',
  'custody:ConfirmCollection',
  'custody:DeriveItem',
  'custody:ReleaseItem',
  'custody:ReceiveItem',
  'custody:RecordReadings',
  'manufacturing:ReportStep',
  'manufacturing:SubmitDesign',
  'manufacturing:RecordBatch',
] as const;
