import type { InputDeclaration, Plan } from '../core/plan.ts';
import type { Compiling } from './compiling.ts';
/** The file's own commands for comments; one of a later document takes the place of its namesake. */
export declare function readCommands({ file, diagnostics }: Compiling, inputs: Readonly<Record<string, InputDeclaration>>): Pick<Plan, 'commands'>;
/** What the event must be so that anything runs, of the last document that says so. */
export declare function readWhen({ file }: Compiling): Pick<Plan, 'when'>;
