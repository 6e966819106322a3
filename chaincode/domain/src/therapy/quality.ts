import type { Organisation } from '../nouns/organisation.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { Role } from '../values/roles.js';

/** What decides on a batch. */
const BATCH_DECISIONS: readonly string[] = [
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
];

/**
 * The party whose quality decides on what is made: the one that the order names, or the only one that may grant both
 * `operator` and `quality`.
 * @param parties those that are members
 */
export function qualityOf(
  named: string | undefined,
  parties: readonly Organisation[],
): string | undefined {
  if (named !== undefined) return named;
  const makers = makersAmong(parties);
  return makers.length === 1 ? makers[0] : undefined;
}

/** Why a therapy has no one organisation whose quality can decide on what is made. */
export function reasonsOfQuality(
  named: string | undefined,
  parties: readonly Organisation[],
  definition: ProcessDefinition,
): readonly Reason[] {
  const id = qualityOf(named, parties);
  if (id === undefined) {
    return [
      {
        code: 'QUALITY_NOT_NAMED',
        expected: 'the one party whose quality decides',
        found: makersAmong(parties).join() || 'no party that may grant operator and quality',
      },
    ];
  }
  const roles = rolesOfQuality(definition);
  const grantable = parties.find((party) => party.id === id)?.grantable ?? [];
  if (roles.every((role) => grantable.includes(role))) return [];
  return [
    {
      code: 'QUALITY_WITHOUT_ROLE',
      subject: `organisation ${id}`,
      expected: `a party that may grant ${roles.join()}`,
      found: grantable.join() || 'no party',
    },
  ];
}

/** The roles that no party may grant: nobody would ever lead the therapy on from the steps that need them (G1). */
export function rolesWithoutParty(
  parties: readonly Organisation[],
  { steps }: ProcessDefinition,
): readonly Reason[] {
  const grantable = new Set(parties.flatMap((party) => party.grantable));
  const needing = new Map<string, string[]>();
  for (const { id, roles } of steps) {
    if (roles.some((role) => grantable.has(role))) continue;
    const wanted = roles.join(' or ');
    needing.set(wanted, [...(needing.get(wanted) ?? []), id]);
  }
  return [...needing].map(([wanted, ids]) => ({
    code: 'ROLE_WITHOUT_PARTY',
    subject: `steps ${ids.join()}`,
    expected: `a party that may grant ${wanted}`,
    found: 'none',
  }));
}

/** Batches are recorded by operators, and decided on by whom their steps name, all of one organisation. */
function rolesOfQuality({ steps }: ProcessDefinition): readonly Role[] {
  const deciding = steps.filter(({ attestedBy }) => BATCH_DECISIONS.includes(attestedBy));
  const ofBatches: readonly Role[] = deciding.length > 0 ? ['operator'] : [];
  return [...new Set<Role>(['quality', ...ofBatches, ...deciding.flatMap(({ roles }) => roles)])];
}

function makersAmong(parties: readonly Organisation[]): readonly string[] {
  const isMaker = ({ grantable }: Organisation) =>
    grantable.includes('operator') && grantable.includes('quality');
  return parties.filter(isMaker).map(({ id }) => id);
}
