import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '@veinledger/domain';

const PAGE = readFileSync(
  fileURLToPath(new URL('../../../docs/standing.md', import.meta.url)),
  'utf8',
);

/** The types that a table of the page lists. */
function listedUnder(heading: string): readonly string[] {
  const [, ...sections] = PAGE.split(/^## /mu);
  const section = sections.find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([a-z]+:[A-Za-z]+)`/gmu)].map(([, type]) => String(type));
}

describe('the page on whose word counts', () => {
  test.each([
    ['Facts', 'fact'],
    ['Permissions', 'permission'],
  ] as const)('says it of every type there is: %s', (heading, kind) => {
    const types = COMMANDS.filter((each) => each.kind === kind).map(({ type }) => type);
    expect([...listedUnder(heading)].sort()).toEqual([...types].sort());
  });
});
