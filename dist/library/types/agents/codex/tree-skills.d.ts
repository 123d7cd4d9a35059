/**
 * The skills that Codex would find in the working tree, so that they can be turned off one by one: it has no switch for all of them, and loads
 * one whenever a prompt mentions its name. Throws where there are too many.
 */
export declare function findTreeSkills(cwd: string): string[];
