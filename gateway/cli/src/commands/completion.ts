import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type CliCommand, defineCommand } from '../command.js';
import type { ListedCommand } from '../commands.js';
import { completionScript, SHELLS } from '../completion.js';
import { wordOf } from '../words.js';

/** The command that writes the completion of these commands, with the options that each of them takes. */
export function completionOf(
  listed: readonly ListedCommand[],
  common: readonly string[],
): CliCommand {
  return defineCommand({
    arguments: [
      { name: 'shell', summary: 'for instance: eval "$(… completion bash)"', values: SHELLS },
    ],
    options: [],
    input: z.strictObject({ shell: wordOf(SHELLS) }),
    run: async (_session, { shell }) => {
      // the Node that runs this, which may be another than the one of PATH
      const program = fileURLToPath(new URL('../../bin/veinledger.js', import.meta.url));
      const start = `'${process.execPath}' '${program}'`;
      const commands = await Promise.all(
        listed.map(async ({ name, load }) => ({ name, ...(await load()) })),
      );
      const script = completionScript(shell, { commands, common, start });
      return { data: { script }, lines: [script] };
    },
  });
}
