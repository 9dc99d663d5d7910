import type { UnknownClass } from '../verdicts';
export const DENIED: Readonly<Record<string, readonly string[]>> = {};
export const UNKNOWN: Readonly<Record<string, UnknownClass>> = {};
