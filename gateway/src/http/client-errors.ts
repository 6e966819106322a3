import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { problemBody } from '../problems/answer.js';
import type { ProblemDetails } from '../problems/problem.js';

/** The largest header section that the gateway reads, in bytes, the URL included. */
export const MAX_HEADER_BYTES = 16 * 1024;

/** Answers what is no HTTP request, or too large or slow for one, as problem+json, and closes its connection. */
export function answerClientErrors(server: Server, logger: Logger): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const details = problemOfConnection(error.code);
    logger.info({ requestId, status: details.status, code: details.code }, 'no request');
    const body = JSON.stringify(problemBody(details, requestId));
    const lines = [
      `HTTP/1.1 ${details.status} ${STATUS_CODES[details.status] ?? ''}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'cache-control: no-store',
      'connection: close',
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}

function problemOfConnection(code: string | undefined): ProblemDetails {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        code: 'HEADERS_TOO_LARGE',
        detail: 'URL and headers are larger than the gateway reads',
        field: 'headers',
        expected: `at most ${MAX_HEADER_BYTES / 1024} KiB`,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        status: 408,
        code: 'REQUEST_TIMEOUT',
        detail: 'the request did not arrive in time',
      };
    default:
      return { status: 400, code: 'MALFORMED_HTTP', detail: 'what was sent is no HTTP request' };
  }
}
