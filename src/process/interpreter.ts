import { existsSync } from 'node:fs'

/** Runs the scripts that start programs for us. Fixed, so that no `PATH` decides what does. */
export const interpreter = '/usr/bin/perl'

/** Whether programs can be started by scripts of ours here: on Linux with Perl. */
export function hasInterpreter(): boolean {
  return process.platform === 'linux' && existsSync(interpreter)
}
