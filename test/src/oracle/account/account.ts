import { type Annulled, Annulments } from './annulments.js';
import { aboutOf, usedBy } from './about.js';
import type { Type } from './bodies.js';
import { Custody } from './custody.js';
import { Dispositions } from './dispositions.js';
import type { Heard } from './heard.js';
import { irregularities, type Irregularity } from './irregular.js';
import { People } from './people.js';
import { madeOf, type Origins } from './origins.js';
import { Registrations } from './registrations.js';
import { isOf, type Said } from './said.js';
import { hasStanding } from './standing.js';
import { stepOf, subjectOf, type Thing, therapyOf } from './things.js';
import { isAgreed, migrated, type Therapy, therapyOrderedBy } from './therapies.js';

/** What a history comes to: the words that took effect, and those that did not. */
export class Account implements Heard {
  readonly therapies = new Map<string, Therapy>();
  readonly custody = new Custody();
  readonly registrations = new Registrations();
  readonly people = new People();
  readonly annulments = new Annulments();
  readonly roles = new Map<string, Set<string>>();
  readonly origins: Origins;
  /** what was reported without standing */
  readonly unheard: readonly Said[];
  /** what was wrong with a word's use of things */
  readonly irregular = new Map<Said, readonly Irregularity[]>();
  readonly off: ReadonlySet<string>;
  readonly #heard = new Map<string, Said[]>();
  readonly #effective = new Map<string, readonly Said[]>();
  readonly #dispositions: Dispositions;

  /** @param off the clauses of standing that are left out */
  constructor(history: readonly Said[], off: ReadonlySet<string> = new Set()) {
    this.off = off;
    const unheard: Said[] = [];
    for (const said of history) {
      const { outcome } = said.answer;
      if (outcome === 'error' || outcome === 'refused' || said.aside) continue;
      const therapy = therapyOrderedBy(said);
      if (therapy) this.therapies.set(therapy.coi, therapy);
      if (!hasStanding(said, this, off)) {
        unheard.push(said);
        continue;
      }
      const wrong = irregularities(said, this.custody);
      if (wrong.length > 0 && !this.#isRepeated(said)) this.irregular.set(said, wrong);
      if (isOf(said, 'therapy:MigrateProcess')) {
        this.therapies.set(said.body.coi, migrated(this.therapy(said.body.coi), said));
      }
      if (isOf(said, 'therapy:ChangeParties') && isAgreed(said)) {
        const { coi, parties } = said.body;
        this.therapies.set(coi, { ...this.therapy(coi), parties });
      }
      this.custody.take(said);
      this.registrations.take(said);
      this.people.take(said);
      this.annulments.take(said);
      if (isOf(said, 'registry:EnrolActor')) {
        const known = this.roles.get(said.organisation) ?? new Set<string>();
        this.roles.set(said.organisation, new Set([...known, ...said.body.roles]));
      }
      const heard = this.#heard.get(said.type);
      if (heard) heard.push(said);
      else this.#heard.set(said.type, [said]);
    }
    this.unheard = unheard;
    this.#dispositions = new Dispositions(history, this, off.has('B3'));
    this.origins = madeOf(this);
  }

  /** Whether somebody said the same before, in the same words: it is nothing new. */
  #isRepeated({ type, body, annexes }: Said): boolean {
    const words = JSON.stringify([body, annexes]);
    return (this.#heard.get(type) ?? []).some(
      (each) => JSON.stringify([each.body, each.annexes]) === words,
    );
  }

  /** Whether a word that deviates in nothing only says again what stands: what is wrong with that, the first one answers for. */
  saysAgain(said: Said): boolean {
    if (said.answer.deviations.length > 0) return false;
    const words = JSON.stringify([said.body, said.annexes]);
    return (this.#heard.get(said.type) ?? []).some(
      (each) =>
        each.index < said.index &&
        this.annulments.of(each) === undefined &&
        JSON.stringify([each.body, each.annexes]) === words,
    );
  }

  /** The words of one type that took effect and stand, in their order. */
  of<T extends Type>(type: T): readonly Said<T>[] {
    const known = this.#effective.get(type);
    if (known) return known as readonly Said<T>[];
    const standing = this.ever(type).filter((said) => this.annulments.of(said) === undefined);
    this.#effective.set(type, standing);
    return standing;
  }

  /** Those that took effect, also what was annulled since. */
  ever<T extends Type>(type: T): readonly Said<T>[] {
    return (this.#heard.get(type) ?? []) as readonly Said[] as readonly Said<T>[];
  }

  /** What was entered in error. */
  get annulled(): readonly Annulled[] {
    if (this.annulments.size === 0) return [];
    return [...this.#heard.values()].flat().flatMap((said) => {
      const last = this.annulments.of(said);
      return last ? [{ said, last }] : [];
    });
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
    return this.wasKnown(thing, index) ? thing : therapyOf(body.subject.coi);
  }

  /** Whether somebody had said before a word where a thing comes from, or had leave to begin it. */
  wasKnown(thing: Thing, index: number): boolean {
    return (
      (this.origins.saidAt.get(thing) ?? Infinity) < index ||
      this.of('manufacturing:StartStep').some(
        ({ body: { coi, step, attempt }, index: before }) =>
          before < index && stepOf(coi, step, attempt) === thing,
      )
    );
  }

  /** Whether a word was said of a thing before anybody made it, and quality looked at the making and what it found. */
  wasIdentified(said: Said, thing: Thing): boolean {
    const since = this.origins.saidAt.get(thing);
    if (since === undefined || since <= said.index) return false;
    const making = [...this.#heard.values()].flat().find(({ index }) => index === since);
    return making !== undefined && this.isSettled(making);
  }

  /**
   * Whether a thing was spoken of before anybody made it, and still waits for somebody's look: at its making, or at what else
   * was wrong with a word than that nobody had made it (A1).
   */
  waitsForLook(thing: Thing): boolean {
    const since = this.origins.saidAt.get(thing);
    if (since === undefined) return true;
    const words = [...this.#heard.values(), this.unheard].flat();
    const early = words
      .filter(({ index }) => index < since)
      .filter((each) => [...usedBy(each), ...aboutOf(each)].includes(thing));
    const making = words.filter(({ index }) => index === since);
    return early.length > 0 && [...early, ...making].some((each) => this.#isOpen(each, thing));
  }

  #isOpen(said: Said, thing: Thing): boolean {
    const deviations = said.answer.deviations.filter(({ code }) => code !== UNIDENTIFIED);
    if (deviations.length === 0) return false;
    const answer = { ...said.answer, deviations };
    return this.unsettled({ ...said, answer }, [thing]).includes(thing);
  }

  /** Which things what was wrong in a word still stops: those that it is about, or those that quality has left. */
  unsettled(said: Said, about: readonly Thing[]): readonly Thing[] {
    return this.#dispositions.unsettled(said, about);
  }

  /** The same of a report whose checks failed, which nobody permits without an investigation (C2). */
  uninvestigated(report: Said, about: readonly Thing[]): readonly Thing[] {
    return this.#dispositions.unsettled(report, about, true);
  }

  /** Whether quality permitted the use of everything that was wrong in a word, by dispositions that took effect. */
  isSettled(said: Said): boolean {
    return this.unsettled(said, [ANYTHING]).length === 0;
  }

  /** What quality rejected. */
  get rejected(): readonly Thing[] {
    return this.of('manufacturing:RecordDisposition')
      .filter(({ body }) => body.decision === 'reject' && body.subject)
      .flatMap(({ body }) => (body.subject ? [subjectOf(body.subject)] : []));
  }
}

/** What the making of a thing answers. */
const UNIDENTIFIED = 'UNIDENTIFIED_ITEM';

const ANYTHING: Thing = 'anything';
