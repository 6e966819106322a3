import { z } from 'zod';
import { commandTypes, type KnownCommand } from '../commands/command-types.js';
import { problem } from '../problems/problem.js';
import { dose, doseLine, outcome, verification } from './schemas/care.js';
import { consent } from './schemas/consent.js';
import { handOff, item, readings } from './schemas/custody.js';
import {
  batch,
  confirmation,
  dataset,
  design,
  deviation,
  hold,
  lot,
  run,
  step,
} from './schemas/manufacturing.js';
import { algorithm, proposal } from './schemas/governance.js';
import { receipt } from './schemas/record.js';
import { actor, formerKeys, organisation, processVersion, session } from './schemas/registry.js';
import { therapy } from './schemas/therapy.js';
import { type JsonSchema, withoutDialect } from './json-schema.js';

/** The schemas that the document names. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Actor: actor,
  Algorithm: algorithm,
  Batch: batch,
  Confirmation: confirmation,
  Consent: consent,
  Dataset: dataset,
  Design: design,
  Deviation: deviation,
  Dose: dose,
  DoseLine: doseLine,
  FormerKeys: formerKeys,
  HandOff: handOff,
  Hold: hold,
  Item: item,
  Lot: lot,
  Organisation: organisation,
  Outcome: outcome,
  Problem: problem,
  ProcessVersion: processVersion,
  Proposal: proposal,
  Readings: readings,
  Receipt: receipt,
  Run: run,
  Session: session,
  Step: step,
  Therapy: therapy,
  Verification: verification,
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
  for (const [name, schema] of Object.entries(NAMED)) schemas[name] = jsonSchema(schema, name);
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
