import type { Plan } from '../core/plan.ts';
type Environment = Readonly<Record<string, string | undefined>>;
/** Values that must appear nowhere: of the plan's secrets, of what else in the environment is one, and of the checkout. */
export declare function secretValues(plan: Plan, environment: Environment, workspace: string): string[];
/** Variables whose values are secret: those of the plan's secrets, and what else looks like one. */
export declare function secretNames(plan: Plan, environment: Environment): string[];
/** Values of an environment that are secret although nobody said so: by their name, a password in a URL, or the headers they hold. */
export declare function valuesToMask(environment: Environment): string[];
export {};
