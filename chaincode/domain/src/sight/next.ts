import type { Next } from '../next/next-act.js';
import type { Circle, Viewer } from './learners.js';
import { sightOfNoun } from './things.js';

/** Who is next in a therapy, as far as it waits with things that the viewer learns of (H1). */
export function nextToldTo(viewer: Viewer, circle: Circle, next: Next): Next {
  const isTold = ({ noun }: Next['acts'][number]) =>
    sightOfNoun(viewer, noun, circle) !== 'nothing';
  return { ...next, acts: next.acts.filter(isTold) };
}
