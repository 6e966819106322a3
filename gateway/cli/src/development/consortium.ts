import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type ConsortiumRoot,
  processDefinition,
  type ProcessDefinition,
  processHash,
  readConsortiumRoot,
  rootDigest,
  type Role,
  role,
} from '@veinledger/domain';
import { type ActorKeys, generateActorKeys } from '@veinledger/client/node';

/** A member as the network's profile has it. */
export interface FoundingMember {
  readonly id: string;
  readonly mspId: string;
  /** roles that it may grant */
  readonly roles: readonly string[];
  /** ISO 3166-1 alpha-2; as {@link COUNTRY} when left out */
  readonly country?: string;
}

/** A registrar of a founding member, with the keys that its root names. */
export interface Registrar {
  readonly actor: string;
  readonly organisation: string;
  readonly keys: ActorKeys;
}

/** A consortium on one machine: its public root, and the keys that its founders would each keep. */
export interface DevelopmentConsortium {
  readonly root: ConsortiumRoot;
  readonly registrars: readonly Registrar[];
}

/** Where the development members stand. */
const COUNTRY = 'DE';

/** What ships, by name: what is ordered where nobody says otherwise is the first. */
const SHIPPED = ['pcv-mrna-1.0', 'pcv-peptide-1.0', 'cart-autologous-1.0'];

/** The process definitions that ship with veinledger. */
export function shippedProcesses(): readonly ProcessDefinition[] {
  const require = createRequire(import.meta.url);
  return SHIPPED.map((name) => {
    const file = require.resolve(`@veinledger/chaincode/processes/${name}.json`);
    return processDefinition.parse(JSON.parse(readFileSync(file, 'utf8')));
  });
}

/** Founds a consortium: a fresh network id, a registrar for each member, the agreed process definitions. */
export function foundConsortium(
  members: readonly FoundingMember[],
  definitions = shippedProcesses(),
): DevelopmentConsortium {
  const registrars = members.map(({ id, mspId }) => ({
    actor: `${id}.registrar`,
    organisation: mspId,
    keys: generateActorKeys(),
  }));
  const root = readConsortiumRoot({
    v: 1,
    network: randomBytes(32).toString('base64url'),
    organisations: members.map((member, index) => ({
      id: member.mspId,
      country: member.country ?? COUNTRY,
      grantable: member.roles.map((each): Role => role.parse(each)),
      registrar: { actor: registrars[index]?.actor, keys: registrars[index]?.keys.public },
    })),
    processes: definitions.map((definition) => ({
      id: definition.id,
      version: definition.version,
      hash: processHash(definition),
    })),
  });
  return { root, registrars };
}

/** The digest that a founder signs to bootstrap the ledger. */
export function rootDigestOf(consortium: DevelopmentConsortium): string {
  return rootDigest(consortium.root);
}
