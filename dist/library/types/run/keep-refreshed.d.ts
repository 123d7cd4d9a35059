import type { Reporter } from '../core/reporter.ts';
/** Lets reporters show that time passes, until the returned function is called. */
export declare function keepRefreshed<Report>(reporters: readonly Reporter<Report>[]): () => void;
