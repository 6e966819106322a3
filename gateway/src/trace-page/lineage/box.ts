import { labelOf, shortened } from '../words.js';
import type { Fault, LineageNode } from './graph.js';

/** Sizes of text in the picture, pixels; widths of characters are those of a wide face, so that no text runs over. */
export const FONT_SIZE = 11;
export const LINE_HEIGHT = 14;
const CAPITAL_WIDTH = 8.2;
const CHARACTER_WIDTH = 7.3;
const PLAIN_TO_BOLD = 0.9;
const PADDING_X = 10;
const PADDING_Y = 6;
/** the room that a fault's sign takes at the left */
export const SIGN_WIDTH = 22;

/** A fault's word, which stands for it where there is no colour. */
export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  recalled: 'RECALLED',
  foreign: 'FOREIGN',
  refused: 'REFUSED',
  rejected: 'REJECTED',
  quarantined: 'QUARANTINED',
  'on-hold': 'ON HOLD',
  expired: 'EXPIRED',
  stopped: 'STOPPED',
};

/** A line of text in a box. */
export interface Line {
  readonly text: string;
  readonly weight: 'plain' | 'strong' | 'faint';
}

/** What a thing's box says, and how large it is, pixels. */
export interface Box {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  /** the worst of its faults, whose sign it bears */
  readonly fault: Fault | undefined;
}

const WORST_FIRST: readonly Fault[] = [
  'recalled',
  'foreign',
  'refused',
  'rejected',
  'quarantined',
  'on-hold',
  'expired',
  'stopped',
];

/** The box of a thing: what it is, its label, its state, and its faults in words. */
export function boxOf(node: LineageNode): Box {
  const fault = WORST_FIRST.find((each) => node.marks.some((mark) => mark.fault === each));
  const lines = linesOf(node);
  const longest = Math.max(...lines.map(widthOf));
  const sign = fault === undefined ? 0 : SIGN_WIDTH;
  return {
    lines,
    fault,
    width: Math.ceil(longest + 2 * PADDING_X + sign),
    height: lines.length * LINE_HEIGHT + 2 * PADDING_Y,
  };
}

function widthOf({ text, weight }: Line): number {
  const capitals = text.match(/[A-Z_]/g)?.length ?? 0;
  const bold = capitals * CAPITAL_WIDTH + (text.length - capitals) * CHARACTER_WIDTH;
  return weight === 'strong' ? bold : bold * PLAIN_TO_BOLD;
}

function linesOf(node: LineageNode): readonly Line[] {
  const label: Line = { text: shortened(labelOf(node.id)), weight: 'strong' };
  const faults = faultLines(node);
  if (node.kind === 'step') return [label, ...faults];
  const what: Line = { text: shortened(node.what), weight: 'faint' };
  const state: Line[] = node.state === undefined ? [] : [{ text: node.state, weight: 'plain' }];
  return [what, label, ...state, ...faults];
}

/** One line for each fault; what it is about is in full in the title. */
function faultLines({ marks }: LineageNode): readonly Line[] {
  return WORST_FIRST.flatMap((fault): Line[] => {
    const details = marks.filter((mark) => mark.fault === fault).map(({ detail }) => detail);
    if (details.length === 0) return [];
    const more = details.length > 1 ? ` and ${details.length - 1} more` : '';
    const text = `${FAULT_WORDS[fault]}: ${details[0] ?? ''}${more}`;
    return [{ text: shortened(text), weight: 'strong' }];
  });
}
