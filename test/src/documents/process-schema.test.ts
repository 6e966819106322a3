import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from '@jest/globals';
import { processSchema, shippedProcesses } from '#scripts';

const FILE = fileURLToPath(
  new URL('../../../docs/process-definition.schema.json', import.meta.url),
);

describe('the JSON Schema of process definitions', () => {
  const text = readFileSync(FILE, 'utf8');
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(text) as object,
  );

  test('is the one that the rules are made with: npm run openapi writes it', () => {
    expect(text).toBe(processSchema());
  });

  test.each(shippedProcesses().map((each) => [each.id, each] as const))(
    'fits %s, and no longer when a check has no class',
    (_id, definition) => {
      expect([validate(definition), validate.errors]).toEqual([true, null]);
      const steps = definition.steps.map((step) => ({
        ...step,
        checks: step.checks.map(({ kind, code }) => ({ kind, code })),
      }));
      expect(validate({ ...definition, steps })).toBe(false);
    },
  );
});
