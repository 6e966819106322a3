import { undeclaredSiblings } from './declared/siblings.js';
import { runAsMain } from './main-process.js';

/** Fails where the root's package.json names other siblings than its sources import. */
await runAsMain(async () => {
  const lines = await undeclaredSiblings();
  for (const line of lines) console.error(line);
  return lines.length === 0 ? 0 : 1;
});
