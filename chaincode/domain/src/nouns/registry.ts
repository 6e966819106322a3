import type { z } from 'zod';
import type { Blockable } from './blockable.js';
import { joinKey } from './key.js';
import type { KeyParts } from './noun.js';
import { scopeSchema } from './scope.js';
import { actor } from './actor.js';
import { agreedProcess } from './agreed-process.js';
import { batch } from './batch.js';
import { command } from './command.js';
import { confirmation } from './confirmation.js';
import { consent } from './consent.js';
import { consentUse } from './consent-use.js';
import { dataset } from './dataset.js';
import { design } from './design.js';
import { deviation } from './deviation.js';
import { dose } from './dose.js';
import { doseLine } from './dose-line.js';
import { formerKeys } from './former-keys.js';
import { governance } from './governance.js';
import { handOff } from './hand-off.js';
import { hold } from './hold.js';
import { item } from './item.js';
import { itemIndex } from './item-index.js';
import { lot } from './lot.js';
import { organisation } from './organisation.js';
import { outcome } from './outcome.js';
import { process } from './process.js';
import { proposal } from './proposal.js';
import { readings } from './readings.js';
import { record } from './record.js';
import { reenrolment } from './reenrolment.js';
import { root } from './root.js';
import { run } from './run.js';
import { session } from './session.js';
import { signature } from './signature.js';
import { step } from './step.js';
import { therapy } from './therapy.js';
import { lotUse, runUse } from './use.js';
import { verification } from './verification.js';

/** Every noun of the ledger, by its name. */
export const NOUNS = {
  root,
  governance,
  organisation,
  proposal,
  'agreed-process': agreedProcess,
  actor,
  'former-keys': formerKeys,
  reenrolment,
  session,
  process,
  therapy,
  item,
  'item-index': itemIndex,
  'hand-off': handOff,
  readings,
  step,
  dataset,
  design,
  batch,
  lot,
  run,
  'lot-use': lotUse,
  'run-use': runUse,
  deviation,
  hold,
  confirmation,
  consent,
  'consent-use': consentUse,
  verification,
  dose,
  'dose-line': doseLine,
  outcome,
  record,
  command,
  signature,
} as const;

type Nouns = typeof NOUNS;

export type Noun = keyof Nouns;

/** The entity of a noun. */
export type EntityOf<N extends Noun> = { [E in N]: z.output<Nouns[E]['schema']> }[N];

/** Everything the ledger's state holds. */
export type Entity = EntityOf<Noun>;

/** What a deviation or a hold can stop. */
export type BlockableEntity = Extract<Entity, Blockable>;

/** The members that make the key of a noun's entity. */
export type KeyOf<N extends Noun> = Pick<EntityOf<N>, Nouns[N]['key'][number] & keyof EntityOf<N>>;

/** Where an entity lies. */
export function keyOf(entity: Entity): KeyParts {
  return joinKey(NOUNS[entity.noun], entity);
}

/** Where the entity of a noun with these members lies, or, of fewer of them, the range of all that share them. */
export function keyFor<N extends Noun>(noun: N, members: Partial<KeyOf<N>>): KeyParts {
  return joinKey(NOUNS[noun], members);
}

/** The first parts of all keys: whoever lists each of them has listed the state. */
export const OBJECT_TYPES: readonly string[] = [
  ...new Set(Object.values(NOUNS).flatMap(objectTypesOf)),
].sort();

function objectTypesOf({
  noun,
  under,
  key,
}: {
  readonly noun: string;
  readonly under?: string;
  readonly key: readonly string[];
}): readonly string[] {
  if (under !== undefined) return [under];
  return key[0] === 'scope' ? scopeSchema.shape.kind.options : [noun];
}
