import { type Outlook, stateIn } from '@veinledger/domain';
import type { Thing } from '../../reads/therapy-lists.js';
import { foreseenCodes } from '../standing.js';
import type { Mark } from './graph.js';

/** What stands against a thing in its own record. */
export type Blockers = Extract<Thing, { noun: 'item' }>['blockers'];

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

/** What a thing's own blockers do not say of it: that its time is over, or that a gate would refuse it. */
export function foreseenMarks(outlook: Outlook, name: string): readonly Mark[] {
  const state = stateIn(outlook, name);
  if (state === 'expired') return [{ fault: 'expired', detail: 'its time is over' }];
  if (state === 'recalled') return [{ fault: 'recalled', detail: 'its batch' }];
  if (state !== 'stopped') return [];
  const codes = foreseenCodes(outlook, name);
  const details = codes.length === 0 ? ['by something else'] : codes;
  return details.map((detail) => ({ fault: 'stopped', detail }));
}
