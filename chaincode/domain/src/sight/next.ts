import { z } from 'zod';
import { type Next, type NextAct, nextActSchema } from '../next/next-act.js';
import { isNoun, NOUNS } from '../nouns/registry.js';
import type { Circle, Viewer } from './learners.js';
import { narrowest, type Sight, tell } from './sight.js';
import { sightOfNoun } from './things.js';

/**
 * Who is next in a therapy, as far as it waits with things that the viewer learns of (H1). What stands in the way of a thing
 * that is told without its reasons is told without its code.
 */
export function nextToldTo(viewer: Viewer, circle: Circle, next: Next): Next {
  const acts = next.acts.flatMap((act) => told(act, sightOfAct(viewer, circle, act)));
  return { ...next, acts };
}

/** What the viewer learns of what waits, and of what it is about. */
function sightOfAct(viewer: Viewer, circle: Circle, { noun, subject }: NextAct): Sight {
  const [about = ''] = subject.split(' ');
  const isOfTherapy = isNoun(about) && NOUNS[about].under === 'therapy';
  const nouns = isOfTherapy ? [noun, about] : [noun];
  return narrowest(nouns.map((each) => sightOfNoun(viewer, each, circle)));
}

/** Who signed before is told to those who are told of the thing whole. */
const withoutSigners = z.object(nextActSchema.omit({ except: true }).shape);

function told(act: NextAct, sight: Sight): readonly NextAct[] {
  if (sight === 'nothing') return [];
  if (sight === 'whole') return [act];
  const rest = withoutSigners.parse(act);
  if (act.state === 'due') return [rest];
  const [blocker] = tell({ blockers: [{ code: act.code }] }, sight)?.blockers ?? [];
  return [{ ...rest, code: blocker?.code ?? act.code }];
}
