/** What is used of dagre: its own declarations name files without extensions, which NodeNext does not find. */
declare module '@dagrejs/dagre' {
  export interface Size {
    readonly width: number;
    readonly height: number;
  }

  export interface Position {
    readonly x: number;
    readonly y: number;
  }

  /** Distances in pixels. */
  export interface LayoutSettings {
    readonly rankdir: 'TB';
    readonly ranksep: number;
    readonly nodesep: number;
    readonly marginx: number;
    readonly marginy: number;
  }

  export class Graph {
    setGraph(settings: LayoutSettings): this;
    setDefaultEdgeLabel(label: () => object): this;
    setNode(name: string, size: Size): this;
    setEdge(from: string, to: string): this;
    /** the drawing's size, once it is laid out; of an empty graph none */
    graph(): Partial<Size>;
    node(name: string): Position;
    edge(from: string, to: string): { readonly points?: readonly Position[] };
  }

  export function layout(graph: Graph): void;
}
