import { describe, expect, test } from '@jest/globals';
import { mod37Check } from '@veinledger/domain';
import { readEnrolmentCode, writeEnrolmentCode } from './enrolment-code.js';

const CODE = `0123ABCD10W${mod37Check('0123ABCD10W')}`;

describe('a one-time code', () => {
  test('is printed in groups', () => {
    expect(writeEnrolmentCode(CODE)).toBe(`0123-ABCD-10W${CODE.slice(-1)}`);
  });

  test.each([
    ['as printed', writeEnrolmentCode(CODE)],
    ['in small letters, with spaces', writeEnrolmentCode(CODE).toLowerCase().replaceAll('-', ' ')],
    ['with letters that look like digits', CODE.replace('10W', 'lOw').replace(/^0/u, 'o')],
    ['in wide characters', CODE.replace('A', 'Ａ')],
  ])('is read %s', (_name, typed) => {
    expect(readEnrolmentCode(typed)).toBe(CODE);
  });

  test.each([
    ['one character is another', CODE.replace('A', 'B')],
    ['two stand in each other’s place', CODE.replace('AB', 'BA')],
    ['one is missing', CODE.slice(1)],
    ['one is too many', `${CODE}0`],
    ['one is none of its characters', CODE.replace('A', 'U')],
    ['there is none', ''],
  ])('is told to be mistyped before anybody is asked, where %s', (_name, typed) => {
    expect(readEnrolmentCode(typed)).toBeUndefined();
  });
});
