import { type Entity, keyOf, type Scope } from '@veinledger/domain';

const UNNAMED: ReadonlySet<Entity['noun']> = new Set([
  'item-index',
  'lot-use',
  'run-use',
  'consent-use',
  'purpose-consents',
  'dose-line',
  'key-holder',
  'natural-person',
  'patient-links',
  '~end',
]);

/**
 * Short names of what a command changed, for people: `item https://id.gs1.org/…`, `step calling 01`. What it changed in
 * another therapy than its own stands in that therapy, and is not named (H2); so it is with what the patient decided, which
 * not everybody knows who knows of the therapy (H1).
 */
export function changedNames(changes: readonly Entity[], scope: Scope): readonly string[] {
  return changes
    .filter((entity) => !UNNAMED.has(entity.noun) && !isElsewhere(entity, scope))
    .map((entity) => {
      const [kind, scope, ...rest] = keyOf(entity);
      const own = rest[0] === entity.noun ? rest.slice(1) : rest;
      if (own.length > 0) {
        const named = kind === entity.noun && scope !== undefined ? [scope, ...own] : own;
        return [entity.noun, ...named].join(' ');
      }
      return scope === undefined || scope === entity.noun ? kind : `${entity.noun} ${scope}`;
    });
}

function isElsewhere(entity: Entity, scope: Scope): boolean {
  const [kind, owner] = keyOf(entity);
  if (scope.kind !== 'therapy') return false;
  return entity.noun === 'consent' || (kind === 'therapy' && owner !== scope.id);
}
