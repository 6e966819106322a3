import { describe, expect, test } from '@jest/globals';
import {
  attempt,
  batch,
  COI,
  dataset,
  design,
  din,
  item,
  OTHER_COI,
  report,
  signed,
} from '../example.fixture.js';
import {
  linksOfAttempt,
  linksOfBatch,
  linksOfDataset,
  linksOfDesign,
  linksOfItem,
  nameOfLink,
} from './links.js';

describe('what a record leads back to', () => {
  test('is an item’s parents, step, design and batch', () => {
    const vial = item({
      parents: [{ coi: OTHER_COI, id: din(2) }],
      producedBy: { step: 'fill', attempt: 2 },
      design: 'design-1',
      batch: 'batch-1',
    });
    expect(linksOfItem(vial)).toEqual([
      { kind: 'item', coi: OTHER_COI, id: din(2) },
      { kind: 'step', step: 'fill', attempt: 2 },
      { kind: 'design', id: 'design-1' },
      { kind: 'batch', id: 'batch-1' },
    ]);
  });

  test('is a step’s inputs, data, lots and design, once it is reported', () => {
    const reported = report('lab.technician', {
      inputs: [{ coi: COI, id: din(1) }],
      inputDatasets: ['fastq'],
      lots: ['lot-1'],
      design: 'design-1',
    });
    expect(linksOfAttempt(attempt('calling', { report: reported })).map(nameOfLink)).toEqual([
      `item ${din(1)}`,
      'dataset fastq',
      'lot lot-1',
      'design design-1',
    ]);
    expect(linksOfAttempt(attempt('calling'))).toEqual([]);
    const repeated = [{ ...signed('lab.technician'), verdicts: [], lots: ['lot-1', 'lot-2'] }];
    const twice = linksOfAttempt(attempt('calling', { report: reported, repeated }));
    expect(twice.map(nameOfLink).filter((name) => name.startsWith('lot'))).toEqual([
      'lot lot-1',
      'lot lot-2',
    ]);
  });

  test('is a design’s data and ranking, a batch’s fill and design, a dataset’s step', () => {
    expect(linksOfDesign(design()).map(nameOfLink)).toEqual(['dataset fastq', 'step ranking/1']);
    expect(linksOfBatch(batch()).map(nameOfLink)).toEqual(['step fill/1', 'design design-1']);
    expect(linksOfDataset(dataset()).map(nameOfLink)).toEqual(['step sequencing/1']);
  });
});
