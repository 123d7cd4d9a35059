import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Text or a link's target by path, null to delete. */
export type Files = Readonly<Record<string, string | { readonly link: string } | null>>

/** A repository as GitHub has it, and a checkout of a pull request as `actions/checkout` makes it. */
export interface TestRepository {
  /** Bare; has `main`, `refs/pull/1/head` and `refs/pull/1/merge`. */
  readonly origin: string
  /** Shallow: the merge commit alone. */
  readonly checkout: string
  readonly baseSha: string
  readonly headSha: string
  readonly mergeSha: string
}

/** Runs git without the machine's configuration; returns what it printed. */
export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-C', directory, ...args], { encoding: 'utf8', env: gitEnvironment, stdio: 'pipe' })
}

/** The same with a standard input, as bytes. */
export function gitWith(input: string, directory: string, ...args: string[]): Buffer {
  return execFileSync('git', ['-C', directory, ...args], { input, env: gitEnvironment, stdio: 'pipe' })
}

const gitEnvironment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Mona',
  GIT_AUTHOR_EMAIL: 'mona@example.com',
  GIT_COMMITTER_NAME: 'Mona',
  GIT_COMMITTER_EMAIL: 'mona@example.com',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
}

/** Makes both under `parent`: `main` with the files of `base`, pull request 1 with those of `change` on top. */
export function createRepository(parent: string, base: Files, change: Files): TestRepository {
  const origin = join(parent, 'origin.git')
  const author = join(parent, 'author')
  const checkout = join(parent, 'workspace')
  for (const directory of [origin, author, checkout]) mkdirSync(directory, { recursive: true })
  git(origin, 'init', '--quiet', '--bare', '--initial-branch=main')
  // As on GitHub: any commit can be asked for by its sha.
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  git(author, 'init', '--quiet', '--initial-branch=main')
  const baseSha = commit(author, base, 'Base')
  git(author, 'checkout', '--quiet', '-b', 'change')
  const headSha = commit(author, change, 'Change')
  git(author, 'checkout', '--quiet', '--detach', baseSha)
  git(author, 'merge', '--quiet', '--no-ff', '-m', 'Merge', headSha)
  const mergeSha = git(author, 'rev-parse', 'HEAD').trim()
  git(author, 'push', '--quiet', origin, 'main', `${headSha}:refs/pull/1/head`, `${mergeSha}:refs/pull/1/merge`)
  git(checkout, 'init', '--quiet', '--initial-branch=main')
  git(checkout, 'remote', 'add', 'origin', `file://${origin}`)
  git(checkout, 'fetch', '--quiet', '--depth=1', 'origin', mergeSha)
  git(checkout, 'checkout', '--quiet', '--detach', mergeSha)
  return { origin, checkout, baseSha, headSha, mergeSha }
}

/** Pushes a commit with these files to pull request 1, and checks out its new merge as `actions/checkout` would. */
export function pushChange(parent: string, base: string, change: Files): { headSha: string; mergeSha: string } {
  const [origin, author, checkout] = ['origin.git', 'author', 'workspace'].map((name) => join(parent, name)) as [
    string,
    string,
    string,
  ]
  git(author, 'checkout', '--quiet', 'change')
  const headSha = commit(author, change, 'Another change')
  git(author, 'checkout', '--quiet', '--detach', base)
  git(author, 'merge', '--quiet', '--no-ff', '-m', 'Merge', headSha)
  const mergeSha = git(author, 'rev-parse', 'HEAD').trim()
  git(author, 'push', '--quiet', '--force', origin, `${headSha}:refs/pull/1/head`, `${mergeSha}:refs/pull/1/merge`)
  git(checkout, 'fetch', '--quiet', '--depth=1', 'origin', mergeSha)
  git(checkout, 'checkout', '--quiet', '--detach', mergeSha)
  return { headSha, mergeSha }
}

function commit(directory: string, files: Files, message: string): string {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) git(directory, 'rm', '--quiet', path)
    else {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      if (typeof text === 'string') writeFileSync(join(directory, path), text)
      else symlinkSync(text.link, join(directory, path))
    }
  }
  git(directory, 'add', '--all')
  git(directory, 'commit', '--quiet', '--allow-empty', '-m', message)
  return git(directory, 'rev-parse', 'HEAD').trim()
}
