import type { Reader } from '../commands/reader.js';

/** The therapy and its pinned process definition, which every manufacturing decision reads. */
export async function therapyAndDefinition(reader: Reader, coi: string) {
  const therapy = await reader.therapy(coi);
  return { therapy, definition: (await reader.processOf(therapy)).definition };
}

/** Reads what a body names, where it names something. */
export function optionally<T>(
  id: string | undefined,
  read: (id: string) => Promise<T | undefined>,
) {
  return id === undefined ? Promise.resolve(undefined) : read(id);
}
