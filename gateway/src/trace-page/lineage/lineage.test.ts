import { describe, expect, test } from '@jest/globals';
import {
  batchOf,
  COI,
  itemOf,
  OTHER_COI,
  outlookWith,
  refusal,
  traceOf,
  VIAL,
} from '../../reads/trace.fixture.js';
import type { TherapyTrace } from '../../reads/therapy-lists.js';
import type { LineageNode } from './graph.js';
import { lineageOf } from './lineage-of.js';
import { layoutOf } from './layout.js';
import { lineageSvg } from './svg.js';

const BLOOD = 'G123417654321B';
const DNA = 'https://id.gs1.org/01/04012345000023/21/1';

const drawn = (trace: TherapyTrace, outlook = outlookWith()) => lineageOf(trace, outlook);

const marked = (nodes: readonly LineageNode[]) =>
  nodes
    .filter(({ marks }) => marks.length > 0)
    .map(({ key, marks }) => [key, ...marks.map(({ fault, detail }) => `${fault} ${detail}`)]);

describe('the lineage of a therapy', () => {
  test('leads from a sample to what was made of it, and from a batch to its vials', () => {
    const { edges } = drawn(
      traceOf([
        itemOf(BLOOD, { kind: 'blood-edta' }),
        itemOf(DNA, { kind: 'dna', parents: [{ coi: COI, id: BLOOD }] }),
        batchOf(),
        itemOf(VIAL, { parents: [{ coi: COI, id: DNA }], batch: 'batch-1' }),
      ]),
    );
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: `item ${BLOOD}`, to: `item ${DNA}` },
        { from: 'batch batch-1', to: `item ${VIAL}` },
      ]),
    );
  });

  test("marks what is quarantined, held, recalled, and another patient's", () => {
    const blockers = [
      { kind: 'deviation' as const, id: 'd', code: 'TEMPERATURE_EXCURSION' },
      { kind: 'hold' as const, id: 'h', code: 'investigation' },
    ];
    const recall = {
      actor: 'a.b',
      command: 'c',
      at: '2026-11-22T13:07:00.000Z',
      time: '2026-11-22T13:07:00.000Z',
      reason: 'stability',
    };
    const { nodes } = drawn(
      traceOf([
        itemOf(VIAL, { blockers, parents: [{ coi: OTHER_COI, id: DNA }] }),
        batchOf({ recall }),
      ]),
    );
    expect(marked(nodes)).toEqual([
      [`item ${VIAL}`, 'quarantined TEMPERATURE_EXCURSION', 'on-hold investigation'],
      ['batch batch-1', 'recalled stability'],
      [`item ${DNA}`, `foreign ${OTHER_COI}`],
    ]);
  });

  test('shows a refused permission beside what it named, once however often it was refused', () => {
    const { nodes, edges } = drawn(traceOf([itemOf(VIAL)], [refusal(), refusal()]));
    expect(nodes.at(-1)).toMatchObject({ kind: 'refusal', id: 'authorise dose, 2 times' });
    expect(edges).toEqual([{ from: `item ${VIAL}`, to: nodes.at(-1)?.key }]);
  });

  test('says in words what its signs mean, without any colour', () => {
    const recall = {
      actor: 'a.b',
      command: 'c',
      at: '2026-11-22T13:07:00.000Z',
      time: '2026-11-22T13:07:00.000Z',
      reason: 'stability',
    };
    const { text } = lineageSvg(drawn(traceOf([batchOf({ recall })], [refusal()])));
    expect(text).toMatch(/<desc[^>]*>[^<]*Not in order: batch batch-1 \(RECALLED stability\)/);
    expect(text).toMatch(/<text[^>]*>RECALLED: stability<\/text/);
    expect(text).toMatch(/<text[^>]*>REFUSED: FOREIGN_ITEM<\/text/);
    expect(text).toContain('<polygon');
  });

  test('draws a child below its parent, nothing over another, and all within the picture', () => {
    const vials = Array.from({ length: 30 }, (_, index) =>
      itemOf(`${VIAL}-${index}`, { parents: [{ coi: COI, id: DNA }] }),
    );
    const { nodes, width, height } = layoutOf(drawn(traceOf([itemOf(DNA), ...vials])));
    const parent = nodes.find(({ node }) => node.id === DNA);
    for (const { node, x, y, box } of nodes) {
      if (node.id !== DNA) expect(y).toBeGreaterThan(parent?.y ?? Infinity);
      expect(x - box.width / 2).toBeGreaterThanOrEqual(0);
      expect(x + box.width / 2).toBeLessThanOrEqual(width);
      expect(y + box.height / 2).toBeLessThanOrEqual(height);
    }
    const ofVials = nodes
      .filter(({ node }) => node.id !== DNA)
      .sort((one, other) => one.x - other.x);
    for (const [index, { x, box }] of ofVials.slice(1).entries()) {
      const before = ofVials[index];
      expect(x - box.width / 2).toBeGreaterThan((before?.x ?? 0) + (before?.box.width ?? 0) / 2);
    }
  });

  test('marks what a gate would refuse though its own record says nothing, and a batch that expired', () => {
    const reasons = [{ code: 'ON_HOLD', subject: 'dataset hla' }];
    const outlook = outlookWith({
      gates: [{ subject: `item ${VIAL}`, gate: 'care:AuthoriseDose', reasons }],
      things: [
        { subject: `item ${VIAL}`, state: 'stopped', byRecord: 'in-custody' },
        { subject: `item ${DNA}`, state: 'stopped', byRecord: 'in-custody' },
        { subject: 'batch batch-1', state: 'expired', byRecord: 'expired' },
      ],
    });
    const { nodes } = drawn(traceOf([itemOf(VIAL), itemOf(DNA), batchOf()]), outlook);
    expect(marked(nodes)).toEqual([
      [`item ${VIAL}`, 'stopped ON_HOLD'],
      [`item ${DNA}`, 'stopped by something else'],
      ['batch batch-1', 'expired its time is over'],
    ]);
  });

  test('says that nothing is out of order only to who sees all that counts', () => {
    const { text } = lineageSvg(drawn(traceOf([]), outlookWith({ partial: true })));
    expect(text).toContain('Nothing that you see is out of order.');
    expect(text).not.toContain('Everything is in order.');
  });

  test('of a therapy that nothing happened in yet is an empty picture', () => {
    expect(lineageSvg(drawn(traceOf([]))).text).toContain('Everything is in order.');
  });
});
