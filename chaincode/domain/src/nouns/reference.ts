import type { BlockableEntity } from './registry.js';
import type { SubjectRef } from './subject.js';

/** How a deviation or a hold refers to an entity. */
export function refOf(entity: BlockableEntity): SubjectRef {
  switch (entity.noun) {
    case 'therapy':
      return { kind: 'therapy', coi: entity.coi };
    case 'step':
      return { kind: 'step', coi: entity.coi, id: entity.step, attempt: entity.attempt };
    default:
      return { kind: entity.noun, coi: entity.coi, id: entity.id };
  }
}
