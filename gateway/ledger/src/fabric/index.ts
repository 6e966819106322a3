export { hashData, hashHeader, headerBytes } from './block-hash.js';
export { readFailure, type Failure } from './failure.js';
export type { Deadlines, FabricOptions, FabricPeer, Mismatch } from './options.js';
export { readBlock, readRawBlock, type RawBlock } from './parse/block.js';
export { lowSSigner } from './x509-signer.js';
