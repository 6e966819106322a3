import { z } from 'zod';
import { describe } from '../columns.js';
import { defineCommand } from '../command.js';

export const read = defineCommand({
  arguments: [{ name: 'path', summary: 'for instance /v1/organisations' }],
  options: [],
  input: z.strictObject({ path: z.string().startsWith('/', 'a path that begins with /') }),
  run: async (session, { path }) => {
    const data = await session.read(await session.reader(), path);
    return { data, lines: describe(data) };
  },
});
