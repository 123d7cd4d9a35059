import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readBranches } from '../../run/read-branches.ts'
import { readNamedText } from '../../process/read-named-file.ts'
import { ecosystems } from './ecosystems.ts'
import type { RootFiles } from './root-files.ts'

/** What is known of a repository by its files. */
export interface Survey {
  readonly root: string
  /** As people name them: `TypeScript`, `Go`. */
  readonly languages: readonly string[]
  /** `npm`, `pnpm`, `uv` and the like. */
  readonly managers: readonly string[]
  /** The command that runs its tests; undefined where none is known. */
  readonly test: string | undefined
  /** Steps of a workflow that make a runner ready for that. */
  readonly setup: readonly object[]
  readonly defaultBranch: string
  /** Whether the repository itself says which that is, so that changes can be told against it without a word. */
  readonly saysDefault: boolean
}

/** Looks at the files at the root; starts nothing, and asks nobody. */
export function surveyRepository(root: string): Survey {
  const names = new Set(readdirSync(root))
  const files: RootFiles = {
    has: (name) => (name.includes('/') ? existsSync(join(root, name)) : names.has(name)),
    hasEnding: (ending) => [...names].some((name) => name.endsWith(ending)),
    read: (name) => (names.has(name) ? (readNamedText(join(root, name)) ?? '') : ''),
  }
  const found = ecosystems.flatMap((look) => look(files) ?? [])
  const { base, current } = readBranches(root)
  const tested = found.find(({ test }) => test !== undefined)
  return {
    root,
    languages: [...new Set(found.map(({ language }) => language))],
    managers: [...new Set(found.flatMap(({ manager }) => manager ?? []))],
    test: tested?.test ?? (/^test\s*:(?!=)/m.test(files.read('Makefile')) ? 'make test' : undefined),
    setup: tested?.setup ?? [],
    defaultBranch: base ?? current ?? 'main',
    saysDefault: base !== undefined,
  }
}
