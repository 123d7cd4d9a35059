import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { shown } from '../../src/worktree/file-name.ts'
import { createWorktrees, type Worktree, type Worktrees } from '../../src/worktree/worktrees.ts'

/** A repository of the test's own, with the user's home beside it. */
export interface Repository {
  readonly path: string
  /** Its home, patches and worktrees are here. */
  readonly scratch: string
  readonly env: Readonly<Record<string, string>>
  git(...args: string[]): string
  write(name: string, content: string | Buffer): void
  commit(): void
  /** As a run has them. */
  worktrees(workspace?: string): Worktrees
}

export function createRepository(t: TestContext, files: Readonly<Record<string, string | Buffer>>): Repository {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'worktree-')))
  t.after(() => rmSync(scratch, { recursive: true, force: true }))
  const path = join(scratch, 'repository')
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: scratch,
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  }
  let count = 0
  const repository: Repository = {
    path,
    scratch,
    env,
    git: (...args) => execFileSync('git', args, { cwd: path, env, encoding: 'utf8', stdio: 'pipe' }),
    write(name, content) {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), content)
    },
    commit() {
      repository.git('add', '-A')
      repository.git('commit', '-qm', 'more')
    },
    worktrees: (workspace = path) => createWorktrees(workspace, () => join(scratch, `git-${++count}`), env),
  }
  mkdirSync(path)
  repository.git('init', '-q', '-b', 'main')
  for (const [name, content] of Object.entries(files)) repository.write(name, content)
  repository.commit()
  return repository
}

let trees = 0

export function openTree(repository: Repository, worktrees: Worktrees): Promise<Worktree> {
  return worktrees.open(join(repository.scratch, 'trees', `${++trees}`))
}

/** What an instance with `apply` does: works in a worktree of its own, and its changes come to the repository. */
export async function change(
  repository: Repository,
  worktrees: Worktrees,
  work: (path: string) => unknown,
  allows: (name: string) => boolean = () => false,
): Promise<string> {
  const tree = await openTree(repository, worktrees)
  await work(tree.path)
  return bring(worktrees, tree, allows)
}

/** One line on what came of it. */
export async function bring(
  worktrees: Worktrees,
  tree: Worktree,
  allows: (name: string) => boolean = () => false,
): Promise<string> {
  const { tree: theirs } = await tree.snapshot()
  const plan = await worktrees.apply({ base: tree.base, theirs }, allows, () => true)
  if (plan.kind === 'effect') return `changed ${plan.effect.files}`
  if (plan.kind === 'nothing' || plan.kind === 'stopped') return plan.kind
  return `${plan.kind}: ${plan.files.map(shown).join(' ')}`
}
