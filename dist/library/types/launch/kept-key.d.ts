import type { Task } from '../core/task.ts';
import type { Agent, Conclusion, Endpoint } from '../agents/agent.ts';
import type { KeyProxy, Lease } from '../agents/proxy/key-proxy.ts';
import type { LauncherOptions } from './launcher-options.ts';
/** Opens the key proxy of a run when the first attempt needs it. */
export interface LazyKeyProxy {
    open(): Promise<KeyProxy>;
    /** Whether this was said before; what is said once for a run need not be said for each attempt. */
    said(message: string): boolean;
    close(): Promise<void>;
}
/** One for a run. */
export declare function createLazyKeyProxy(): LazyKeyProxy;
/** What of the run it takes to keep a key. */
type Context = Pick<LauncherOptions, 'trust' | 'emit' | 'hideEnvironment' | 'record'> & {
    readonly keyProxy: LazyKeyProxy;
};
/** The environment of an attempt's CLI, before anything is kept from it, and where its model is. */
interface Given {
    readonly env: Readonly<Record<string, string>>;
    readonly endpoint: Endpoint | undefined;
    readonly userHome: string | undefined;
}
/** `lease` is what the CLI gets instead of its key; undefined where it has its own login. */
export type KeptKey = {
    readonly lease: Lease | undefined;
} | {
    readonly problem: string;
};
/**
 * Keeps the key of an attempt's provider with us where that is asked for (`credentials: proxy`), and where nothing is said for agents that may only read
 * and on a stranger's event. What cannot be kept is a problem where it was asked for, and else said once.
 */
export declare function keepKey(task: Task, agent: Agent, given: Given, context: Context): Promise<KeptKey>;
/**
 * Ends the lease of an attempt whose processes have ended: its account is held against what went through, and the requests are kept beside its
 * logs, a line each.
 */
export declare function settleLease(lease: Lease, conclusion: Conclusion, requestsFile: string, { redactor }: Pick<LauncherOptions, 'redactor'>): Promise<Conclusion>;
/** The environment of a CLI that holds a token instead of a key: without the provider's credentials under any name, and with a way to us past any proxy. */
export declare function withoutKey(env: Readonly<Record<string, string>>, agent: Agent, login: readonly string[]): Record<string, string>;
export {};
