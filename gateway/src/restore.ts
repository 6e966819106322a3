import { parseArgs } from 'node:util';
import { assertNativeMlDsa } from '@veinledger/chaincode/crypto';
import { restore } from './backup/restore.js';
import { keepFilesPrivate } from '@veinledger/ledger/storage';

const HELP = `npm run restore -- --from DIR --to HOME [--recipient-key FILE | --vault-key FILE]

Restores a complete backup into HOME/ledger, HOME/vault and HOME/keystore, where there must be nothing yet. Digests,
the chain of blocks and the key are checked before anything takes its place.

  --from DIR             a backup
  --to HOME              a gateway's home
  --recipient-key FILE   the age identity to which the backup's copy of the vault's key is encrypted
  --vault-key FILE       the vault's key (identity.txt), kept elsewhere

Exit codes: 0 restored; 1 not restored, and nothing was changed.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      'recipient-key': { type: 'string' },
      'vault-key': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { from, to } = values;
  if (values.help || from === undefined || to === undefined) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  const { manifest, key } = await restore({
    from,
    to,
    recipientKey: values['recipient-key'],
    vaultKey: values['vault-key'],
  });
  const chain = manifest.ledger;
  console.log(`restored the backup of ${manifest.begun} into ${to}`);
  if (chain) console.log(`chain of ${chain.height} blocks intact, up to ${chain.headHash}`);
  if (!key) console.log(`put the vault's key into ${to}/vault/identity.txt before the start`);
  return 0;
}

keepFilesPrivate();
try {
  assertNativeMlDsa();
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
