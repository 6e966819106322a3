import type { CommandRecord, Entity, Noun, Role } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';

/** What a role sees that does not see everything its member may. */
interface Sight {
  /** reading transactions; one that is not named is not for the role */
  readonly transactions: readonly string[];
  /** things of a therapy's trace */
  readonly nouns: readonly Noun[];
  /** commands, besides the caller's own */
  readonly commands: RegExp;
}

const SHARED = [
  'registry:ReadRoot',
  'registry:ListOrganisations',
  'registry:ListAlgorithms',
  'registry:ReadProposal',
  'registry:PageProposals',
  'registry:ReadActor',
  'registry:PageActors',
  'process:Read',
  'process:Page',
  'therapy:Read',
  'therapy:ReadNext',
  'audit:TraceTherapy',
  'audit:PageTherapy',
  'audit:ReadOutlook',
  'audit:ReadCommand',
  'audit:PageSignedBy',
  'registry:ListFormerKeys',
  'registry:ReadSession',
];

/** A courier sees what is carried; a payer sees what is paid for. Nothing clinical concerns either. */
const SIGHTS: Partial<Record<Role, Sight>> = {
  courier: {
    transactions: [...SHARED, 'custody:ReadItem'],
    nouns: ['item', 'hand-off', 'readings'],
    commands: /^custody:/,
  },
  payer: {
    transactions: [...SHARED, 'care:ReadDose'],
    nouns: ['dose'],
    commands: /^(?:therapy:OrderTherapy|care:AuthoriseDose|care:RecordAdministration|billing:.+)$/,
  },
};

/** A patient's own therapy, whole, and what everybody may know. */
const OF_PATIENT = [...SHARED, 'custody:ReadItem', 'care:ReadDose', 'consent:List'];

/** Whether a caller's roles let it ask for a reading transaction at all. */
export function mayAsk(caller: Pick<Caller, 'roles'>, transaction: string): boolean {
  if (caller.roles.includes('patient')) return OF_PATIENT.includes(transaction);
  const sights = sightsOf(caller);
  return (
    sights === undefined || sights.some(({ transactions }) => transactions.includes(transaction))
  );
}

/** Whether a caller sees everything that its member may see of a therapy. */
export function seesAll(caller: Pick<Caller, 'roles'>): boolean {
  return sightsOf(caller) === undefined;
}

/** Whether a caller may see a thing of a therapy that its member takes part in. */
export function seesThing(caller: Pick<Caller, 'roles'>, { noun }: Pick<Entity, 'noun'>): boolean {
  const sights = sightsOf(caller);
  return sights === undefined || sights.some(({ nouns }) => nouns.includes(noun));
}

/** Whether a caller may see a command of a therapy that its member takes part in. */
export function seesCommand(
  caller: Pick<Caller, 'roles' | 'id'>,
  { type, actor }: Pick<CommandRecord, 'type' | 'actor'>,
): boolean {
  const sights = sightsOf(caller);
  return (
    sights === undefined ||
    actor === caller.id ||
    sights.some(({ commands }) => commands.test(type))
  );
}

/** The sights of a caller all of whose roles are narrow; undefined for everybody else. */
function sightsOf({ roles }: Pick<Caller, 'roles'>): readonly Sight[] | undefined {
  const sights = roles.map((role) => SIGHTS[role]);
  const narrow = sights.filter((sight) => sight !== undefined);
  return roles.length > 0 && narrow.length < sights.length ? undefined : narrow;
}
