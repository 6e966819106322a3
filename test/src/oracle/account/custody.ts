import type { Said } from './said.js';
import { isOf } from './said.js';

/** Where a thing is, as far as those said who had standing. */
export interface Place {
  /** the therapy under which it was taken or made */
  readonly coi: string;
  readonly holder: string;
  readonly open?: { readonly handOff: string; readonly to: string };
  /** whether who did not hold it handed it on, or who received it did not accept it, or it was found: whose it is remains to be seen */
  readonly contested?: true;
  /** who handed it on last, and may report what its logger measured */
  readonly from?: string;
  /** the receipt of who has it in hand, though it was addressed to somebody else, or released before it was there */
  readonly found?: Said;
  /** the word that nobody knows where it is, until it is found */
  readonly lost?: Said;
  /** the word that ended it: used up, disposed of, given */
  readonly ended?: Said;
}

type Release = Said<'custody:ReleaseItem'>;

/** Who holds what, word by word. */
export class Custody {
  readonly #places = new Map<string, Place>();
  /** to whom things were released, by hand-off and thing */
  readonly #addressees = new Map<string, string>();
  /** the hand-offs that somebody released, by therapy and name */
  readonly #names = new Map<string, Release>();
  /** which organisations said of what hand-off that a thing came */
  readonly #received = new Set<string>();

  place(item: string): Place | undefined {
    return this.#places.get(item);
  }

  holds(organisation: string, item: string): boolean {
    return this.#places.get(item)?.holder === organisation;
  }

  /** Whether an organisation's word about where a thing is takes effect: its holder's, its addressee's, its finder's. */
  answersFor(organisation: string, item: string): boolean {
    const place = this.#places.get(item);
    return (
      place !== undefined &&
      [place.holder, place.open?.to, place.found?.organisation].includes(organisation)
    );
  }

  /** Whether an organisation holds a thing, or is to receive it: a finder may hand on what it found, and nothing else. */
  isWith(organisation: string, item: string): boolean {
    const place = this.#places.get(item);
    return place !== undefined && [place.holder, place.open?.to].includes(organisation);
  }

  /** Whether a receipt is the second half of a hand-off to its organisation. */
  isAddressed({ body, organisation }: Said<'custody:ReceiveItem'>): boolean {
    return this.#addressees.get(JSON.stringify([body.item, body.handOff])) === organisation;
  }

  /** Whether a hand-off's name stands for another one of its therapy already: under it nothing is opened. */
  isTaken(release: Release): boolean {
    const { coi, handOff } = release.body;
    const first = this.#names.get(JSON.stringify([coi, handOff]));
    return first !== undefined && first !== release;
  }

  /** Whether a thing may be anywhere: it was released and not received, or lost. */
  isAstray(item: string): boolean {
    const place = this.#places.get(item);
    const lost =
      place?.ended &&
      isOf(place.ended, 'custody:DisposeItem') &&
      place.ended.body.method === 'lost';
    return place?.open !== undefined || place?.lost !== undefined || lost === true;
  }

  /** Takes in a word that has standing. */
  take(said: Said): void {
    const { organisation } = said;
    if (isOf(said, 'custody:CollectItem')) this.#begin(said.body.item, said.body.coi, organisation);
    if (isOf(said, 'custody:DeriveItem')) {
      this.#use(said, said.body.parents);
      for (const { item } of said.body.children) this.#begin(item, said.body.coi, organisation);
    }
    if (isOf(said, 'manufacturing:ReportStep')) {
      this.#use(said, said.body.inputs);
      for (const { item } of said.body.outputs) this.#begin(item, said.body.coi, organisation);
    }
    if (isOf(said, 'custody:ReleaseItem')) {
      const { coi, item, handOff, to } = said.body;
      if (this.isTaken(said)) return;
      this.#names.set(JSON.stringify([coi, handOff]), said);
      this.#addressees.set(JSON.stringify([item, handOff]), to);
      this.#change(item, (place) =>
        place.ended
          ? place
          : {
              ...place,
              open: { handOff, to },
              from: organisation,
              ...(place.holder === organisation && !place.open ? {} : { contested: true }),
            },
      );
    }
    if (isOf(said, 'custody:ReceiveItem')) {
      const addressed = this.isAddressed(said);
      const { handOff } = said.body;
      const half = JSON.stringify([said.body.item, handOff, organisation]);
      const again = this.#received.has(half);
      this.#received.add(half);
      this.#change(said.body.item, (place) => {
        if (!addressed) {
          // who had released it took it back, and nobody is to receive it any more
          const { open, ...rest } = place;
          const isBack = place.holder === organisation && open?.handOff === handOff;
          return { ...rest, ...(open && !isBack && { open }), found: said, contested: true };
        }
        if (place.open?.handOff !== handOff) {
          return again || place.holder === organisation
            ? place
            : { ...place, found: said, contested: true };
        }
        const { coi, ended, contested, from = place.holder } = place;
        return {
          coi,
          holder: organisation,
          from,
          ...(ended && { ended }),
          ...((contested ?? said.body.verdict !== 'accepted') && { contested: true as const }),
        };
      });
    }
    if (isOf(said, 'custody:ReportLoss')) {
      this.#change(said.body.item, (place) => ({ ...place, lost: said }));
    }
    if (isOf(said, 'custody:ReportFound')) {
      this.#change(said.body.item, ({ lost, ...place }) =>
        lost && place.holder !== organisation ? { ...place, found: said } : place,
      );
    }
    if (isOf(said, 'custody:DisposeItem')) this.#end(said.body.item, said);
    if (isOf(said, 'care:RecordAdministration') && said.body.course !== 'not-started') {
      this.#end(said.body.item, said);
    }
  }

  #begin(item: string, coi: string, holder: string): void {
    if (this.#places.has(item)) return;
    this.#places.set(item, { coi, holder });
  }

  #use(said: Said, used: readonly { item: string; consumed: boolean }[]): void {
    for (const { item, consumed } of used) {
      if (consumed && this.answersFor(said.organisation, item)) this.#end(item, said);
    }
  }

  #end(item: string, said: Said): void {
    this.#change(item, (place) => ({ ...place, ended: place.ended ?? said }));
  }

  #change(item: string, change: (place: Place) => Place): void {
    const place = this.#places.get(item);
    if (place) this.#places.set(item, change(place));
  }
}
