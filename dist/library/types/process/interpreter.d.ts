/** Runs the scripts that start programs for us. Fixed, so that no `PATH` decides what does. */
export declare const interpreter = "/usr/bin/perl";
/** Whether programs can be started by scripts of ours here: on Linux with Perl. */
export declare function hasInterpreter(): boolean;
