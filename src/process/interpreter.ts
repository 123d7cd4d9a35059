import { existsSync } from 'node:fs'

type Environment = Readonly<Record<string, string>>

/** Runs the scripts that start programs for us. Fixed, so that no `PATH` decides what does. */
export const interpreter = '/usr/bin/perl'

/** What the scripts read: fields with a zero byte between them; undefined when one of them has such a byte. */
export function packFields(fields: readonly string[]): string | undefined {
  return fields.some((field) => field.includes('\0')) ? undefined : fields.join('\0')
}

/** Fields that make one environment of another: `NAME=value`, and `NAME` for what is gone. */
export function environmentFields(env: Environment, before: Environment = {}): string[] {
  const fields: string[] = []
  for (const name in env) if (env[name] !== before[name]) fields.push(`${name}=${env[name]}`)
  for (const name in before) if (env[name] === undefined) fields.push(name)
  return fields
}

/** Whether programs can be started by scripts of ours here: on Linux with Perl. */
export function hasInterpreter(): boolean {
  return process.platform === 'linux' && existsSync(interpreter)
}
