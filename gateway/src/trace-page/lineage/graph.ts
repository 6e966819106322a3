/** Why a thing in the picture is not in order; each has a sign and a word of its own. */
export type Fault =
  | 'recalled'
  | 'foreign'
  | 'refused'
  | 'rejected'
  | 'quarantined'
  | 'on-hold'
  | 'expired'
  | 'stopped';

/** A fault, and what is known of it: a deviation's code, another patient's chain of identity. */
export interface Mark {
  readonly fault: Fault;
  readonly detail: string;
}

/** A thing in the picture. */
export interface LineageNode {
  /** noun and id */
  readonly key: string;
  readonly kind: 'item' | 'dataset' | 'step' | 'design' | 'batch' | 'dose' | 'refusal';
  /** what it is, for people: `vial`, `dataset` */
  readonly what: string;
  /** its identifier in full */
  readonly id: string;
  /** where it is or how it stands */
  readonly state?: string;
  readonly marks: readonly Mark[];
}

/** From what a thing was made to the thing. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

/** What was made of what, from the patient's samples to the dose. */
export interface Lineage {
  readonly coi: string;
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** whether the reader does not see all that counts */
  readonly partial: boolean;
}

/** Things and what they were made of, each once, in the order in which they were named first. */
export class LineageDraft {
  readonly #nodes = new Map<string, LineageNode>();
  readonly #edges = new Map<string, LineageEdge>();

  has(key: string): boolean {
    return this.#nodes.has(key);
  }

  add(node: LineageNode): void {
    if (!this.#nodes.has(node.key)) this.#nodes.set(node.key, node);
  }

  /** An edge between things that are there; none otherwise, nor from a thing to itself. */
  join(from: string, to: string): void {
    if (from === to || !this.has(from) || !this.has(to)) return;
    this.#edges.set(JSON.stringify([from, to]), { from, to });
  }

  /** The lineage, without steps that nothing was made of or in and that nothing is amiss with. */
  finish(coi: string): Omit<Lineage, 'partial'> {
    const edges = [...this.#edges.values()];
    const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
    const nodes = [...this.#nodes.values()].filter(
      ({ key, kind, marks }) => kind !== 'step' || marks.length > 0 || joined.has(key),
    );
    return { coi, nodes, edges };
  }
}
