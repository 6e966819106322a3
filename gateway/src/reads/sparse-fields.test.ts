import { describe, expect, test } from '@jest/globals';
import { trace } from '../openapi/schemas/trace.js';
import { therapy } from '../openapi/schemas/therapy.js';
import { commandRecord } from '../openapi/schemas/record.js';
import { pick, readFields } from './sparse-fields.js';

const ordered = {
  coi: 'G123417654321A',
  patient: 'patient-1',
  process: { id: 'pcv-mrna', version: '1.0', hash: 'h' },
  orderLines: [
    { dose: 1, day: 50 },
    { dose: 2, day: 71 },
  ],
};

describe('the fields of an answer that are asked for', () => {
  test.each<[string, object]>([
    ['coi', { coi: ordered.coi }],
    ['coi,process.version', { coi: ordered.coi, process: { version: '1.0' } }],
    ['process,process.version', { process: ordered.process }],
    ['process.version,process.id', { process: { version: '1.0', id: 'pcv-mrna' } }],
    ['orderLines.day', { orderLines: [{ day: 50 }, { day: 71 }] }],
  ])('%s', (fields, expected) => {
    expect(pick(ordered, readFields(fields, therapy))).toEqual(expected);
  });

  test('are left out where a thing has them not', () => {
    const things = {
      things: [
        { noun: 'item', id: 'i' },
        { noun: 'hold', reason: 'r' },
      ],
    };
    const asked = readFields('things.id,things.reason', trace);
    expect(pick(things, asked)).toEqual({ things: [{ id: 'i' }, { reason: 'r' }] });
  });

  test('are those of any option, and of members of any name', () => {
    expect(() =>
      readFields('things.vials,things.subjects.disposition.decision', trace),
    ).not.toThrow();
    expect(() => readFields('annex.results', commandRecord)).not.toThrow();
  });

  test.each([
    ['colour', 'colour', /^noun, coi, patient, process, parties/],
    ['coi,process.colour', 'process.colour', /^id, version, hash$/],
    ['coi.length', 'coi.length', /^no field below this one$/],
    ['__proto__', '__proto__', /^noun/],
    ['constructor', 'constructor', /^noun/],
  ])('are refused by name: %s', (fields, found, expected) => {
    expect(() => readFields(fields, therapy)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          status: 400,
          code: 'UNKNOWN_FIELD',
          field: 'query.fields',
          found,
          expected: expect.stringMatching(expected),
        }),
      }),
    );
  });
});
