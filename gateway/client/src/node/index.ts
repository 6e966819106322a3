/** `@veinledger/client` for Node: everything of it, with native key generation and signatures, and key files. */
export * from '../index.js';
export { generateActorKeys } from './generate.js';
export { readActorKeys, writeActorKeys } from './key-files.js';
export { nativeSigner } from './native-signer.js';
