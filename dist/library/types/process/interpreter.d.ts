type Environment = Readonly<Record<string, string>>;
/** Runs the scripts that start programs for us. Fixed, so that no `PATH` decides what does. */
export declare const interpreter = "/usr/bin/perl";
/** What the scripts read: fields with a zero byte between them; undefined when one of them has such a byte. */
export declare function packFields(fields: readonly string[]): string | undefined;
/** Fields that make one environment of another: `NAME=value`, and `NAME` for what is gone. */
export declare function environmentFields(env: Environment, before?: Environment): string[];
/** Whether programs can be started by scripts of ours here: on Linux with Perl. */
export declare function hasInterpreter(): boolean;
export {};
