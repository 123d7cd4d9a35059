import { closestName } from '../core/closest-name.ts'
import type { Plan } from '../core/plan.ts'
import type { Refusal } from '../core/refusal.ts'
import type { CommandLine } from './command.ts'
import { quoted } from './parse-arguments.ts'

/** The ids that `--only` names, each once or several separated by commas; null where it is not given. */
export function readOnly(line: CommandLine, plan: Plan): readonly string[] | null | Refusal {
  if (!line.has('only')) return null
  const only = line.values('only').flatMap((value) => value.split(','))
  const ids = plan.instances.filter((instance) => instance.kind !== 'gate').map((instance) => instance.id)
  const unknown = only.find((id) => !ids.includes(id))
  if (unknown === undefined) return only
  const meant = closestName(unknown, ids)
  return {
    mistake: `--only names ${quoted(unknown)}, which is not an instance of this file`,
    hint: meant === undefined ? `instances are ${ids.slice(0, 12).join(', ')}` : `did you mean ${meant}?`,
  }
}
