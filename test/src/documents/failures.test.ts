import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '@veinledger/domain';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs', 'failures.md'), 'utf8');
const [PLAYED = '', NOT_YET = ''] = PAGE.split('## What is not yet');

interface Row {
  readonly flow: string;
  readonly commands: readonly string[];
  readonly file: string;
  readonly sentence: string;
}

const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim());

const rows: readonly Row[] = PLAYED.split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map(cellsOf)
  .map(([, flow = '', commands = '', played = '']) => {
    const [, file = '', sentence = ''] = /^`([^`]+)`: (.+)$/u.exec(played) ?? [];
    const named = [...commands.matchAll(/`([a-z]+:[A-Za-z]+)`/gu)].map(([, type = '']) => type);
    return { flow, commands: named, file, sentence };
  });

describe('the page of what goes wrong', () => {
  test.each(rows.map((row) => [row.flow, row] as const))(
    '%s: names commands that there are, and a test that says its sentence',
    (_flow, { commands, file, sentence }) => {
      const types = COMMANDS.map(({ type }): string => type);
      expect(commands.filter((type) => !types.includes(type))).toEqual([]);
      expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
      expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`'${sentence}'`);
    },
  );

  test('plays much, and says what it does not', () => {
    expect(rows.length).toBeGreaterThan(25);
    const open = NOT_YET.split('\n').filter((line) => line.startsWith('| '));
    expect(open.slice(2).map((line) => cellsOf(line).length)).toEqual(open.slice(2).map(() => 4));
  });
});
