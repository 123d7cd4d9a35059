import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Failure } from '../core/failure.ts'
import type { Redactor } from '../core/redactor.ts'
import { messageOf } from '../core/message-of.ts'
import { writeNewFile } from '../process/create-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import { runProgram } from '../process/run-program.ts'
import { addWorktree, applyPatch, collectPatch, removeWorktrees } from '../process/worktree.ts'
import { repositoryFile } from './leftovers.ts'
import { oneLine } from '../core/one-line.ts'

/** A git worktree that one attempt works in. */
export interface WorktreeWorkspace {
  /** Where in the worktree the run's workspace stands: they differ when that is a folder below the repository's root. */
  readonly path: string
  /** Keeps the changes as a patch, applies them where asked, and removes the worktree. */
  finish(how: { readonly apply: ApplyWhen | undefined; readonly patchFile: string }): Promise<Changes>
  /** Removes the worktree with whatever is in it. */
  discard(): Promise<void>
}

/** Settles when it is an attempt's turn to apply its changes; with a failure when they are not to be applied after all. */
export type ApplyWhen = () => Promise<Failure | undefined>

/** What became of an attempt's changes. */
export interface Changes {
  /** Whether there were any, and the patch file was written. */
  readonly kept: boolean
  /** Set when they could not be kept or applied. */
  readonly failure?: Failure
  /** Set when the patch held a secret, which was masked: it can no longer be applied where it did. */
  readonly masked?: true
}

/** Makes the worktrees of a run, and applies their changes one after the other. */
export interface Worktrees {
  /** `name` is unique in the repository. Rejects with git's own words. */
  open(name: string): Promise<WorktreeWorkspace>
  /** Removes what is left. */
  remove(): Promise<void>
}

/** Worktrees of the repository around `workspace`; `root` says below which directory they are made. */
export function createWorktrees(options: {
  readonly workspace: string
  readonly root: () => string
  readonly env: Readonly<Record<string, string>>
  readonly redactor: Redactor
}): Worktrees {
  const { workspace, env, redactor } = options
  let used = false
  let applied: Promise<unknown> = Promise.resolve()
  /** Patches change the same files: each waits for the one before. */
  const applyInTurn = (patchFile: string): ReturnType<typeof applyPatch> => {
    const turn = applied.then(() => applyPatch(workspace, patchFile, env))
    applied = turn.catch(() => {})
    return turn
  }
  return {
    async open(name) {
      if (!used) writeFileSync(join(dirname(options.root()), repositoryFile), workspace)
      used = true
      const worktree = await addWorktree(workspace, join(options.root(), name), env)
      const prefix = await runProgram(['git', 'rev-parse', '--show-prefix'], { cwd: workspace, env, timeoutMs: 10_000 })
      const discard = (): Promise<void> => removeWorktrees(workspace, worktree.path, env)
      return {
        discard,
        path: join(worktree.path, prefix.code === 0 ? prefix.stdout.trim() : ''),
        async finish({ apply, patchFile }) {
          try {
            const kept = await collectPatch(worktree, patchFile, env)
            if (!kept) return { kept }
            const refusal = await apply?.()
            const outcome = apply && refusal === undefined ? await applyInTurn(patchFile) : undefined
            const masked = maskFile(patchFile, redactor)
            if (refusal !== undefined) return { kept, failure: refusal, ...(masked && { masked }) }
            if (outcome === undefined || outcome.applied) return { kept, ...(masked && { masked }) }
            const where = outcome.conflicts.length > 0 ? outcome.conflicts.join(', ') : outcome.detail
            const detail = oneLine(`its changes could not be applied, they are kept as a patch: ${where}`)
            return { kept, failure: { kind: 'crash', detail }, ...(masked && { masked }) }
          } catch (error) {
            const detail = oneLine(`its changes could not be kept: ${messageOf(error)}`)
            return { kept: false, failure: { kind: 'crash', detail } }
          } finally {
            await discard()
          }
        },
      }
    },
    async remove() {
      if (used) await removeWorktrees(workspace, options.root(), env)
    },
  }
}

/** Most bytes of a patch that are kept. */
const mostPatchBytes = 1024 * 1024 * 1024

/** Masks secrets in a file; true when there were any. */
function maskFile(path: string, redactor: Redactor): boolean {
  const bytes = readRegularFile(path, { maxBytes: mostPatchBytes, followLinks: false })
  const stream = redactor.stream()
  const masked = Buffer.concat([Buffer.from(stream.push(bytes)), Buffer.from(stream.end())])
  if (masked.equals(bytes)) return false
  writeNewFile(path, masked)
  return true
}
