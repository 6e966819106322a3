import { isNoun } from '../nouns/registry.js';
import type { Outlook } from '../outlook/outlook.js';
import type { Circle, Viewer } from './learners.js';
import { sightOfNoun } from './things.js';

/**
 * An outlook as the viewer is told of it (H1). Who learns of a part of a therapy learns how the things of that part stand by
 * their own records, and that more counts: what a gate says of them rests on everything that they were made of.
 */
export function outlookToldTo(viewer: Viewer, circle: Circle, outlook: Outlook): Outlook {
  if (sightOfNoun(viewer, 'step', circle) === 'whole') return outlook;
  const { coi, at, things } = outlook;
  const told = things.filter(({ subject }) => {
    const [noun = ''] = subject.split(' ');
    return isNoun(noun) && sightOfNoun(viewer, noun, circle) !== 'nothing';
  });
  return {
    coi,
    at,
    gates: [],
    things: told.map(({ subject, byRecord }) => ({ subject, state: byRecord, byRecord })),
    partial: true,
  };
}
