import { type EdgeLabel, Graph, layout } from '@dagrejs/dagre';
import type { ProcessDefinition } from '@veinledger/domain';
import { edgesOf } from './edges.js';
import { BOX_WIDTH, boxOf, drawnBox } from './step-box.js';
import { escaped, widthOf } from './text.js';

const MARGIN = 32;
const HEADING = 56;

const STYLE = `text { font: 12px "Noto Sans", "Noto Sans CJK JP", "Hiragino Sans", Arial, sans-serif; fill: #1d2733; }
.title { font-size: 18px; font-weight: 600; } .name { font-size: 13px; font-weight: 600; }
.step { fill: #f6f8fa; stroke: #8795a5; } .gated { fill: #fff7e6; stroke: #b26a00; stroke-width: 1.5; }
.badge { fill: #b26a00; } .gate { fill: #fff; font-weight: 600; text-anchor: middle; }
.edge { fill: none; stroke: #8795a5; stroke-width: 1.3; } .kind { fill: #4a5a6a; font-size: 11px; text-anchor: middle; }
.paper { fill: #fff; } .head { fill: #8795a5; }`;

/**
 * A picture of a process: each step in a box, what comes before it above it, and gates set off.
 * @param titles what the patient is told that each step is, by the step's id
 * @returns an SVG document
 */
export function drawProcess(
  definition: ProcessDefinition,
  titles: ReadonlyMap<string, string> = new Map(),
): string {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 30, marginx: MARGIN, marginy: MARGIN });
  const boxes = definition.steps.map((step) => boxOf(step, titles.get(step.id)));
  for (const { step, height } of boxes) graph.setNode(step.id, { width: BOX_WIDTH, height });
  for (const { from, to, kinds } of edgesOf(definition)) {
    const text = kinds.join(', ');
    const size =
      text === '' ? { width: 0, height: 0 } : { width: widthOf(text, 11) + 8, height: 16 };
    graph.setEdge(from, to, { text, labelpos: 'c', ...size });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const edges = graph.edges().map((edge) => drawnEdge(graph.edge(edge)));
  const drawn = boxes.map((box) => {
    const { x = 0, y = 0 } = graph.node(box.step.id);
    return drawnBox(box, Math.round(x - BOX_WIDTH / 2), Math.round(y - box.height / 2 + HEADING));
  });
  const [wide, high] = [Math.ceil(width), Math.ceil(height) + HEADING];
  const name = escaped(`${definition.id} ${definition.version}`);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" role="img" aria-label="${name}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="paper" width="${wide}" height="${high}"/>`,
    `<text class="title" x="${MARGIN}" y="38">${name}</text>`,
    ...edges,
    ...drawn,
    '</svg>',
  ].join('\n')}\n`;
}

function drawnEdge({ points = [], x = 0, y = 0, text }: EdgeLabel): string {
  const path = points.map((each) => `${Math.round(each.x)} ${Math.round(each.y + HEADING)}`);
  const line = `<path class="edge" d="M${path.join(' L')}" marker-end="url(#head)"/>`;
  if (text === '') return line;
  const width = widthOf(text, 11) + 8;
  const [left, top] = [Math.round(x - width / 2), Math.round(y + HEADING)];
  return [
    line,
    `<rect class="paper" x="${left}" y="${top - 9}" width="${Math.round(width)}" height="16"/>`,
    `<text class="kind" x="${Math.round(x)}" y="${top + 3}">${escaped(text)}</text>`,
  ].join('\n');
}
