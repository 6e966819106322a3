import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gs1CheckDigit, itemId, lotId, mod37Check } from '../values/identifiers.js';
import { readItem, readLabel } from './read.js';
import { writeLabel } from './write.js';

const GTIN = '09506000134352';
const LINK = `https://id.gs1.org/01/${GTIN}/21/12345`;

const CSET_82 = Array.from(
  '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
);
const serial = fc
  .string({ unit: fc.constantFrom(...CSET_82), minLength: 1, maxLength: 20 })
  .filter((value) => !/^\.{1,2}$/.test(value) && !/<(?:GS|FNC1)>/.test(value));
const gtin = fc
  .string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 13, maxLength: 13 })
  .map((digits) => `${digits}${gs1CheckDigit(digits)}`);
const ofPattern = (pattern: RegExp) => fc.stringMatching(pattern);
const donation = ofPattern(/^[A-NP-Z1-9][A-NP-Z0-9]{4}[0-9]{8}$/).map(
  (number) => `${number}${mod37Check(number)}`,
);
const product = ofPattern(/^[A-Z][0-9]{4}[A-Za-z0-9][A-Z0][a-z0]$/);
const divisions = ofPattern(/^[A-Z0-9]{6}$/);
const donated = fc
  .tuple(donation, fc.option(product), fc.option(divisions))
  .map(([number, code, divided]) =>
    [number, code, code === null ? null : divided].filter((each) => each !== null).join('-'),
  );
const linked = fc
  .tuple(gtin, serial)
  .map(([number, value]) => readItem(`(01)${number}(21)${value.replaceAll('(', String.raw`\(`)}`));

describe('an item’s identifier', () => {
  test('is read back from each notation that is written of it, whichever characters it has', () => {
    fc.assert(
      fc.property(fc.oneof(donated, linked), (id) => {
        expect(itemId.safeParse(id).success).toBe(true);
        for (const [notation, text] of Object.entries(writeLabel(id))) {
          const carrier = notation === 'elementString' ? ']d2' : '';
          expect(readItem(`${carrier}${String(text)}`)).toBe(id);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('is its URI’s own normal form', () => {
    fc.assert(
      fc.property(linked, (id) => {
        expect(new URL(id).href).toBe(id);
      }),
    );
  });

  test('never looks like another’s in any notation', () => {
    fc.assert(
      fc.property(fc.oneof(donated, linked), fc.oneof(donated, linked), (one, other) => {
        fc.pre(one !== other);
        const texts = (id: string) => Object.values(writeLabel(id)).map(String);
        expect(texts(one).filter((text) => texts(other).includes(text))).toEqual([]);
      }),
    );
  });

  test.each([
    ['a Digital Link of another domain', `https://example.org/shop/01/${GTIN}/21/12345`],
    [
      'a Digital Link with a lot and an expiry',
      `https://id.gs1.org/01/${GTIN}/10/L1/21/12345?17=271231`,
    ],
    ['a Digital Link with a GTIN of 13 digits', 'http://ID.gs1.org/01/9506000134352/21/12345'],
    ['a Digital Link with percent-encoded digits', `https://id.gs1.org/01/${GTIN}/21/1234%35`],
    ['a GS1 DataMatrix', `]d201${GTIN}2112345`],
    ['a GS1 DataMatrix with the lot first', `]d210L1\u001d01${GTIN}2112345\u001d17271231`],
    ['a keyboard that types another character for FNC1', `01${GTIN}10L1|2112345`],
    ['a leading FNC1', `\u001d01${GTIN}2112345`],
    ['the text below the bar code', `(01)${GTIN}(17)271200(21)12345`],
    ['a scanner that ends the line', `(01)${GTIN}(21)12345\r\n`],
  ])('is read from %s', (_name, text) => {
    expect(readItem(text)).toBe(LINK);
  });

  test.each([
    ['a bar code with flags', '=G12341765432100', 'G123417654321A'],
    ['flags that check the number', '=G12341765432170', 'G123417654321A'],
    ['what is typed, with its check character', 'G123417654321A', 'G123417654321A'],
    ['what is printed, with flags and check character', 'G1234 17 654321 00 A', 'G123417654321A'],
    ['two bar codes in one', '=G12341765432100=<E0206VA0', 'G123417654321A-E0206VA0'],
    [
      'the number’s divisions',
      '=G12341765432100=<E0206V00=,00000A',
      'G123417654321A-E0206V00-00000A',
    ],
    ['a symbology identifier', ']C0=G12341765432100', 'G123417654321A'],
  ])('of ISBT 128 is read from %s', (_name, text, id) => {
    expect(readItem(text)).toBe(id);
  });
});

describe('a label', () => {
  test('tells of lot, expiry, shipping container and place too', () => {
    expect(readLabel(`]d201${GTIN}10AB-1\u001d17280200`, 2026)).toEqual({
      standard: 'gs1',
      lot: `https://id.gs1.org/01/${GTIN}/10/AB-1`,
      expiry: '2028-02-29',
    });
    expect(readLabel(']C100106141411234567897').sscc).toBe('106141411234567897');
    expect(readLabel('(414)9506000134376').gln).toBe('9506000134376');
    expect(readLabel('=G12341765432100=>028060').expiry).toBe('2028-02-29');
  });

  test.each([
    [2026, '76', '2076'],
    [2026, '77', '1977'],
    [2049, '00', '2000'],
    [2051, '00', '2100'],
    [1999, '00', '2000'],
  ])('read in %i that says year %s means %s', (now, short, year) => {
    expect(readLabel(`(01)${GTIN}(17)${short}0102`, now).expiry).toBe(`${year}-01-02`);
  });

  test('with a lot of each character has a lot’s identifier', () => {
    fc.assert(
      fc.property(gtin, serial, (number, lot) => {
        const read = readLabel(`(01)${number}(10)${lot.replaceAll('(', String.raw`\(`)}`);
        expect(lotId.safeParse(read.lot).success).toBe(true);
      }),
    );
  });

  test.each([
    ['no label at all', 'the tumour of bed seven', 1],
    ['a wrong check digit', '(01)09506000134353(21)12345', 5],
    ['a lot that swallowed an expiry', `01${GTIN}10AB17271231`, 21],
    ['FNC1 in words, which a serial may hold', `01${GTIN}21A<GS>10B`, 20],
    ['a day that no month has', `(01)${GTIN}(17)270230(21)1`, 23],
    ['two serials', `(01)${GTIN}(21)1(21)2`, 28],
    ['a serial of 21 characters', `(01)${GTIN}(21)123456789012345678901`, 23],
    ['an identifier that GS1 does not know', `(01)${GTIN}(29)1`, 23],
    ['a parenthesis of the value itself', `(01)${GTIN}(21)A(B)`, 24],
    ['a character outside the set', `(01)${GTIN}(21)A#`, 23],
    ['a fragment', `${LINK}#x`, 1],
    ['a qualifier that is none', `https://id.gs1.org/01/${GTIN}/99/1`, 38],
    ['broken percent-encoding', `https://id.gs1.org/01/${GTIN}/21/%4`, 41],
    ['a donation number without check character or flags', 'G123417654321', 1],
    ['a donation number with its flags and no data identifier', 'G12341765432100', 1],
    ['a donation number with another check character', 'G123417654321B', 14],
    ['flags that check another number', '=G12341765432171', 14],
    ['divisions of no product', '=G12341765432100=,00000A', 1],
    ['a data structure of something else', '=G12341765432100=)0123456789', 17],
    ['small letters', 'g123417654321a', 1],
    ['an element string of a carrier that sends no FNC1', `]C001${GTIN}2112345`, 1],
  ])('that is %s is refused, with the place of the fault', (_name, text, place) => {
    expect(() => readLabel(text)).toThrow(
      new RegExp(`^LABEL_NOT_READ: .*"field":"label, character ${place}"`),
    );
  });

  test('without an item’s identifier names no item', () => {
    expect(() => readItem(`(01)${GTIN}(10)AB`)).toThrow(/^LABEL_NOT_READ: .*serial number/);
  });
});
