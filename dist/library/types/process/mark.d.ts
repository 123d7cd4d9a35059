/** The environment variable by which the descendants of an instance are recognised, whatever group or session they moved to. */
export declare const markVariable = "ORCHESTRATOR_MARK";
/**
 * The value for a child: marks nest, so that an orchestrator which is itself an instance of another can be swept by it
 * with everything it started.
 */
export declare function nestMark(outer: string | undefined, mark: string): string;
/** Whether a value of the variable names the mark or one below it: `run` finds `run.1`, `run.1` does not find `run.10`. */
export declare function isBelow(value: string, mark: string): boolean;
/**
 * The marks a process was started with, empty when it has none or has ended. Undefined while they cannot be told: a process that is
 * just becoming another program (`execve`) has no environment for a moment. One whose environment we may not read (another user's, a
 * setuid program) counts as unmarked.
 */
export declare function readMark(pid: number): string | undefined;
