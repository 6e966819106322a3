import { THING_NOUNS, typeNameOf } from '@veinledger/domain';
import { z } from 'zod';
import { commandTypes, type KnownCommand } from '../commands/command-types.js';
import { problem } from '../problems/problem.js';
import { lot, run } from './schemas/manufacturing.js';
import { standingConsent } from './schemas/consent.js';
import { algorithm, proposal } from './schemas/governance.js';
import { receipt } from './schemas/record.js';
import {
  actor,
  formerKeys,
  keyShare,
  organisation,
  personKey,
  processVersion,
  session,
} from './schemas/registry.js';
import { therapy } from './schemas/therapy.js';
import { TOLD_THINGS } from './schemas/told.js';
import { type JsonSchema, withoutDialect } from './json-schema.js';

/** What stands for a noun whose own name Java and other languages of generated clients have for something else. */
const CALLED: Readonly<Record<string, string>> = {
  exception: 'SpecificationException',
  override: 'DoseOverride',
};

/** The schemas that the document names: of each thing of a therapy its noun's, and those of what is no thing. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    THING_NOUNS.map((noun) => [CALLED[noun] ?? typeNameOf(noun), TOLD_THINGS[noun]]),
  ),
  Actor: actor,
  Algorithm: algorithm,
  Consent: standingConsent,
  FormerKeys: formerKeys,
  KeyShare: keyShare,
  Lot: lot,
  Organisation: organisation,
  PersonKey: personKey,
  Problem: problem,
  ProcessVersion: processVersion,
  Proposal: proposal,
  Receipt: receipt,
  Run: run,
  Session: session,
  Therapy: therapy,
};

/** The component under which a type's body is described: `custody.ReleaseItem`. */
export function bodyComponent({ type }: Pick<KnownCommand, 'type'>): string {
  return type.replace(':', '.');
}

/** A reference to a component. */
export function componentRef(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** Every component as JSON Schema 2020-12, made of the schemas that the gateway and the contracts check by. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas: Record<string, JsonSchema> = {};
  const named = Object.entries(NAMED).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [name, schema] of named) schemas[name] = jsonSchema(schema, name);
  for (const type of commandTypes()) schemas[bodyComponent(type)] = jsonSchema(type.body);
  return schemas;
}

const described = new WeakMap<z.ZodType, JsonSchema>();

const nameOf = new Map<z.core.$ZodType, string>(
  Object.entries(NAMED).map(([name, schema]) => [schema, name]),
);

/**
 * A schema as JSON Schema 2020-12, with references to the named components inside.
 * @param self the component that is being described itself
 */
export function jsonSchema(schema: z.ZodType, self?: string): JsonSchema {
  const known = self === undefined ? described.get(schema) : undefined;
  if (known) return known;
  const json = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema: target }) => {
      const name = nameOf.get(zodSchema);
      if (name === undefined || name === self) return;
      for (const member of Object.keys(target)) Reflect.deleteProperty(target, member);
      Object.assign(target, componentRef(name));
    },
  });
  const made = withoutDialect(json);
  if (self === undefined) described.set(schema, made);
  return made;
}
