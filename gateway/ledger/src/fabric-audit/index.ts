export { auditMembers, type AuditReport } from './audit.js';
export type { AuditFinding, FindingKind } from './finding.js';
export type { MemberBehind, MemberHeight } from './heights.js';
export type { AuditedMember } from './member.js';
export type { AuditOptions, AuditProgress } from './options.js';
export { PeerMember, type PeerMemberOptions } from './peer-member.js';
export { channelOf } from './configuration/config-block.js';
export { nameOfCode } from './transaction-check.js';
