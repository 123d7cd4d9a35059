import { builtinCommands, type CommandDefinition } from '../core/comment-commands.ts'
import type { InputDeclaration, Plan } from '../core/plan.ts'
import type { Compiling } from './compiling.ts'
import { judgeInputs } from './inputs.ts'
import type { CommandEntry } from './schema-events.ts'
import { nearestName } from './suggestion.ts'

/** The file's own commands for comments; one of a later document takes the place of its namesake. */
export function readCommands(
  { file, diagnostics }: Compiling,
  inputs: Readonly<Record<string, InputDeclaration>>,
): Pick<Plan, 'commands'> {
  const commands = new Map<string, CommandDefinition>()
  for (const { commands: section } of file.documents) {
    if (section === undefined) continue
    for (const [name, entry] of Object.entries(section)) {
      if (entry === undefined) continue
      if (Object.hasOwn(builtinCommands, name.toLowerCase()))
        diagnostics.error('bad-command', `\`${name}\` is a command of every file`, file.origins.ofKey(section, name), {
          hint: 'Give it another name.',
        })
      commands.set(name.toLowerCase(), readCommand(entry))
    }
  }
  return commands.size === 0 ? {} : { commands: Object.fromEntries(commands) }

  function readCommand(entry: CommandEntry): CommandDefinition {
    const { description, only, inputs: values, access = 'write' } = entry
    const ids = typeof only === 'string' ? [only] : only
    for (const [index, id] of (ids ?? []).entries())
      if (!file.instances.has(id) && file.isComplete) {
        const near = nearestName(id, file.instances.keys())
        const range = Array.isArray(only) ? file.origins.ofValue(only, index) : file.origins.ofValue(entry, 'only')
        diagnostics.error('unknown-instance', `unknown instance \`${id}\``, range, {
          hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
        })
      }
    for (const name of Object.keys(values ?? {}))
      for (const problem of judgeInputs(inputs, { [name]: values?.[name] ?? '' }))
        diagnostics.error(
          'bad-command',
          problem.replace(/, did you mean.*$/, ''),
          file.origins.ofKey(values ?? {}, name),
          {
            hint: /did you mean (`[^`]+`)/.exec(problem)?.[0].replace(/^d/, 'D').concat('?'),
          },
        )
    return {
      ...(description !== undefined && { description }),
      ...(ids !== undefined && { only: ids }),
      ...(values !== undefined && { inputs: values }),
      access,
    }
  }
}

/** What the event must be so that anything runs, of the last document that says so. */
export function readWhen({ file }: Compiling): Pick<Plan, 'when'> {
  const presets = file.documents.findLast((document) => document.when !== undefined)?.when
  return presets === undefined ? {} : { when: presets }
}
