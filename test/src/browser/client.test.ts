import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { HttpSubmitter, openForBusiness, type Person, registrarOf, send } from '#scripts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseJws, verifyJws } from '@veinledger/domain';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { type CommittedCommand, GatewayClient } from '@veinledger/client/node';
import { build } from 'esbuild';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { renderedPage } from './chromium.fixture.js';
import type { PageReport } from './client-page.js';
import { type PageServer, pageServer } from './page-server.fixture.js';

/** The page's script and everything that it imports, for browsers: a `node:` import would fail the build. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('client-page.js', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}

describe('the client library in a real browser', () => {
  let bench: GatewayBench;
  let page: PageServer | undefined;
  let registrar: Person;
  const reports: PageReport[] = [];
  const failures: string[] = [];

  beforeAll(async () => {
    bench = await gatewayBench();
    const { url } = bench.gateway;
    const { network } = bench.consortium.root;
    const submitter = new HttpSubmitter({ url, network });
    await openForBusiness(submitter, bench.consortium);
    registrar = registrarOf(bench.consortium, 'LabMSP');
    page = await pageServer(url, await bundle(), {
      '/network': () => network,
      '/audience': () => url,
      '/enrol': async (body) => {
        const person = createHash('sha256').update(body).digest('base64url');
        const enrolment = { ...(JSON.parse(body) as object), person };
        await send(submitter, registrar, { type: 'registry:EnrolActor', body: enrolment });
        return 'enrolled';
      },
      '/report': (body) => String(reports.push(JSON.parse(body) as PageReport)),
      '/failure': (body) => String(failures.push(body)),
    });
    await renderedPage(page.url);
  });
  afterAll(async () => {
    await page?.close();
    await bench.close();
  });

  it('makes keys, signs a command and hands it in, and the ledger accepts it', async () => {
    expect(failures).toEqual([]);
    const [report] = reports;
    if (!report) throw new Error('the page did not report');
    expect(report.userAgent).toContain('Chrom');
    expect(report.receipt).toEqual({
      commandId: report.commandId,
      decision: 'recorded',
      actor: 'lab.browser',
    });
    const client = new GatewayClient({
      url: bench.gateway.url,
      actor: registrar.id,
      keys: registrar.keys,
    });
    const { jws, receipt } = await client.read<CommittedCommand>(
      `/v1/commands/${report.commandId}`,
    );
    expect(receipt).toMatchObject({ type: 'manufacturing:RegisterRun', actor: 'lab.browser' });
    const { keys } = await client.read<{ keys: Person['keys']['public'] }>(
      '/v1/actors/lab.browser',
    );
    const parsed = parseJws(jws ?? '', 'vnd.veinledger.command+jws');
    await expect(verifyJws(parsed, keys, nativeVerifier)).resolves.toBeUndefined();
    expect(report.height).toBe(receipt.block + 1);
  });

  it('lets the browser’s own cryptography sign by Ed25519', () => {
    expect(reports[0]?.providers).toMatchObject({ ed25519: 'webcrypto' });
  });
});
