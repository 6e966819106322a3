export { HYBRID_GROUP, negotiatedGroup, type NegotiatedGroup, type TlsListener } from './group.js';
