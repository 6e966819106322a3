import type { Thing } from '../../reads/therapy-lists.js';
import type { Mark } from './graph.js';

type Blockers = Extract<Thing, { noun: 'item' }>['blockers'];

/** What a thing's blockers say of it: open deviations quarantine it, holds stop it, a rejection is final. */
export function marksOf(blockers: Blockers): readonly Mark[] {
  const marks = blockers.map(({ kind, code }): Mark => {
    if (kind === 'hold') return { fault: 'on-hold', detail: code };
    const isFinal = kind === 'rejected' || kind === 'annulled';
    return { fault: isFinal ? 'rejected' : 'quarantined', detail: code };
  });
  const once = new Map(marks.map((mark) => [JSON.stringify([mark.fault, mark.detail]), mark]));
  return [...once.values()];
}
