export { chainOfIdentity, din } from '@veinledger/cli';

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

/** A GS1 Digital Link with GTIN and serial. */
export function serialised(product: Exclude<keyof typeof GTIN, 'reagent'>, serial: string): string {
  return `https://id.gs1.org/01/${GTIN[product]}/21/${serial}`;
}

/** A GS1 Digital Link with GTIN and lot. */
export function lot(number: string): string {
  return `https://id.gs1.org/01/${GTIN.reagent}/10/${number}`;
}

/** What serial numbers of a therapy's things begin with: its chain of identity without the check character, which may be `*`. */
export function serialOf({ coi }: { readonly coi: string }): string {
  return coi.slice(0, -1);
}
