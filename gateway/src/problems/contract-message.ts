import { ERROR_CODES, type ErrorCode, type ErrorDetails } from '@veinledger/domain';
import { z } from 'zod';

/** A contract's error as it is read out of a message. */
export interface ContractMessage {
  readonly code: ErrorCode;
  readonly explanation: string;
  readonly details: ErrorDetails;
}

const codes = new RegExp(`(?<![A-Z0-9_])(${ERROR_CODES.join('|')}): `);

const detailsSchema = z.object({
  field: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
});

/**
 * Finds the contract's error in a message that peers may have wrapped in text of their own: the first known code,
 * what it says, and the JSON details after it. Undefined when the message holds no known code.
 */
export function readContractMessage(message: string): ContractMessage | undefined {
  const match = codes.exec(message);
  const code = ERROR_CODES.find((each) => each === match?.[1]);
  if (!match || code === undefined) return undefined;
  const rest = message.slice(match.index + match[0].length);
  const opening = rest.indexOf('{');
  if (opening < 0) return { code, explanation: rest.trim(), details: {} };
  const explanation = rest.slice(0, opening).trim();
  return { code, explanation, details: readDetails(rest.slice(opening)) };
}

function readDetails(text: string): ErrorDetails {
  const end = endOfObject(text);
  if (end === undefined) return {};
  try {
    const { field, expected, found } = detailsSchema.parse(JSON.parse(text.slice(0, end)));
    return {
      ...(field === undefined ? {} : { field }),
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
    };
  } catch {
    return {};
  }
}

/** Where the flat JSON object that opens the text ends: at the first brace outside a string. */
function endOfObject(text: string): number | undefined {
  const closing = /^\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}/.exec(text);
  return closing?.[0].length;
}
