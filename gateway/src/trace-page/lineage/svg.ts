import { type Html, html } from '../html.js';
import { labelOf } from '../words.js';
import { type Box, FAULT_WORDS, FONT_SIZE, LINE_HEIGHT, SIGN_WIDTH } from './box.js';
import type { Lineage, LineageNode } from './graph.js';
import { layoutOf, type Placed, type Point } from './layout.js';
import { FAULT_COLOUR, signOf } from './sign.js';

const INK = '#1b2430';
const FAINT = '#4a5563';
const WAY = '#7a8594';
const STEP_FILL = '#e8edf3';

/** The picture of a lineage: an SVG document that stands alone or in a page, with its words as text. */
export function lineageSvg(lineage: Lineage): Html {
  const { width, height, nodes, ways } = layoutOf(lineage);
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    role="img"
    aria-labelledby="lineage-title lineage-description"
    viewBox="0 0 ${w} ${h}"
    width="${w}"
    height="${h}"
    font-family="system-ui, 'Liberation Sans', Arial, sans-serif"
    font-size="${FONT_SIZE}"
  >
    <title id="lineage-title">Lineage of therapy ${lineage.coi}</title>
    <desc id="lineage-description">${descriptionOf(lineage)}</desc>
    <rect width="${w}" height="${h}" fill="#ffffff" />
    <g fill="none" stroke="${WAY}" stroke-width="1.2">${ways.map(wayOf)}</g>
    ${nodes.map(nodeOf)}
  </svg>`;
}

/** The picture in words: how much there is, and what is not in order. */
function descriptionOf({ nodes, partial }: Lineage): string {
  const count = (kind: LineageNode['kind']) => nodes.filter((node) => node.kind === kind).length;
  const counts = `${count('item')} items, ${count('dataset')} datasets, ${count('design')} designs, ${count('batch')} batches, ${count('dose')} doses, ${count('step')} steps.`;
  const faults = nodes.filter(({ marks }) => marks.length > 0).map(faultOf);
  if (faults.length > 0) return `${counts} Not in order: ${faults.join('; ')}.`;
  return `${counts} ${partial ? 'Nothing that you see is out of order.' : 'Everything is in order.'}`;
}

function faultOf({ what, id, marks }: LineageNode): string {
  const faults = marks.map(({ fault, detail }) => `${FAULT_WORDS[fault]} ${detail}`);
  return `${what} ${labelOf(id)} (${faults.join(', ')})`;
}

function wayOf(points: readonly Point[]): Html {
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return html``;
  const before = points.at(-2) ?? first;
  const angle = (Math.atan2(last.y - before.y, last.x - before.x) * 180) / Math.PI;
  const path = `M${at(first)} ${rest.map((point) => `L${at(point)}`).join(' ')}`;
  const tip = `translate(${at(last)}) rotate(${angle.toFixed(1)})`;
  return html`<path d="${path}" stroke-linejoin="round" /><path
      d="M-6,-3.2 L0,0 L-6,3.2 Z"
      transform="${tip}"
      fill="${WAY}"
      stroke="none"
    />`;
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function nodeOf({ node, box, x, y }: Placed): Html {
  const [left, top] = [x - box.width / 2, y - box.height / 2];
  const sign = box.fault === undefined ? undefined : signOf(box.fault, left + 15, y);
  return html`<g
    ><title>${titleOf(node)}</title
    >${outlineOf(node, box, left, top)}${sign}${textOf(box, x, top)}</g
  >`;
}

function titleOf(node: LineageNode): string {
  const faults = node.marks.map(({ fault, detail }) => `${FAULT_WORDS[fault]}: ${detail}`);
  return [`${node.what} ${node.id}`, node.state, ...faults]
    .filter((part) => part !== undefined)
    .join('; ');
}

/** Steps are pills, items and doses have round corners, papers have square ones; a fault has a double border. */
function outlineOf(node: LineageNode, { width, height, fault }: Box, x: number, y: number): Html {
  const faulty = fault !== undefined;
  const radius = {
    step: height / 2,
    item: 7,
    dose: 7,
    dataset: 0,
    design: 0,
    batch: 0,
    refusal: 0,
  };
  const dashes = fault === 'foreign' || node.kind === 'refusal' ? '5 3' : 'none';
  const colour = faulty ? FAULT_COLOUR : INK;
  const fill = node.kind === 'step' && !faulty ? STEP_FILL : '#ffffff';
  const inner = html`<rect
    x="${x + 2.5}"
    y="${y + 2.5}"
    width="${width - 5}"
    height="${height - 5}"
    rx="${Math.max(radius[node.kind] - 2.5, 0)}"
    fill="none"
    stroke="${colour}"
    stroke-width="0.8"
  />`;
  return html`<rect
      x="${x}"
      y="${y}"
      width="${width}"
      height="${height}"
      rx="${radius[node.kind]}"
      fill="${fill}"
      stroke="${colour}"
      stroke-width="${node.kind === 'dose' || faulty ? 1.8 : 1}"
      stroke-dasharray="${dashes}"
    />${faulty ? inner : undefined}`;
}

function textOf({ lines, height, fault }: Box, x: number, top: number): Html {
  const middle = x + (fault === undefined ? 0 : SIGN_WIDTH / 2);
  const first = top + (height - lines.length * LINE_HEIGHT) / 2 + FONT_SIZE;
  return html`<g text-anchor="middle"
    >${lines.map(
      ({ text, weight }, index) =>
        html`<text
          x="${middle.toFixed(1)}"
          y="${(first + index * LINE_HEIGHT).toFixed(1)}"
          fill="${weight === 'faint' ? FAINT : INK}"
          font-weight="${weight === 'strong' ? 'bold' : 'normal'}"
          >${text}</text
        >`,
    )}</g
  >`;
}
