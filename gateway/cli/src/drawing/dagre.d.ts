/** What is used of the library here; its own declarations are not resolved by Node's rules for modules. */
declare module '@dagrejs/dagre' {
  interface Point {
    readonly x: number;
    readonly y: number;
  }

  interface GraphLabel {
    rankdir: 'TB';
    nodesep: number;
    ranksep: number;
    marginx: number;
    marginy: number;
    width?: number;
    height?: number;
  }

  interface NodeLabel extends Partial<Point> {
    width: number;
    height: number;
  }

  interface EdgeLabel extends Partial<Point> {
    text: string;
    labelpos: 'c';
    width: number;
    height: number;
    readonly points?: readonly Point[];
  }

  interface Edge {
    readonly v: string;
    readonly w: string;
  }

  class Graph {
    setGraph(label: GraphLabel): this;
    setNode(name: string, label: NodeLabel): this;
    setEdge(from: string, to: string, label: EdgeLabel): this;
    graph(): GraphLabel;
    node(name: string): NodeLabel;
    edges(): readonly Edge[];
    edge(edge: Edge): EdgeLabel;
  }

  /** Gives every node and edge its place. */
  function layout(graph: Graph): void;
}
