import {
  GatewayProblem,
  GatewayTimeout,
  GatewayUnreachable,
  TlsFailure,
} from '@veinledger/client/node';
import { VeinledgerError } from '@veinledger/domain';
import { EXIT, type ExitCode } from './exit-codes.js';

interface Details {
  readonly field?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Why a command line could not be carried out. */
export class CliError extends Error {
  readonly code: string;
  readonly details: Details;
  readonly exitCode: ExitCode;

  constructor(
    code: string,
    explanation: string,
    details: Details = {},
    exitCode: ExitCode = EXIT.failed,
  ) {
    super(explanation);
    this.name = 'CliError';
    this.code = code;
    this.details = details;
    this.exitCode = exitCode;
  }
}

/** What was typed does not fit. */
export function wrongUsage(field: string, expected: string, found = 'nothing'): CliError {
  const details = { field, expected, found };
  return new CliError('WRONG_USAGE', 'the command line does not fit', details, EXIT.wrongUsage);
}

/** The reader of options could make nothing of what was typed. */
export function wrongWords(message: string): CliError {
  const explanation = `${message.replace(/^error: /u, '')}; --help tells what there is`;
  return new CliError('WRONG_USAGE', explanation, {}, EXIT.wrongUsage);
}

/** An error as it is told: the exit code, the same for programs and for people. */
export interface Complaint {
  readonly exitCode: ExitCode;
  readonly json: unknown;
  readonly lines: readonly string[];
}

/** How an error is told. */
export function complaintOf(error: unknown): Complaint {
  if (error instanceof GatewayProblem) return ofGateway(error);
  if (error instanceof TlsFailure) {
    const { code, message, details } = error;
    return told({ code, detail: message, ...details }, EXIT.failed);
  }
  if (error instanceof CliError) {
    const { code, message, details, exitCode } = error;
    return told({ code, detail: message, ...details }, exitCode);
  }
  if (error instanceof GatewayUnreachable || error instanceof GatewayTimeout) {
    const code = error instanceof GatewayTimeout ? 'TIMEOUT' : 'GATEWAY_UNREACHABLE';
    return told({ code, detail: error.message }, EXIT.unavailable);
  }
  if (error instanceof VeinledgerError) {
    const detail = error.message.replace(/^[A-Z_]+: /u, '').replace(/ \{.*\}$/u, '');
    return told({ code: error.code, detail, ...error.details }, EXIT.failed);
  }
  const detail = error instanceof Error ? error.message : String(error);
  return told({ code: 'FAILED', detail }, EXIT.failed);
}

function ofGateway(error: GatewayProblem): Complaint {
  const { code, detail, field, expected, found } = error.problem;
  const details = {
    ...(field === undefined ? {} : { field }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  };
  const { lines } = told({ code, detail, ...details }, EXIT.failed);
  const reasons = error.reasons.flatMap(({ code: reason, subject, ...rest }) => [
    `  reason    ${reason}${subject === undefined ? '' : ` (${subject})`}`,
    ...detailLines(rest, '    '),
  ]);
  const receipt = error.receipt === undefined ? [] : [`  command   ${error.receipt.commandId}`];
  return {
    exitCode: exitCodeOf(error) ?? EXIT.failed,
    json: error.problem,
    lines: [...lines, ...reasons, ...receipt],
  };
}

function told(
  problem: Details & { readonly code: string; readonly detail: string },
  exitCode: ExitCode,
): Complaint {
  const lines = [`${problem.code}: ${problem.detail}`, ...detailLines(problem, '  ')];
  return { exitCode, json: problem, lines };
}

function detailLines({ field, expected, found }: Details, indent: string): readonly string[] {
  return Object.entries({ field, expected, found }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${indent}${name.padEnd(10)}${value}`],
  );
}

const UNAVAILABLE = [429, 503, 504];
const NOT_ENTITLED = [401, 403];

/** The exit code for an error of the gateway's client; undefined for other errors. */
function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof GatewayUnreachable || error instanceof GatewayTimeout) {
    return EXIT.unavailable;
  }
  if (!(error instanceof GatewayProblem)) return undefined;
  if (error.code === 'REFUSED') return EXIT.refused;
  if (NOT_ENTITLED.includes(error.status)) return EXIT.notEntitled;
  return UNAVAILABLE.includes(error.status) ? EXIT.unavailable : EXIT.failed;
}
