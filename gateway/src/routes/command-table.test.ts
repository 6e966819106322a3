import { COMMANDS } from '@veinledger/domain';
import { describe, expect, test } from '@jest/globals';
import { COMMAND_ROUTES } from './command-table.js';

describe('the routes of commands', () => {
  test('take every type of command, each type once and each path once', () => {
    expect(COMMAND_ROUTES.map(({ type }) => type).sort()).toEqual(
      COMMANDS.map(({ type }) => type).sort(),
    );
    expect(new Set(COMMAND_ROUTES.map(({ path }) => path)).size).toBe(COMMAND_ROUTES.length);
  });

  test.each(COMMAND_ROUTES.map((route) => [route.path, route] as const))(
    '%s says for each parameter which signed member it repeats',
    (path, { parameters }) => {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(named).toEqual(Object.keys(parameters));
      for (const { field } of Object.values(parameters))
        expect(field).toMatch(/^(body\.\w+|actor)$/);
    },
  );
});
