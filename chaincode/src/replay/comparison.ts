import { canonicalise } from '@veinledger/domain';
import type { Executed } from '../commands/index.js';
import type { KeyWrite, LedgerTransaction } from './block.js';
import type { Difference, FindingKind } from './finding.js';

const LEAD = 20;
const EXCERPT = 120;

/** Where a transaction's receipt, event and writes differ from what its command makes of the state. */
export function compareExecution(
  executed: Executed,
  recorded: Pick<LedgerTransaction, 'response' | 'event' | 'writes'>,
): readonly Difference[] {
  const receipt = canonicalise(executed.receipt);
  const told = (event: LedgerTransaction['event']) =>
    event ? canonicalise([event.name, event.payload]) : 'no event';
  return [
    ...compareTexts('receipt', 'response', receipt, recorded.response),
    ...compareTexts('event', 'event', told(executed.event), told(recorded.event)),
    ...compareWrites(executed.writes, recorded.writes),
  ];
}

/** The difference of two texts, each shown from shortly before the first character that differs. */
export function compareTexts(
  kind: FindingKind,
  subject: string,
  expected: string,
  found: string,
): readonly Difference[] {
  if (expected === found) return [];
  let position = 0;
  while (position < expected.length && expected[position] === found[position]) position += 1;
  const excerpt = (text: string) => {
    const start = Math.max(0, position - LEAD);
    return `${start > 0 ? '…' : ''}${text.slice(start, start + EXCERPT)}`;
  };
  return [{ kind, subject, expected: excerpt(expected), found: excerpt(found) }];
}

function compareWrites(
  computed: Executed['writes'],
  recorded: readonly KeyWrite[],
): readonly Difference[] {
  const expected = new Map(computed.map(({ key, value }) => [key, value]));
  const found = new Map(recorded.map(({ key, value }) => [key, value]));
  const keys = [...new Set([...expected.keys(), ...found.keys()])];
  return keys.flatMap((key) =>
    compareTexts('write', key, expected.get(key) ?? 'no write', textOf(found.get(key))),
  );
}

function textOf(value: string | null | undefined): string {
  if (value === undefined) return 'no write';
  return value ?? 'the key deleted';
}
