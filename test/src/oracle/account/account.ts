import type { Type } from './bodies.js';
import { Custody } from './custody.js';
import type { Heard } from './heard.js';
import { irregularities, type Irregularity } from './irregular.js';
import { madeOf, type Origins } from './origins.js';
import { isOf, type Said } from './said.js';
import { hasStanding } from './standing.js';
import { subjectOf, type Thing, therapyOf } from './things.js';
import { type Therapy, therapyOrderedBy } from './therapies.js';

/** What a history comes to: the words that took effect, and those that did not. */
export class Account implements Heard {
  readonly therapies = new Map<string, Therapy>();
  readonly custody = new Custody();
  readonly origins: Origins;
  /** what was reported without standing */
  readonly unheard: readonly Said[];
  /** what was wrong with a word's use of things */
  readonly irregular = new Map<Said, readonly Irregularity[]>();
  readonly #heard = new Map<string, Said[]>();

  /** @param off the clauses of standing that are left out */
  constructor(history: readonly Said[], off: ReadonlySet<string> = new Set()) {
    const unheard: Said[] = [];
    for (const said of history) {
      const { outcome } = said.answer;
      if (outcome === 'error' || outcome === 'refused') continue;
      const therapy = therapyOrderedBy(said);
      if (therapy) this.therapies.set(therapy.coi, therapy);
      if (!hasStanding(said, this, off)) {
        unheard.push(said);
        continue;
      }
      const wrong = irregularities(said, this.custody);
      if (wrong.length > 0) this.irregular.set(said, wrong);
      this.custody.take(said);
      const heard = this.#heard.get(said.type);
      if (heard) heard.push(said);
      else this.#heard.set(said.type, [said]);
    }
    this.unheard = unheard;
    this.origins = madeOf(this);
  }

  /** The words of one type that took effect, in their order. */
  of<T extends Type>(type: T): readonly Said<T>[] {
    return (this.#heard.get(type) ?? []).filter((said) => isOf(said, type));
  }

  therapy(coi: string): Therapy {
    const therapy = this.therapies.get(coi);
    if (!therapy) throw new Error(`no therapy ${coi} was ordered`);
    return therapy;
  }

  /** What a word is about as it was known then: of what nobody had made, the therapy. */
  aboutKnown(said: Said<'manufacturing:PlaceHold' | 'manufacturing:ReportDeviation'>): Thing {
    const { body, index } = said;
    const thing = subjectOf(body.subject);
    const since = this.origins.saidAt.get(thing);
    return since !== undefined && since < index ? thing : therapyOf(body.subject.coi);
  }

  /** Whether quality permitted the use of everything that was wrong in a word, by dispositions that took effect. */
  isSettled({ answer }: Said): boolean {
    const settled = this.of('manufacturing:RecordDisposition').filter(
      ({ body }) => body.decision === 'permit-use',
    );
    return (
      answer.deviations.length > 0 &&
      answer.deviations.every(({ id }) => settled.some(({ body }) => body.deviation === id))
    );
  }
}
