import { ProcessRecords, requireFreePorts, startProcess, stopProcess } from '../processes/index.js';
import type { Authority } from './authority.js';
import type { Enrolment } from './enrolment.js';
import { authorityProcess, prepareAuthority, waitForAuthority } from './server.js';

/**
 * Does some work while the server of an authority runs: the one that runs already, else one that is ended
 * afterwards.
 * @param recordsDir where the member's process records lie
 * @param identities what the server is to know when it starts
 * @throws NetworkError PORT_TAKEN where another listens on its port; NODE_FAILED when it does not start
 */
export async function withAuthority<T>(
  authority: Authority,
  recordsDir: string,
  identities: readonly Enrolment[],
  work: () => Promise<T>,
): Promise<T> {
  const records = new ProcessRecords(recordsDir);
  const running = records.living(authority.name);
  if (running !== undefined) {
    await waitForAuthority(authority, running);
    return work();
  }
  await requireFreePorts([{ host: authority.host, port: authority.port, purpose: authority.name }]);
  await prepareAuthority(authority, identities);
  const record = await startProcess(authorityProcess(authority));
  records.write(record);
  try {
    await waitForAuthority(authority, record);
    return await work();
  } finally {
    await stopProcess(record);
    records.remove(record.name);
  }
}
