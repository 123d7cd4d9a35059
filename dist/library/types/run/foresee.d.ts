import type { Noticed } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
/** What is in the way of a plan's agents before any has started. */
export interface Obstacles {
    /** By model and its day. */
    readonly retired: readonly {
        readonly model: string;
        readonly day: string;
        readonly isPast: boolean;
        readonly ids: readonly string[];
    }[];
    readonly silentProxies: readonly {
        readonly address: string;
        readonly why: string;
        readonly ids: readonly string[];
    }[];
}
type Environment = Readonly<Record<string, string | undefined>>;
/** Looks ahead where a plan has agents of a known provider: models that their vendor has retired, proxies that do not answer. */
export declare function foresee(plan: Plan, environment: Environment, now: number): Promise<Obstacles>;
/** The same as warnings of a run; nothing where no model is called. */
export declare function noticesAhead(plan: Plan, environment: Environment, now: number): Promise<Noticed[]>;
/** `model: claude-3-opus was retired by its vendor on 2026-01-05: requests for it fail`. */
export declare function describeRetirement(model: string, { day, isPast }: {
    readonly day: string;
    readonly isPast: boolean;
}): string;
/** `the proxy 10.0.0.1:3128 does not answer (ECONNREFUSED): agents reach no model through it`. */
export declare function describeSilence(address: string, why: string): string;
/** What to do about a proxy that does not answer. */
export declare const proxyRemedy = "Correct `HTTPS_PROXY`, or except the provider with `NO_PROXY`";
export {};
