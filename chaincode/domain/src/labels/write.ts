import { writeBracketed, writeElementString } from './element-string.js';
import { readDigitalLink } from './digital-link.js';
import { readPrinted, writeDataStructures, writePrinted } from './isbt128.js';

/** What may stand on a label for one identifier, by notation. */
export interface Gs1Notations {
  readonly digitalLink: string;
  /** as GS1 DataMatrix and GS1-128 carry it, without a symbology identifier */
  readonly elementString: string;
  /** the text below the bar code */
  readonly bracketed: string;
}

export interface Isbt128Notations {
  readonly dataStructures: string;
  /** the text below the bar code */
  readonly printed: string;
}

/**
 * The notations of an item's or a lot's identifier, each of which {@link readLabel} reads back.
 * @param id as the ledger writes it
 * @throws VeinledgerError LABEL_NOT_READ when it is none
 */
export function writeLabel(id: string): Gs1Notations | Isbt128Notations {
  if (!id.startsWith('https:')) {
    const label = readPrinted(id);
    return { dataStructures: writeDataStructures(label), printed: writePrinted(label) };
  }
  const elements = readDigitalLink(id);
  return {
    digitalLink: id,
    elementString: writeElementString(elements),
    bracketed: writeBracketed(elements),
  };
}
