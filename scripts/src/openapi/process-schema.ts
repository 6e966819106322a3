import { processDefinition } from '@veinledger/domain';
import { z } from 'zod';

/** The JSON Schema (2020-12) of a process definition, as it stands in `docs/process-definition.schema.json`. */
export function processSchema(): string {
  const schema = {
    title: 'A process definition of veinledger',
    ...z.toJSONSchema(processDefinition),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
