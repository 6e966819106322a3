import {
  type Entity,
  memberNameOf,
  type Noun,
  NOUNS,
  type Readers,
  type Therapy,
  typeNameOf,
} from '@veinledger/domain';
import type { LedgerContext } from './ledger-context.js';
import { counted } from './proposals.js';
import {
  actorForReader,
  answer,
  requireOrganisation,
  requireShared,
  therapyForReader,
} from './reading.js';
import { tellThings } from './viewer.js';

/** A transaction that answers one entity of a noun by its key. */
export interface EntityRead {
  readonly name: string;
  readonly parameters: readonly string[];
  /** @throws VeinledgerError for whom it is not, and NOT_FOUND */
  readonly carryOut: (context: LedgerContext, key: readonly string[]) => Promise<string>;
}

/** Refuses whoever is none of a noun's readers, by what its key names first. */
const ADMIT: Readonly<Record<Readers, Admit>> = {
  members: async (context, noun) => {
    await requireShared(context, noun);
    return undefined;
  },
  parties: async (context, noun, coi) => therapyForReader(context, coi, noun),
  'who-sees-the-actor': async (context, _, actor) => {
    await actorForReader(context, actor);
    return undefined;
  },
  organisation: async (context, _, actor) => {
    const { organisation } = await actorForReader(context, actor);
    requireOrganisation(context, organisation);
    return undefined;
  },
};

/** Answers the therapy that the thing belongs to, where it belongs to one. */
type Admit = (context: LedgerContext, noun: Noun, first: string) => Promise<Therapy | undefined>;

/** The reads of a contract, made from what each noun says of itself. */
export function entityReads(contract: string): readonly EntityRead[] {
  return Object.values(NOUNS).flatMap(({ noun, key, under, read }) =>
    read?.contract === contract
      ? [entityRead({ noun, key, under, readers: read.readers, contract })]
      : [],
  );
}

interface ReadNoun {
  readonly noun: Noun;
  readonly key: readonly string[];
  readonly under: string | undefined;
  readonly readers: Readers;
  readonly contract: string;
}

function entityRead({ noun, key, under, readers, contract }: ReadNoun): EntityRead {
  const parameters = key.map((member) => (member === 'id' ? memberNameOf(noun) : member));
  // what it is part of is looked for, and missed, before it
  const owners = under === 'therapy' && key.length > 1 ? 1 : 0;
  const [field = noun] = parameters.slice(owners);
  return {
    name: noun === contract ? 'Read' : `Read${typeNameOf(noun)}`,
    parameters,
    carryOut: async (context, given) => {
      const therapy = await ADMIT[readers](context, noun, given[0] ?? '');
      const members = Object.fromEntries(key.map((member, index) => [member, given[index]]));
      const found = await shown(context, await context.reader.get(noun, members), therapy);
      return answer(found, field, given.slice(owners).join(' ') || 'nothing');
    },
  };
}

/** A proposal is shown with how its votes stand, a therapy's thing as its reader is told of it, everything else as it is. */
async function shown(
  context: LedgerContext,
  entity: Entity | undefined,
  therapy: Therapy | undefined,
): Promise<object | undefined> {
  if (entity && therapy) return (await tellThings(context, therapy, [entity]))[0];
  if (entity?.noun !== 'proposal') return entity;
  const [withTally] = await counted(context, [entity]);
  return withTally;
}
