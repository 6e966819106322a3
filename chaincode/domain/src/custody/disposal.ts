import type { Recording } from '../commands/decision.js';
import type { Item } from '../nouns/item.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { effectiveOf } from '../nouns/signed.js';
import { isHalted, type Therapy } from '../nouns/therapy.js';
import { earlier, isBefore, milliseconds } from '../values/time.js';
import type { DisposalDecision, DisposalMethod } from '../values/words.js';
import { basesIn, carrying } from './disposal-basis.js';
import { isTangible } from './item.js';

/** What each way to dispose of a thing comes to. */
const COMES_TO: Readonly<Record<DisposalMethod, DisposalDecision>> = {
  incinerated: 'destroy',
  autoclaved: 'destroy',
  'returned-to-patient': 'return',
  'transferred-to-archive': 'retain',
};

/** What a thing of a halted therapy lacks before the therapy can be closed. */
export type LackOfDisposal =
  'DISPOSAL_NOT_DECIDED' | 'DISPOSAL_NOT_DONE' | 'DISPOSAL_NOT_WITNESSED';

/**
 * What is still to be done about a thing of a halted therapy; undefined where nothing is. What is lost, used up or given
 * has none; what was disposed of before the halt needs no witness afterwards. Of everything else a second person knows
 * where it went: that it was given back, or put away, is no more than what its holder says.
 */
export function lackingDisposal(therapy: Therapy, item: Item): LackOfDisposal | undefined {
  const { custody, disposal, disposed } = item;
  if (custody === 'disposed') {
    const [first] = therapy.halts ?? [];
    if (!first || !disposed || isBefore(disposed.time, first.time)) return undefined;
    return disposed.witnessed ? undefined : 'DISPOSAL_NOT_WITNESSED';
  }
  if (!isTangible(item)) return undefined;
  return disposal ? 'DISPOSAL_NOT_DONE' : 'DISPOSAL_NOT_DECIDED';
}

/**
 * From when on a thing may be destroyed, RFC 3339: its time to think is over, or the patient says so. Undefined for what is
 * not to be destroyed, or may be at once.
 */
export function destroyedFrom({ destruction }: Therapy, { disposal }: Item): string | undefined {
  const notBefore = disposal?.notBefore;
  if (notBefore === undefined || destruction?.when !== 'now') return notBefore;
  return earlier(notBefore, effectiveOf(destruction));
}

/** Whether a thing is disposed of as quality decided. */
export function isAsDecided({ disposal }: Item, method: DisposalMethod): boolean {
  return disposal?.decision === COMES_TO[method];
}

/**
 * A deviation where a thing of a halted therapy is disposed of otherwise, or earlier, than quality decided, or on a basis
 * that does not carry it.
 */
export function noteDecision(
  recording: Recording,
  therapy: Therapy,
  item: Item,
  method: DisposalMethod,
  definition: Pick<ProcessDefinition, 'disposalBases'> | undefined,
): void {
  if (!isHalted(therapy) || item.coi !== therapy.coi) return;
  const found = COMES_TO[method];
  const { disposal } = item;
  if (!disposal) {
    recording.deviate({ code: 'DISPOSAL_NOT_DECIDED', classification: 'major', found }, item);
    return;
  }
  if (disposal.decision !== found) {
    const expected = disposal.decision;
    const finding = { code: 'DISPOSAL_NOT_AS_DECIDED', classification: 'major' } as const;
    recording.deviate({ ...finding, expected, found }, item);
    return;
  }
  const bases = definition && basesIn(definition, therapy);
  const carried = bases && carrying(bases, { ...disposal, kind: item.kind }, therapy);
  if (carried && 'code' in carried) {
    const { expected } = carried;
    const finding = { code: 'DISPOSAL_WITHOUT_BASIS', classification: 'major' } as const;
    recording.deviate({ ...finding, expected, found: disposal.basis }, item);
  }
  const from = destroyedFrom(therapy, item);
  if (from === undefined || milliseconds(recording.since) >= milliseconds(from)) return;
  const expected = `at or after ${from}`;
  const finding = { code: 'DISPOSAL_TOO_EARLY', classification: 'major' } as const;
  recording.deviate({ ...finding, expected, found: recording.since }, item);
}
