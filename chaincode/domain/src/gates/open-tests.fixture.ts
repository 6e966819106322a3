import { honestCells } from '../graph/cell-therapy.fixture.js';
import type { Story } from '../graph/honest-therapy.fixture.js';
import { processDefinition, type ProcessDefinition } from '../nouns/process-definition.js';

/** Hours after the fill within which the sterility of {@link openCells} is due. */
export const HOURS = 24;

/** A process whose step has other members. */
export function marks(step: string, members: object) {
  return (definition: ProcessDefinition): ProcessDefinition =>
    processDefinition.parse({
      ...definition,
      steps: definition.steps.map((one) => (one.id === step ? { ...one, ...members } : one)),
    });
}

/** Cells that are given before their sterility is known, as their process says. */
export function openCells(): Story {
  return honestCells()
    .by(marks('sterility-test', { mayFollow: { dueHours: HOURS } }))
    .without('step', 'sterility-test/1');
}
