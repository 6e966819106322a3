import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Authority } from './authority.js';
import { withAuthority } from './running.js';

test('an authority is not taken to run where another listens on its port', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const dir = mkdtempSync(join(tmpdir(), 'veinledger-authority-'));
  const authority: Authority = {
    ...{ name: 'ca.lab', mspId: 'LabMSP', domain: 'lab.example', country: 'DE' },
    ...{ host: '127.0.0.1', port, dir, logFile: join(dir, 'ca.log'), binDir: dir },
  };
  try {
    await expect(
      withAuthority(authority, join(dir, 'records'), [], () => Promise.resolve()),
    ).rejects.toThrow(`PORT_TAKEN: 127.0.0.1:${port}, needed for ca.lab, is held by `);
  } finally {
    await new Promise<void>((resolve) => other.close(() => resolve()));
  }
});
