import { type Html, html } from '../html.js';
import type { Fault } from './graph.js';

/** Black on white, so that print and every eye tell them apart; red only underlines. */
export const FAULT_COLOUR = '#9b1c1c';

/** Each fault's own shape, in a square of 16 pixels around 0, 0. */
const SHAPES: Readonly<Record<Fault, Html>> = {
  // stop
  refused: html`<polygon points="-3.3,-8 3.3,-8 8,-3.3 8,3.3 3.3,8 -3.3,8 -8,3.3 -8,-3.3" /><path
      d="M-4,0 H4"
    />`,
  // warning
  quarantined: html`<polygon points="0,-8 8,7 -8,7" /><path d="M0,-3 V2 M0,4 V5.5" />`,
  // turned back
  recalled: html`<polygon points="0,-8 8,0 0,8 -8,0" /><path d="M4,0 H-4 M-1,-3 L-4,0 L-1,3" />`,
  // not equal
  foreign: html`<polygon points="-4,-7 4,-7 8,0 4,7 -4,7 -8,0" /><path
      d="M-4,-2 H4 M-4,2 H4 M2,-5 L-2,5"
    />`,
  // crossed out
  rejected: html`<rect x="-7" y="-7" width="14" height="14" /><path d="M-4,-4 L4,4 M4,-4 L-4,4" />`,
  // paused
  'on-hold': html`<circle r="8" /><path d="M-2.5,-4 V4 M2.5,-4 V4" />`,
  // the hands of a clock
  expired: html`<circle r="8" /><path d="M0,-5 V0 H4" />`,
  // barred
  stopped: html`<circle r="8" /><path d="M-5,0 H5" />`,
};

/** A fault's sign with its centre at a point. */
export function signOf(fault: Fault, x: number, y: number): Html {
  return html`<g
    transform="translate(${x} ${y})"
    fill="#ffffff"
    stroke="${FAULT_COLOUR}"
    stroke-width="1.8"
    stroke-linejoin="round"
    >${SHAPES[fault]}</g
  >`;
}
