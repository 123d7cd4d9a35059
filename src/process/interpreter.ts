import { existsSync } from 'node:fs'

/** Runs the scripts that start programs for us. Fixed, so that no `PATH` decides what does. */
export const interpreter = '/usr/bin/perl'

/** What the scripts read: fields with a zero byte between them; undefined when one of them has such a byte. */
export function packFields(fields: readonly string[]): string | undefined {
  return fields.some((field) => field.includes('\0')) ? undefined : fields.join('\0')
}

/** Whether programs can be started by scripts of ours here: on Linux with Perl. */
export function hasInterpreter(): boolean {
  return process.platform === 'linux' && existsSync(interpreter)
}
