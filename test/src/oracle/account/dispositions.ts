import type { Heard } from './heard.js';
import { isOf, type Said } from './said.js';
import { subjectOf, type Thing } from './things.js';

type Disposition = Said<'manufacturing:RecordDisposition'>;

/** A lateness that has its reason has no subject (F2), and there is nothing to settle. */
const LATENESS = 'LATE_ENTRY';

/** A check of quality that failed: its disposition comes with an investigation (C2). */
const OUT_OF_LIMITS = 'RESULT_OUT_OF_LIMITS';

/** What quality decided, deviation by deviation, and subject by subject of each (G2). */
export class Dispositions {
  /** the subjects that a disposition was ever accepted for, by deviation */
  readonly #subjects = new Map<string, Set<Thing>>();
  readonly #permitted = new Map<string, Set<Thing>>();
  /** those of them that came with an investigation */
  readonly #investigated = new Map<string, Set<Thing>>();
  /** the deviations of which it was tried what they are about */
  readonly #tried = new Set<string>();

  /** @param anywhere whether a decision under another therapy than its subject's counts, as it never should */
  constructor(history: readonly Said[], heard: Heard, anywhere: boolean) {
    for (const said of history) {
      if (!isOf(said, 'manufacturing:RecordDisposition')) continue;
      if (said.answer.outcome !== 'permitted') continue;
      note(this.#subjects, said);
      if (said.aside) this.#tried.add(said.body.deviation);
    }
    for (const said of heard.of('manufacturing:RecordDisposition')) {
      const { coi, subject, decision } = said.body;
      const own = subject === undefined || subject.coi === coi;
      if (decision !== 'permit-use' || !(own || anywhere)) continue;
      note(this.#permitted, said);
      if ('investigation' in said.annexes) note(this.#investigated, said);
    }
  }

  /**
   * Of what a word's deviations are about, as far as is known, what nobody permitted.
   * @param investigated whether a check that failed counts as permitted by an investigation alone
   */
  unsettled(
    { answer, lateReason }: Said,
    about: readonly Thing[],
    investigated = false,
  ): readonly Thing[] {
    const deviations = answer.deviations.filter(
      ({ code }) => lateReason === undefined || code !== LATENESS,
    );
    if (deviations.length === 0) return about;
    const left = new Set<Thing>();
    for (const { id, code } of deviations) {
      const by = investigated && code === OUT_OF_LIMITS ? this.#investigated : this.#permitted;
      const permitted = by.get(id);
      if (!permitted && !this.#tried.has(id)) for (const thing of about) left.add(thing);
      for (const thing of this.#subjects.get(id) ?? []) {
        if (!permitted?.has(thing)) left.add(thing);
      }
    }
    return [...left];
  }
}

function note(map: Map<string, Set<Thing>>, { body }: Disposition): void {
  const things = map.get(body.deviation) ?? new Set();
  if (body.subject) things.add(subjectOf(body.subject));
  map.set(body.deviation, things);
}
