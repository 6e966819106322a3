import { OBJECT_TYPES, type ReplayState } from '@veinledger/chaincode/replay';
import { LedgerError } from '../port.js';
import type { AuditFinding } from './finding.js';
import type { AuditedMember } from './member.js';

const SEPARATOR = '\u0000';
const EXCERPT = 120;
const LEAD = 20;

/**
 * Holds the state that a member serves against what the blocks wrote, key by key.
 * @param height the number of blocks that wrote the state
 */
export async function stateFindings(
  member: AuditedMember,
  state: ReplayState,
  height: number,
): Promise<readonly AuditFinding[]> {
  const expected = new Map<string, { readonly value: string; readonly block: number }>();
  for (const { key, value, version } of state.entries()) {
    expected.set(key, { value, block: version?.block ?? 0 });
  }
  const types = new Set<string>(OBJECT_TYPES);
  for (const key of expected.keys()) types.add(key.split(SEPARATOR)[1] ?? '');

  const findings: AuditFinding[] = [];
  const note = (key: string, block: number, wanted: string, found: string) => {
    if (wanted === found) return;
    const texts = excerpts(wanted, found);
    findings.push({ kind: 'state', member: member.name, block, subject: key, ...texts });
  };
  try {
    for (const type of types) {
      for await (const [key, value] of member.state(type)) {
        const known = expected.get(key);
        note(key, known?.block ?? height - 1, known?.value ?? 'no value', value);
        expected.delete(key);
      }
    }
  } catch (error) {
    if (!(error instanceof LedgerError) || error.kind !== 'contract') throw error;
    const what = { expected: 'every key of its state', found: error.message };
    const place = { member: member.name, block: height - 1 };
    return [{ kind: 'unreadable-state', ...place, subject: 'state', ...what }];
  }
  for (const [key, { value, block }] of expected) note(key, block, value, 'no value');
  return findings;
}

/** Two texts from shortly before the first character that differs. */
function excerpts(expected: string, found: string): { expected: string; found: string } {
  let position = 0;
  while (position < expected.length && expected[position] === found[position]) position += 1;
  const start = Math.max(0, position - LEAD);
  const of = (text: string) => `${start > 0 ? '…' : ''}${text.slice(start, start + EXCERPT)}`;
  return { expected: of(expected), found: of(found) };
}
