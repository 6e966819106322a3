import type { BlockableEntity } from './registry.js';
import { effectiveOf } from './signed.js';

/** Since when a thing has been there, RFC 3339; undefined where nothing tells. Nothing befalls it before (F1). */
export function beginningOf(entity: BlockableEntity): string | undefined {
  switch (entity.noun) {
    case 'therapy':
      return effectiveOf(entity.ordered);
    case 'item': {
      const [first] = entity.signatures;
      return first && effectiveOf(first);
    }
    case 'step':
      return entity.permission && effectiveOf(entity.permission);
    case 'design':
      return effectiveOf(entity.submitted);
    case 'dataset':
      return effectiveOf(entity.reported);
    case 'batch':
      return effectiveOf(entity.recorded);
    default:
      return undefined;
  }
}
