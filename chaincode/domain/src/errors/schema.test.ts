import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { VeinledgerError } from './errors.js';
import { code } from '../values/identifiers.js';
import { parseClosed } from './schema.js';

const vial = z.strictObject({ kind: code, readings: z.array(z.strictObject({ c: z.number() })) });

function detailsOf(value: unknown, errorCode?: 'ANNEX_SCHEMA_VIOLATION') {
  try {
    parseClosed(vial, value, 'body', errorCode);
  } catch (error) {
    if (error instanceof VeinledgerError) return { code: error.code, ...error.details };
    throw error;
  }
  return 'accepted';
}

describe('what does not fit its schema', () => {
  test('is named by its path, with what was expected and found', () => {
    expect(detailsOf({ kind: 'vial', readings: [{ c: 1 }, { c: 'cold' }] })).toEqual({
      code: 'SCHEMA_VIOLATION',
      field: 'body.readings.1.c',
      expected: 'a number',
      found: 'cold',
    });
  });

  test('is named where it is missing', () => {
    expect(detailsOf({ readings: [] })).toMatchObject({ field: 'body.kind', found: 'nothing' });
  });

  test('is named where the schema knows no such field', () => {
    expect(detailsOf({ kind: 'vial', readings: [], remark: 'text' })).toEqual({
      code: 'SCHEMA_VIOLATION',
      field: 'body.remark',
      expected: 'no members but kind, readings',
      found: 'remark',
    });
  });

  test('is cut after 80 characters', () => {
    const found = detailsOf({ kind: 'X'.repeat(500), readings: [] });
    expect(found).toMatchObject({ found: `${'X'.repeat(80)}…` });
  });

  test('in an annex is told by its kind, and nothing of what it says', () => {
    const annex = { kind: 'vial', readings: [{ c: 'forty below' }] };
    expect(detailsOf(annex, 'ANNEX_SCHEMA_VIOLATION')).toEqual({
      code: 'ANNEX_SCHEMA_VIOLATION',
      field: 'body.readings.0.c',
      expected: 'a number',
      found: 'a text of 11 characters',
    });
  });

  test('is refused, and what fits is given back', () => {
    const right = { kind: 'vial', readings: [{ c: -70 }] };
    expect(parseClosed(vial, right, 'body')).toEqual(right);
  });
});
