export { auditMembers, type AuditOptions, type AuditProgress, type AuditReport } from './audit.js';
export type { AuditFinding, FindingKind } from './finding.js';
export type { AuditedMember } from './member.js';
export { PeerMember, type PeerMemberOptions } from './peer-member.js';
export { channelOf } from './configuration/config-block.js';
export { nameOfCode } from './transaction-check.js';
