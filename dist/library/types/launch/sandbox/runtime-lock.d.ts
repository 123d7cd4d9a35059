import type { LockEntry } from '../../agents/install/lock-file.ts';
/** The version of the sandbox runtime that we drive: of those that run on Node.js 20, the newest. */
export declare const sandboxVersion = "0.0.78";
/** What npm is held to when it installs that: its packages with their integrity, made as `orchestrator runtimes lock` makes an entry. */
export declare const sandboxLock: LockEntry;
