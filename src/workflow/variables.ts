import { looksLikeCredential } from '../core/credential-name.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins } from './origins.ts'
import type { DefaultsEntry } from './schema.ts'

/** Files by which a step commands the runner; who may write them sets its outputs and its PATH. */
const fileCommands = /^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/

/** Why a variable of the step is not passed on as plain text; undefined where it is. */
export function refuseVariable(name: string): { message: string; hint: string } | undefined {
  if (fileCommands.test(name))
    return { message: `\`${name}\` is how the step itself talks to the runner`, hint: 'Remove it.' }
  if (looksLikeCredential(name))
    return {
      message: `\`${name}\` looks like a secret`,
      hint: `List it under \`secrets\`: the process then has \`${name}\` in its environment, and it is masked everywhere.`,
    }
  return undefined
}

/** Reports names in `env-from` that are secrets. */
export function checkEnvFrom(
  values: Pick<DefaultsEntry, 'env-from'>,
  origins: Origins,
  diagnostics: Diagnostics,
): void {
  const names = values['env-from']
  if (names === undefined) return
  for (const [index, name] of names.entries()) {
    const refusal = typeof name === 'string' ? refuseVariable(name) : undefined
    if (refusal !== undefined)
      diagnostics.error('secret-variable', refusal.message, origins.ofValue(names, index), { hint: refusal.hint })
  }
}
