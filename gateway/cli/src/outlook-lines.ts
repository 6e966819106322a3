import { type Foreseen, foreseenIn, nextGateIn, type Outlook, TROUBLES } from '@veinledger/domain';

/** What stands in the way of a therapy, a line for each reason; and whether the reader sees all that counts. */
export function outlookLines(outlook: Outlook): readonly string[] {
  const foreseen = foreseenIn(outlook);
  const partial = outlook.partial ?? false;
  return [
    ...(foreseen.length > 0 ? foreseen.map(lineOf) : [contentment(outlook, partial)]),
    ...(partial ? ['you do not see all that counts here'] : []),
  ];
}

function contentment(outlook: Outlook, partial: boolean): string {
  if (partial) return 'nothing that you see stands in the way';
  const troubled = outlook.things.filter(({ state }) => TROUBLES.some((each) => each === state));
  if (troubled.length > 0) {
    return `no gate ahead would refuse; and yet ${troubled
      .map(({ subject, state }) => `${subject} is ${state}`)
      .join(', ')}`;
  }
  const next = nextGateIn(outlook);
  const ahead = next === undefined ? '' : `; the gate that it comes to next: ${next.gate}`;
  return `nothing stands in the way${ahead}`;
}

function lineOf({ reason, refused }: Foreseen): string {
  const why = reason
    ? [reason.code, reason.subject, reason.found].filter((part) => part !== undefined).join(', ')
    : 'for a reason that you may not see';
  const [first, ...more] = refused.map(({ gate, subject }) => `${gate} of ${subject}`);
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return `would be refused: ${first ?? ''}${others}: ${why}`;
}
