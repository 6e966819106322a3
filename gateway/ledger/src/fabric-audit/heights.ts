import type { AuditedMember } from './member.js';

/** How many blocks a member has. */
export interface MemberHeight {
  readonly member: string;
  readonly height: number;
}

/** A member that has fewer blocks than others, which is no difference: it may be late, or may just have been down. */
export interface MemberBehind extends MemberHeight {
  /** those that have more */
  readonly ahead: readonly MemberHeight[];
}

/**
 * Asks every member how many blocks it has.
 * @throws LedgerError `unavailable` when a member does not answer
 */
export function heightsOf(
  members: readonly AuditedMember[],
): Promise<ReadonlyMap<AuditedMember, number>> {
  return Promise.all(members.map(async (each) => [each, await each.height()] as const)).then(
    (heights) => new Map(heights),
  );
}

/** The members that have fewer blocks than another one. */
export function membersBehind(heights: ReadonlyMap<AuditedMember, number>): MemberBehind[] {
  const all = [...heights].map(([{ name }, height]) => ({ member: name, height }));
  return all
    .map((each) => ({ ...each, ahead: all.filter(({ height }) => height > each.height) }))
    .filter(({ ahead }) => ahead.length > 0);
}
