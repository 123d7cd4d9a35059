import { attachedChanges, type ChangesNeeded } from '../core/changes.ts'
import type { Instance } from '../core/instance.ts'
import { definitionsOf } from '../core/definitions.ts'
import { byteCount } from './amounts.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins } from './origins.ts'
import type { Settings } from './settings.ts'
import type { InstanceEntry } from './schema-instance.ts'

/**
 * What of the changes a plan asks for; undefined when nothing, and git is not asked then. `read` is what its expressions read.
 */
export function changesNeeded(
  instances: readonly Instance[],
  read: ChangesNeeded | undefined,
): ChangesNeeded | undefined {
  if (read === 'diff') return read
  let asksFor = read
  for (const { definition } of definitionsOf(instances)) if (definition.attach.includes(attachedChanges)) return 'diff'
  const look = (list: readonly Instance[]): void => {
    for (const instance of list) {
      if (instance.paths !== undefined) asksFor = 'files'
      if (instance.kind === 'gate' && instance.expansion !== undefined) look(instance.expansion.template)
    }
  }
  look(instances)
  return asksFor
}

/** Reports filters of paths that let nothing through, or mean something else than they seem to. */
export function checkPaths(entry: InstanceEntry, origins: Origins, diagnostics: Diagnostics): void {
  const { paths, 'paths-ignore': ignored } = entry
  if (paths !== undefined && ignored !== undefined)
    diagnostics.error(
      'conflicting-keys',
      '`paths` and `paths-ignore` cannot be combined',
      origins.ofKey(entry, 'paths-ignore'),
      { hint: 'Keep `paths`, and take files out of it again with `!`: `paths: [src/**, "!src/gen/**"]`.' },
    )
  if (paths !== undefined && paths.every((filter) => filter?.startsWith('!')))
    diagnostics.error(
      'bad-paths',
      '`paths` must have a pattern without `!`, or no file matches',
      origins.ofKey(entry, 'paths'),
      { hint: 'Begin with what it is about, such as `**`.' },
    )
  for (const [index, filter] of (ignored ?? []).entries())
    if (filter?.startsWith('!'))
      diagnostics.error(
        'bad-paths',
        '`paths-ignore` cannot have a pattern that begins with `!`',
        origins.ofValue(ignored ?? [], index),
        { hint: 'Use `paths` with `!` instead.' },
      )
}

/** Parts of the diff are no use to who is not shown them. */
export function checkSplit({ entry }: Draft, settings: Settings, { file, diagnostics }: Compiling): void {
  const isPrompt = entry.prompt !== undefined || entry['prompt-file'] !== undefined
  if (entry.split === undefined || !isPrompt || settings.find('attach')?.value.includes(attachedChanges) === true)
    return
  diagnostics.error('split-without-changes', '`split` needs `attach: [changes]`', file.origins.ofKey(entry, 'split'))
}

/** Most bytes of one part of the diff; undefined where there is no `split`, or none that is valid. */
export function splitBytesOf({ split }: InstanceEntry): number | undefined {
  // A key that is missing or wrong has been reported by the schema, and left out.
  const size: string | undefined = split?.['max-bytes']
  return size === undefined ? undefined : byteCount(size)
}
