export { hashData, hashHeader } from './block-hash.js';
export { openFabricGateway } from './ledger.js';
export { lowSSigner } from './x509-signer.js';
export type { Deadlines, FabricGatewayOptions, FabricPeer, Mismatch } from './options.js';
export { readBlock, readRawBlock, type RawBlock } from './parse/block.js';
