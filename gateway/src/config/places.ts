import { join } from 'node:path';
import type { GatewayConfig } from './config.js';

/** The file of transactions that a gateway sent. */
export function journalFile({ journal, vault }: Pick<GatewayConfig, 'journal' | 'vault'>): string {
  return journal ?? join(vault, 'submissions.jsonl');
}

/** The folder of what a gateway remembers for itself. */
export function stateFolder({ state, vault }: Pick<GatewayConfig, 'state' | 'vault'>): string {
  return state ?? join(vault, 'state');
}
