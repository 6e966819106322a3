import { actorId } from '@veinledger/domain';
import { z } from 'zod';
import { commandType } from '../commands/command-types.js';
import type { PathParameter } from '../operation/operation.js';

/** By what name a path repeats the command's signer, where the body names nobody so. */
const SIGNERS: ReadonlySet<string> = new Set(['actor', 'patient']);

/**
 * What the path of a type of command repeats of the signed command, by the names in its braces: the body's member of
 * that name with its schema, else its signer.
 * @throws Error when it repeats nothing of the command
 */
export function parametersOf(type: string, path: string): Readonly<Record<string, PathParameter>> {
  const members = membersOf(commandType(type)?.body);
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    names.map((name): [string, PathParameter] => {
      const schema = members[name];
      if (schema !== undefined) return [name, { schema, field: `body.${name}` }];
      if (SIGNERS.has(name)) return [name, { schema: actorId, field: 'actor' }];
      throw new Error(`${path}: expected a member of the body of ${type}, found {${name}}`);
    }),
  );
}

function membersOf(body: z.ZodType | undefined): Readonly<Record<string, z.ZodType | undefined>> {
  return body instanceof z.ZodObject ? body.shape : {};
}
