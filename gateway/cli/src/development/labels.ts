import { mod37Check } from '@veinledger/domain';

/** The facility of the demonstration hospital, and its year, in ISBT 128's layout. */
const FACILITY_AND_YEAR = 'H123426';

/** An ISBT 128 donation identification number with its check character. */
export function din(serial: number): string {
  const digits = `${FACILITY_AND_YEAR}${String(serial).padStart(6, '0')}`;
  return `${digits}${mod37Check(digits)}`;
}

/** A chain-of-identity id, laid out as a DIN of a number range of its own. */
export function chainOfIdentity(serial: number): string {
  return din(900_000 + serial);
}
