import { z } from 'zod';
import { defineCommand } from '../command.js';

export const restore = defineCommand({
  arguments: [],
  options: [
    { name: 'from', value: 'DIR', summary: 'a complete backup' },
    {
      name: 'to',
      value: 'HOME',
      summary: "a gateway's home, with no ledger, vault or keystore yet",
    },
    {
      name: 'recipient-key',
      value: 'FILE',
      summary: "the age identity to which the backup's copy of the vault's key is encrypted",
    },
    { name: 'vault-key', value: 'FILE', summary: "the vault's key (identity.txt), kept elsewhere" },
  ],
  input: z.strictObject({
    from: z.string(),
    to: z.string(),
    recipientKey: z.string().optional(),
    vaultKey: z.string().optional(),
  }),
  run: async (_session, { from, to, recipientKey, vaultKey }) => {
    const gateway = await import('@veinledger/gateway');
    gateway.keepFilesPrivate();
    const { manifest, key } = await gateway.restore({ from, to, recipientKey, vaultKey });
    const { begun, ledger: chain } = manifest;
    return {
      data: { begun, to, ledger: chain, key },
      lines: [
        `restored the backup of ${begun} into ${to}`,
        ...(chain ? [`chain of ${chain.height} blocks intact, up to ${chain.headHash}`] : []),
        ...(key ? [] : [`put the vault's key into ${to}/vault/identity.txt before the start`]),
      ],
    };
  },
});
