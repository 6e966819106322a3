import { coi, itemId, labelRead, NOUNS, type ThingNoun, THING_NOUNS } from '@veinledger/domain';
import { withheld } from '@veinledger/client/wire';
import { z } from 'zod';

/** Where another therapy's names may stand, which are not told to everybody. */
const NAMES = new Set<z.core.$ZodType>([coi, itemId, labelRead]);
/** A name, a finding about a label, or `WITHHELD`: one text, since clients know no alternatives of texts. */
const NAME_OR_WITHHELD = z.string().regex(/^[A-Za-z0-9:/._*%-]{6,110}$/);
/** What names the thing itself. */
const OWN = ['noun', 'coi', 'id'];

/** A thing as it is told: names of another therapy may be withheld, and the members that say less than they did are listed. */
export function toldSchema(schema: z.ZodType): z.ZodObject {
  if (!(schema instanceof z.ZodObject)) throw new Error('told: expected the schema of an object');
  const members = Object.entries(schema.shape as z.core.$ZodShape).map(
    ([name, member]) => [name, OWN.includes(name) ? member : told(member)] as const,
  );
  return z.strictObject({ ...Object.fromEntries(members), withheld });
}

/** The things of a therapy as they are told, by their nouns. */
export const TOLD_THINGS = Object.fromEntries(
  THING_NOUNS.map((noun) => [noun, toldSchema(NOUNS[noun].schema)]),
) as Readonly<Record<ThingNoun, z.ZodObject>>;

/** The schema, or one that takes a withheld name too wherever it takes a name; the same where it takes none. */
function told(schema: z.core.$ZodType): z.core.$ZodType {
  if (NAMES.has(schema)) return NAME_OR_WITHHELD;
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as z.core.$ZodShape;
    const members = Object.entries(shape).map(([name, member]) => [name, told(member)] as const);
    const same = members.every(([name, member]) => member === shape[name]);
    return same ? schema : z.strictObject(Object.fromEntries(members));
  }
  if (schema instanceof z.ZodArray) return within(schema, schema.element, z.array);
  if (schema instanceof z.ZodExactOptional) {
    return within(schema, schema.unwrap(), z.exactOptional);
  }
  return schema;
}

function within(
  schema: z.core.$ZodType,
  inner: z.core.$ZodType,
  wrap: (inner: z.core.$ZodType) => z.core.$ZodType,
): z.core.$ZodType {
  const changed = told(inner);
  return changed === inner ? schema : wrap(changed);
}
