import { describe, expect, it } from '@jest/globals';
import shimLogs from 'fabric-shim/lib/logger.js';
import './quiet-logs.js';

interface Spoken {
  readonly format: { transform: (info: object) => object };
  debug(message: string): unknown;
}

describe('the shim’s logger of messages', () => {
  it('does not even format what its level leaves out', () => {
    const logger = shimLogs.getLogger('lib/handler.js') as unknown as Spoken;
    const formatted: object[] = [];
    const { format } = logger;
    Object.assign(logger, {
      format: { transform: (info: object) => (formatted.push(info), info) },
    });
    logger.debug('Received chat message from peer');
    Object.assign(logger, { format });
    expect(formatted).toEqual([]);
  });
});
