import type { Receipt } from '@veinledger/client/node';
import type { CommandResult } from './command-result.js';

const WITHOUT_EFFECT =
  '  effect       none: the actor has no standing in it, and quality hears an alarm';

/** A receipt for people. */
export function receiptLines(receipt: Receipt): readonly string[] {
  const { decision, type, actor, commandId, transactionId, block, changed } = receipt;
  return [
    `${decision}  ${type} by ${actor}`,
    `  command      ${commandId}`,
    `  transaction  ${transactionId}`,
    `  block        ${block}`,
    ...(receipt.effect === 'none' ? [WITHOUT_EFFECT] : []),
    ...changed.map((each) => `  changed      ${each}`),
    ...receipt.verdicts.map(({ check, verdict }) => `  check        ${check} ${verdict}`),
    ...receipt.deviations.map(
      ({ id, code, classification }) => `  deviation    ${code}, ${classification} (${id})`,
    ),
  ];
}

/** What a command did that handed in one or more commands. */
export function committed(...receipts: readonly [Receipt, ...Receipt[]]): CommandResult {
  const [first, ...more] = receipts;
  return {
    data: more.length === 0 ? first : receipts,
    lines: receipts.flatMap(receiptLines),
  };
}
