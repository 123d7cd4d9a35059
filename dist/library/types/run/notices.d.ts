import type { Noticed } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
/** What a plan asks for and this machine cannot give, one notice each: limits that cannot be enforced, secrets too short to be masked. */
export declare function noticesOf(plan: Plan, environment: Readonly<Record<string, string | undefined>>): Noticed[];
/** The same of a run that goes on, perhaps on another machine: what was not said before, and that nothing could be looked for of what it had started. */
export declare function noticesOfResumed(plan: Plan, environment: Readonly<Record<string, string | undefined>>, said: readonly Pick<Noticed, 'message'>[]): Noticed[];
