import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalise, code, language, sha256Base64url, version } from '@veinledger/domain';
import { z } from 'zod';

const MAX_PARAGRAPH = 4000;

/** A consent form as patients' pages show it. */
const formSchema = z.strictObject({
  id: code,
  version,
  language,
  title: z.string().min(1).max(200),
  text: z.array(z.string().min(1).max(MAX_PARAGRAPH)).min(1).max(200),
  clauses: z
    .array(
      z.strictObject({
        clause: code,
        text: z.string().min(1).max(MAX_PARAGRAPH),
        /** without a yes to it there is no yes to the whole */
        needed: z.boolean(),
      }),
    )
    .min(1)
    .max(64),
});

/**
 * Reads consent forms, a JSON file each.
 * @returns their texts by digest: the SHA-256 of the canonical text (RFC 8785), by which a request names its form
 * @throws Error naming a file that is no form
 */
export async function readForms(folder: string): Promise<ReadonlyMap<string, string>> {
  const forms = new Map<string, string>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const file = join(folder, name);
    try {
      const text = canonicalise(formSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
      forms.set(sha256Base64url(text), text);
    } catch (cause) {
      throw new Error(`${file}: expected a consent form`, { cause });
    }
  }
  return forms;
}
