import { isOf, type Said } from './said.js';

/** Who registered something that therapies share first, and when. */
export interface Registration {
  readonly organisation: string;
  /** its place in the history */
  readonly index: number;
}

/** What is said of a lot or of a run, which only its owner's people say with effect. */
export type OfShared = Said<
  | 'manufacturing:RegisterLot'
  | 'manufacturing:RecallLot'
  | 'manufacturing:RegisterRun'
  | 'manufacturing:ReportRunFailure'
  | 'manufacturing:ConfirmRunFailure'
>;

/** Whose lots and sequencing runs are whose, word by word. */
export class Registrations {
  readonly #first = new Map<string, Registration>();

  /** That of what a word is said of; undefined for what nobody registered. */
  behind(said: OfShared): Registration | undefined {
    return this.#first.get(nameOf(said));
  }

  /**
   * Where in the history a word began to count: where its owner's people said it, and from the registration on where they
   * had said it before; undefined for anybody else's, and of what nobody registered.
   */
  countsFrom(said: OfShared): number | undefined {
    const registered = this.behind(said);
    if (registered?.organisation !== said.organisation) return undefined;
    return Math.max(said.index, registered.index);
  }

  take(said: Said): void {
    if (!isOf(said, 'manufacturing:RegisterLot') && !isOf(said, 'manufacturing:RegisterRun'))
      return;
    const { organisation, index } = said;
    const name = nameOf(said);
    if (!this.#first.has(name)) this.#first.set(name, { organisation, index });
  }
}

/** Whether a word is said of a lot or of a run as a whole. */
export function isOfShared(said: Said): said is OfShared {
  return (
    isOf(said, 'manufacturing:RegisterLot') ||
    isOf(said, 'manufacturing:RecallLot') ||
    isOf(said, 'manufacturing:RegisterRun') ||
    isOf(said, 'manufacturing:ReportRunFailure') ||
    isOf(said, 'manufacturing:ConfirmRunFailure')
  );
}

function nameOf({ body }: OfShared): string {
  return 'lot' in body ? `lot ${body.lot}` : `run ${body.run}`;
}
