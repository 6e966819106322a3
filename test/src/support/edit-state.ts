import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';

/**
 * Puts one text in place of another, of the same length, wherever a stopped peer's state database holds it in values
 * that speak of a thing.
 * @throws Error when no value does
 */
export async function editStateOf(
  home: string,
  peer: string,
  thing: string,
  [from, to]: readonly [from: string, to: string],
): Promise<void> {
  const database = new ClassicLevel<Buffer, Buffer>(await stateOf(home, peer), {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
  });
  let edited = 0;
  try {
    for await (const [key, value] of database.iterator()) {
      const text = value.toString('latin1');
      if (!key.includes(thing) || !text.includes(from)) continue;
      await database.put(key, Buffer.from(text.replaceAll(from, to), 'latin1'));
      edited += 1;
    }
  } finally {
    await database.close();
  }
  if (edited === 0) throw new Error(`${peer} holds no ${from} of ${thing}`);
}

async function stateOf(home: string, peer: string): Promise<string> {
  const folders = await readdir(home, { recursive: true, withFileTypes: true });
  const found = folders.find(
    ({ name, parentPath }) => name === 'stateLeveldb' && parentPath.split('/').includes(peer),
  );
  if (found === undefined) throw new Error(`no stateLeveldb of ${peer} below ${home}`);
  return join(found.parentPath, found.name);
}
