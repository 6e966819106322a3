import { z } from 'zod';
import type { OptionSpec } from './command.js';

/** The option by which a registrar says how somebody's signatures are printed. */
export const PRINTED_NAME_OPTION: OptionSpec = {
  name: 'printed-name',
  value: 'NAME',
  summary: "as signatures are printed; stays in the member's vault, the ledger gets a commitment",
};

export const printedNameInput = { printedName: z.string().trim().min(1).max(200).optional() };

/** The name as the annex of a statement; none where none was said. */
export function printedNameAnnex(printedName: string | undefined) {
  return printedName === undefined ? {} : { annexes: { name: { printedName } } };
}
