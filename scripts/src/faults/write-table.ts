import { readFile, writeFile } from 'node:fs/promises';

const BEGIN = '<!-- made by npm run faults -->';
const END = '<!-- end -->';

/**
 * Puts lines between the two marks of a file.
 * @throws Error when the file has no such marks
 */
export async function writeTable(file: string, lines: readonly string[]): Promise<void> {
  const text = await readFile(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`${file}: expected the marks ${BEGIN} and ${END}`);
  const head = text.slice(0, begin + BEGIN.length);
  await writeFile(file, `${head}\n\n${lines.join('\n')}\n\n${text.slice(end)}`);
}
