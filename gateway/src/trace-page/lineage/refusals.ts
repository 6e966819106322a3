import type { CommandRecord } from '@veinledger/domain';
import { wordsOf } from '../words.js';
import type { LineageDraft } from './graph.js';

/** Permissions that were refused for the same things. */
interface Refusal {
  readonly type: string;
  readonly about: readonly string[];
  readonly codes: Set<string>;
  times: number;
}

/** Refused permissions, each beside what its reasons name; one for those that were refused for the same. */
export function addRefusals(draft: LineageDraft, records: readonly CommandRecord[]): void {
  const refusals = new Map<string, Refusal>();
  for (const { type, decision, reasons } of records) {
    if (decision !== 'refused') continue;
    const named = reasons.map(({ subject = '' }) => subject);
    const about = [...new Set(named.filter((subject) => draft.has(subject)))];
    const key = JSON.stringify([type, about]);
    const refusal = refusals.get(key) ?? { type, about, codes: new Set<string>(), times: 0 };
    refusal.times += 1;
    for (const { code } of reasons) refusal.codes.add(code);
    refusals.set(key, refusal);
  }
  for (const [key, { type, about, codes, times }] of refusals) {
    draft.add({
      key: `refusal ${key}`,
      kind: 'refusal',
      what: 'permission',
      id: times === 1 ? wordsOf(type) : `${wordsOf(type)}, ${times} times`,
      marks: [...codes].map((detail) => ({ fault: 'refused', detail })),
    });
    for (const subject of about) draft.join(subject, `refusal ${key}`);
  }
}
