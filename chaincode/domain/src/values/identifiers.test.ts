import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { z } from 'zod';
import {
  actorId,
  code,
  coi,
  date,
  digest,
  gln,
  hasGs1CheckDigit,
  instant,
  itemId,
  localId,
  lotId,
  mod37Check,
  organisationId,
  sscc,
  version,
} from './identifiers.js';

const accepts = (schema: z.ZodType, text: string) => schema.safeParse(text).success;

describe('the check character of ISO/IEC 7064 MOD 37-2', () => {
  test('is A for the donation number that ISBT 128 gives as its example', () => {
    expect(mod37Check('G123417654321')).toBe('A');
  });

  test('of a chain-of-identity id is checked', () => {
    expect(accepts(coi, 'G123417654321A')).toBe(true);
    for (const other of '0123456789BCDEFGHIJKLMNOPQRSTUVWXYZ*') {
      expect(accepts(coi, `G123417654321${other}`)).toBe(false);
    }
  });

  test('finds every single wrong digit and every swap of neighbours', () => {
    const right = 'G123417654321A';
    for (let place = 5; place < 13; place += 1) {
      for (const digit of '0123456789') {
        const wrong = `${right.slice(0, place)}${digit}${right.slice(place + 1)}`;
        expect(accepts(coi, wrong)).toBe(wrong === right);
      }
      const swapped = `${right.slice(0, place - 1)}${right.charAt(place)}${right.charAt(place - 1)}${right.slice(place + 1)}`;
      expect(accepts(coi, swapped)).toBe(swapped === right);
    }
  });

  test('may be a star, and no letter O stands in a facility', () => {
    const starred = Array.from({ length: 1000 }, (_, serial) => `G12341765${4000 + serial}`)
      .map((digits) => `${digits}${mod37Check(digits)}`)
      .find((text) => text.endsWith('*'));
    expect(starred).toBeDefined();
    expect(accepts(coi, starred ?? '')).toBe(true);
    expect(accepts(coi, `O123417654321${mod37Check('O123417654321')}`)).toBe(false);
  });
});

describe('the check digit of GS1', () => {
  // examples of the GS1 General Specifications and of GS1's own check digit calculator
  test.each([
    ['a GTIN-13', '6291041500213'],
    ['a GTIN-14', '09506000134352'],
    ['a GTIN-14 with an indicator', '19506000134359'],
    ['an SSCC', '106141411234567897'],
    ['a GLN', '9506000134376'],
  ])('of %s is right', (_name, digits) => {
    expect(hasGs1CheckDigit(digits)).toBe(true);
    const wrong = (Number(digits.slice(-1)) + 1) % 10;
    expect(hasGs1CheckDigit(`${digits.slice(0, -1)}${wrong}`)).toBe(false);
  });

  test('is asked of every GLN and SSCC', () => {
    expect(accepts(gln, '9506000134376')).toBe(true);
    expect(accepts(gln, '9506000134377')).toBe(false);
    expect(accepts(sscc, '106141411234567897')).toBe(true);
    expect(accepts(sscc, '106141411234567890')).toBe(false);
  });
});

describe('the identifier of', () => {
  const gtin = '09506000134352';

  test.each([
    ['G123417654321A', true],
    [`https://id.gs1.org/01/${gtin}/21/12345`, true],
    ['G123417654321B', false],
    ['https://id.gs1.org/01/09506000134353/21/12345', false],
    [`https://id.gs1.org/01/${gtin}`, false],
    [`https://id.gs1.org/01/${gtin}/10/12345`, false],
    [`https://id.gs1.org/01/${gtin}/21/`, false],
    [`https://id.gs1.org/01/${gtin}/21/123456789012345678901`, false],
    [`http://id.gs1.org/01/${gtin}/21/12345`, false],
    [`https://id.gs1.org/01/${gtin}/21/12345?name=Jane`, false],
    ['the tumour of bed seven', false],
  ])('an item is a DIN or a GTIN with a serial: %s %s', (text, accepted) => {
    expect(accepts(itemId, text)).toBe(accepted);
  });

  test.each([
    [`https://id.gs1.org/01/${gtin}/10/LNP-1`, true],
    [`https://id.gs1.org/01/${gtin}/21/LNP-1`, false],
    ['https://id.gs1.org/01/09506000134353/10/LNP-1', false],
  ])('a lot is a GTIN with a lot number: %s %s', (text, accepted) => {
    expect(accepts(lotId, text)).toBe(accepted);
  });

  test('an item or a lot is the URI’s own normal form, so that no reader of URIs makes another of it', () => {
    const character = fc.constantFrom('a', 'Z', '0', '9', '.', '_', '-', '/', '%', '~', ' ');
    const part = fc.string({ unit: character, minLength: 1, maxLength: 3 });
    const known: string[] = [];
    const examples: [string, string][] = [
      ['.', '21'],
      ['..', '21'],
      ['.', '10'],
      ['..', '10'],
    ];
    fc.assert(
      fc.property(part, fc.constantFrom('21', '10'), (serial, qualifier) => {
        const id = `https://id.gs1.org/01/${gtin}/${qualifier}/${serial}`;
        if (!accepts(qualifier === '21' ? itemId : lotId, id)) return;
        known.push(id);
        expect(new URL(id).href).toBe(id);
      }),
      { numRuns: 2000, examples },
    );
    expect(known.length).toBeGreaterThan(100);
  });

  test.each([
    [actorId, 'patient-0042', 'Patient 42'],
    [actorId, 'hospital.ward-3.nurse', 'hospital..nurse'],
    [organisationId, 'HospitalMSP', 'hospital'],
    [code, 'blood-edta', 'blood--edta'],
    [localId, 'run_7.A', '-run'],
    [version, '2.13.1', '2.13.1-beta'],
    [digest, 'A'.repeat(43), `${'A'.repeat(42)}B`],
  ])('other things has a closed form', (schema, right, wrong) => {
    expect(accepts(schema, right)).toBe(true);
    expect(accepts(schema, wrong)).toBe(false);
  });
});

describe('a time', () => {
  test.each(['2026-02-28T23:59:59.999Z', '2028-02-29T00:00:00.000Z', '2026-11-22T13:07:00.000Z'])(
    '%s is an instant',
    (text) => {
      expect(accepts(instant, text)).toBe(true);
    },
  );

  test.each([
    ['30 February', '2026-02-30T00:00:00.000Z'],
    ['29 February of a common year', '2026-02-29T00:00:00.000Z'],
    ['a thirteenth month', '2026-13-01T00:00:00.000Z'],
    ['the hour 24', '2026-01-01T24:00:00.000Z'],
    ['a leap second', '2016-12-31T23:59:60.000Z'],
    ['no milliseconds', '2026-11-22T13:07:00Z'],
    ['microseconds', '2026-11-22T13:07:00.000000Z'],
    ['another zone', '2026-11-22T13:07:00.000+01:00'],
    ['a space for T', '2026-11-22 13:07:00.000Z'],
  ])('with %s is none', (_name, text) => {
    expect(accepts(instant, text)).toBe(false);
  });

  test('without its hours is a date, which must exist', () => {
    expect(accepts(date, '2028-02-29')).toBe(true);
    expect(accepts(date, '2026-02-29')).toBe(false);
    expect(accepts(date, '2026-04-31')).toBe(false);
  });
});
