import { z } from 'zod';

/** How a connection over TLS fails for good: the same call meets the same listener, the same certificate. */
export type TlsFailureCode = 'CERTIFICATE_REFUSED' | 'NOT_TLS' | 'TLS_REFUSED';

/** Client and listener do not come together over TLS; nothing was sent, and trying again changes nothing. */
export class TlsFailure extends Error {
  readonly code: TlsFailureCode;
  readonly details: { readonly field: string; readonly expected: string; readonly found: string };

  constructor(
    code: TlsFailureCode,
    { expected, found }: { readonly expected: string; readonly found: string },
    options: ErrorOptions,
  ) {
    super(EXPLANATIONS[code], options);
    this.name = 'TlsFailure';
    this.code = code;
    this.details = { field: 'url', expected, found };
  }
}

const EXPLANATIONS: Readonly<Record<TlsFailureCode, string>> = {
  CERTIFICATE_REFUSED: "the listener's certificate is not one to trust; nothing was sent",
  NOT_TLS: 'what listens there does not speak TLS; nothing was sent',
  TLS_REFUSED: 'client and listener agree on no TLS; nothing was sent',
};

/** What Node's fetch wraps: an error of OpenSSL or of Node's own check of the name. */
const wrapped = z.object({ cause: z.object({ code: z.string(), message: z.string() }) });

/** OpenSSL's names for a certificate that does not verify (X509_V_ERR_*), and Node's for another name in it. */
const CERTIFICATE =
  /^(?:ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_)/u;
/** What a client of TLS finds where plain HTTP is spoken. */
const NO_TLS = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/u;

/** What `fetch` threw, as a failure of TLS; undefined where it is something else. */
export function tlsFailureOf(error: unknown, url: string): TlsFailure | undefined {
  const { data } = wrapped.safeParse(error);
  if (data === undefined) return undefined;
  const { code, message } = data.cause;
  const { host } = new URL(url);
  if (CERTIFICATE.test(code)) {
    const expected = `a valid certificate for ${host} by an authority that this machine trusts (NODE_EXTRA_CA_CERTS names further ones)`;
    return new TlsFailure(
      'CERTIFICATE_REFUSED',
      { expected, found: `${code}: ${message}` },
      { cause: error },
    );
  }
  if (NO_TLS.test(code)) {
    const details = { expected: `TLS at ${host}, or http in the URL`, found: 'no TLS' };
    return new TlsFailure('NOT_TLS', details, { cause: error });
  }
  if (!code.startsWith('ERR_SSL_')) return undefined;
  return new TlsFailure(
    'TLS_REFUSED',
    { expected: `TLS 1.2 or 1.3 as ${host} asks for it`, found: code },
    { cause: error },
  );
}
