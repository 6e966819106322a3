import { mod37Check } from '@veinledger/domain';

/** Crockford's 32 characters: no I, L, O or U, which are taken for others. */
export const ENROLMENT_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a code, the last of which checks those before it. */
export const ENROLMENT_CODE_LENGTH = 12;

const GROUP = /.{4}(?=.)/gu;
const TAKEN_FOR: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/**
 * A one-time code as it was typed or scanned, in its one form.
 * @returns undefined where a character is missing or its check character (ISO/IEC 7064 MOD 37-2) does not fit
 */
export function readEnrolmentCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s–-]/gu, '')
    .replace(/[ILO]/gu, (character) => TAKEN_FOR[character] ?? character);
  if (code.length !== ENROLMENT_CODE_LENGTH) return undefined;
  if (!Array.from(code).every((each) => ENROLMENT_ALPHABET.includes(each))) return undefined;
  return mod37Check(code.slice(0, -1)) === code.slice(-1) ? code : undefined;
}

/** A code in groups of four, as it is printed and spoken. */
export function writeEnrolmentCode(code: string): string {
  return code.replace(GROUP, '$&-');
}
