import { Graph, layout, type Position } from '@dagrejs/dagre';
import type { Lineage, LineageNode } from './graph.js';
import { type Box, boxOf } from './box.js';

/** Distances in the picture, pixels. */
const RANK_GAP = 26;
const NODE_GAP = 18;
const MARGIN = 8;

export type Point = Position;

/** A thing with its box; x and y are the box's centre. */
export interface Placed extends Position {
  readonly node: LineageNode;
  readonly box: Box;
}

/** Where everything is drawn, pixels from the upper left. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  /** each edge's way, from box to box */
  readonly ways: readonly (readonly Point[])[];
}

/** Places a lineage in layers, what a thing was made of above it (the method of Sugiyama, by dagre). */
export function layoutOf({ nodes, edges }: Lineage): Drawing {
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'TB',
    ranksep: RANK_GAP,
    nodesep: NODE_GAP,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map(nodes.map((node) => [node.key, boxOf(node)]));
  for (const [key, { width, height }] of boxes) graph.setNode(key, { width, height });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const placed = nodes.flatMap((node): Placed[] => {
    const box = boxes.get(node.key);
    if (box === undefined) return [];
    const { x, y } = graph.node(node.key);
    return [{ node, box, x, y }];
  });
  const ways = edges.map(({ from, to }) => {
    const { points = [] } = graph.edge(from, to);
    return points;
  });
  return { width, height, nodes: placed, ways };
}
