import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** An identity provider that listens on loopback, as a member would run one. */
export interface IdentityProvider {
  readonly url: string;
  /** paths that were asked, in their order */
  readonly asked: readonly string[];
  /** Signs by the key that it published last. */
  token(
    claims: JWTPayload,
    header?: { readonly kid?: string; readonly typ?: string },
  ): Promise<string>;
  /** Takes a new key and publishes that one only. */
  rotate(): Promise<void>;
  /** What its discovery document says otherwise than it should. */
  misstate(metadata: Readonly<Record<string, string>>): void;
  /** Answers 503 from now on, or answers again. */
  fail(failing: boolean): void;
  close(): Promise<void>;
}

const ALGORITHM = 'RS256';

/** Starts a provider with one RSA key. */
export async function identityProvider(): Promise<IdentityProvider> {
  const asked: string[] = [];
  let failing = false;
  let misstated = {};
  let serial = 0;
  let signing = await newKey(`key-${serial}`);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys`, ...misstated },
      '/keys': { keys: [signing.published] },
    };
    const body = failing ? undefined : documents[path];
    response.writeHead(body === undefined ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    asked,
    token: (claims, { kid = signing.kid, typ = 'JWT' } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid, typ }).sign(signing.privateKey),
    rotate: async () => {
      serial += 1;
      signing = await newKey(`key-${serial}`);
    },
    misstate: (metadata) => {
      misstated = metadata;
    },
    fail: (fails) => {
      failing = fails;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function newKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const published: JWK = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' };
  return { kid, privateKey, published };
}
