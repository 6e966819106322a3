import { type CommandRecord, COMMANDS, type DeviationCode, type Role } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';

const ANSWER = 'care:VerifyBedside';
const ANSWERING: ReadonlySet<Role> = new Set(COMMANDS.find(({ type }) => type === ANSWER)?.roles);
/** What did not match. */
const MISMATCHES: readonly DeviationCode[] = [
  'FOREIGN_ITEM',
  'LABEL_MISMATCH',
  'PATIENT_MISMATCH',
  'UNIDENTIFIED_ITEM',
];

type Told = Pick<CommandRecord, 'type' | 'actor' | 'principal' | 'effect' | 'deviations'>;

/**
 * Whether a command is somebody else's answer at the bedside, and the caller may have to give the second one: each answers
 * before seeing the other's (A6). That something did not match is told to everybody at once, and a word without effect is no
 * answer.
 */
export function isOthersAnswer(
  { id, roles }: Pick<Caller, 'id' | 'roles'>,
  { type, actor, principal, effect, deviations }: Told,
): boolean {
  if (type !== ANSWER || effect === 'none') return false;
  if (deviations.some(({ code }) => isMismatch(code))) return false;
  return id !== actor && id !== principal && roles.some((role) => ANSWERING.has(role));
}

function isMismatch(code: string): boolean {
  return MISMATCHES.some((each) => each === code);
}
