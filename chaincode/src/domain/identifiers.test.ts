import { describe, expect, it } from '@jest/globals';
import { coi, hasGs1CheckDigit, instant, itemId, lotId, mod37Check, sscc } from './identifiers.js';

describe('identifiers', () => {
  it('an ISBT 128 number has the check character of ISO 7064 MOD 37-2', () => {
    expect(mod37Check('G123417654321')).toBe('A');
  });

  it.each([
    ['GTIN-13', '4006381333931'],
    ['GTIN-14', '10012345678902'],
    ['SSCC', '106141412345678908'],
  ])('a %s ends in the GS1 check digit', (_name, digits) => {
    expect(hasGs1CheckDigit(digits)).toBe(true);
    const last = (Number(digits.slice(-1)) + 1) % 10;
    expect(hasGs1CheckDigit(`${digits.slice(0, -1)}${last}`)).toBe(false);
  });

  it('a chain-of-identity id is refused with one character changed', () => {
    expect(coi.safeParse('G123417654321A').success).toBe(true);
    expect(coi.safeParse('G123417654322A').success).toBe(false);
  });

  it.each([
    ['a DIN', 'G123417654321A'],
    ['a GS1 Digital Link', 'https://id.gs1.org/01/10012345678902/21/A-1'],
  ])('%s names an item', (_name, id) => {
    expect(itemId.safeParse(id).success).toBe(true);
  });

  it.each([
    ['a DIN without its check character', 'G123417654321'],
    ['a Digital Link with a wrong check digit', 'https://id.gs1.org/01/10012345678903/21/A-1'],
    ['a Digital Link of another host', 'https://example.org/01/10012345678902/21/A-1'],
    ['a lot', 'https://id.gs1.org/01/10012345678902/10/A-1'],
  ])('%s names no item', (_name, id) => {
    expect(itemId.safeParse(id).success).toBe(false);
  });

  it('a lot is a Digital Link with GTIN and lot', () => {
    expect(lotId.safeParse('https://id.gs1.org/01/10012345678902/10/L-1').success).toBe(true);
    expect(lotId.safeParse('https://id.gs1.org/01/10012345678902/21/L-1').success).toBe(false);
  });

  it('an SSCC has 18 digits and a right check digit', () => {
    expect(sscc.safeParse('106141412345678908').success).toBe(true);
    expect(sscc.safeParse('10614141234567890').success).toBe(false);
  });

  it.each([
    ['2026-02-28T23:59:59.999Z', true],
    ['2026-02-30T00:00:00.000Z', false],
    ['2026-11-22T13:07:00Z', false],
    ['2026-11-22T13:07:00.000+01:00', false],
    ['2026-11-22T24:00:00.000Z', false],
  ])('%s is an instant in UTC with milliseconds: %s', (text, expected) => {
    expect(instant.safeParse(text).success).toBe(expected);
  });
});
