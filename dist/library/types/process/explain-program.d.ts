import type { Spawn } from './spawn.ts';
/** Why nothing can run in a directory; undefined when it is not to blame. */
export declare function explainWorkingDirectory(cwd: string): string | undefined;
/** What is missing of a program that the system would not run, from the program itself: it may be there, and its interpreter not. */
export declare function explainProgram(code: string, { argv, env, cwd }: Spawn): string;
