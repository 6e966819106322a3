import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const folder = fileURLToPath(new URL('../../../docs/adr', import.meta.url));
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const files = readdirSync(folder).filter((file) => /^\d{4}-/.test(file));

describe('a decision record', () => {
  test.each(files)('%s tells its number, its date and its status, as the index does', (file) => {
    const [, number, title, date, status] =
      /^# (\d+)\. (.+)\n\n(\d{4}-\d{2}-\d{2}), (accepted|superseded by \d+)\n\n/.exec(read(file)) ??
      [];
    expect(Number(number)).toBe(Number(file.slice(0, 4)));
    const row = `[${String(number)}](${file})|${String(title)}|${String(date)}|${String(status)}`;
    const rows = read('README.md')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows.map((cells) => cells.slice(1, -1).join('|'))).toContain(row);
  });
});
