import { mod37Check } from '@veinledger/domain';

/** The facility of the demonstration hospital, and its year, in ISBT 128's layout. */
const FACILITY_AND_YEAR = 'H123426';

/** GTINs of the demonstration products, with their GS1 check digits. */
const GTIN = {
  block: '04012345000016',
  dna: '04012345000023',
  rna: '04012345000030',
  library: '04012345000047',
  template: '04012345000054',
  'drug-substance': '04012345000061',
  vial: '04012345000078',
  dose: '04012345000085',
  reagent: '04012345000092',
} as const;

/** An ISBT 128 donation identification number with its check character. */
export function din(serial: number): string {
  const digits = `${FACILITY_AND_YEAR}${String(serial).padStart(6, '0')}`;
  return `${digits}${mod37Check(digits)}`;
}

/** A chain-of-identity id, laid out as a DIN of a number range of its own. */
export function chainOfIdentity(serial: number): string {
  return din(900_000 + serial);
}

/** A GS1 Digital Link with GTIN and serial. */
export function serialised(product: Exclude<keyof typeof GTIN, 'reagent'>, serial: string): string {
  return `https://id.gs1.org/01/${GTIN[product]}/21/${serial}`;
}

/** A GS1 Digital Link with GTIN and lot. */
export function lot(number: string): string {
  return `https://id.gs1.org/01/${GTIN.reagent}/10/${number}`;
}
